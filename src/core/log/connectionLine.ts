/** Why nobody watches a log after such a line. */
export const DISCONNECTED = 'the device was disconnected';

// [connected:00008110-000A1234567890AB] or, up to 1.3, [connected]
const CONNECTION = /^\[(dis)?connected(?::[^\]]{0,255})?\]$/;

/**
 * What `idevicesyslog` says of the device itself, in a line without a time.
 * https://github.com/libimobiledevice/libimobiledevice/blob/master/tools/idevicesyslog.c
 */
export function connectionOf(line: string): 'connected' | 'disconnected' | undefined {
  const match = line.startsWith('[') ? CONNECTION.exec(line) : null;
  if (match === null) return undefined;
  return match[1] === undefined ? 'connected' : 'disconnected';
}
