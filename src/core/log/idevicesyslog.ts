import type { HostClock } from './hostClock';
import type { LogRecord } from './logRecord';
import { parseAnyTimestamp, parseYearlessTimestamp } from './timestamp';

// Sep  8 10:11:34.092155 callservicesd(TelephonyUtilities)[77] <Notice>: Delivering 1 VoIP payload(s) to …
const OS_TRACE_LINE =
  /^([A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d\.\d{1,9}) (\S.{0,255}?)(?:\([^()]{0,255}\))?\[(\d{1,10})\] <[A-Za-z ]+>: ?(.*)$/s;

/**
 * One line of `idevicesyslog` 1.4 and later: no year, no zone, no device name, no subsystem.
 * https://github.com/libimobiledevice/libimobiledevice/blob/master/tools/idevicesyslog.c
 */
export function parseIdevicesyslogLine(line: string, clock: HostClock | undefined): LogRecord | undefined {
  return syslogRecord(OS_TRACE_LINE.exec(line), line, clock);
}

// Sep  8 10:11:34 My-iPhone callservicesd(TelephonyUtilities)[77] <Notice>: Delivering 1 VoIP payload(s) to …
// Sep  8 10:11:34 callservicesd[77] <Notice>: Delivering 1 VoIP payload(s) to …
const RELAY_LINE =
  /^([A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d) (\S.{0,255}?)(?:\([^()]{0,255}\))?\[(\d{1,10})\] <[A-Za-z ]+>: ?(.*)$/s;

/**
 * One line of `idevicesyslog` up to 1.3, or with `--syslog-relay`: whole seconds, and the device's name (its spaces are
 * hyphens) before the process, if at all.
 */
export function parseRelayLine(line: string, clock: HostClock | undefined): LogRecord | undefined {
  const record = syslogRecord(RELAY_LINE.exec(line), line, clock);
  return record === undefined ? undefined : { ...record, process: record.process.replace(/^\S+ +(?=\S)/, '') };
}

function syslogRecord(
  match: RegExpExecArray | null,
  line: string,
  clock: HostClock | undefined,
): LogRecord | undefined {
  if (match === null || clock === undefined) return undefined;
  const [, timestamp = '', process = '', pid, message = ''] = match;
  const at = parseYearlessTimestamp(timestamp, clock);
  return at === undefined ? undefined : { at, message, process, pid: Number(pid), line };
}

// 2026-09-08 10:11:34.092155 Example{Foundation}[1234] <NOTICE>: voip-push 1 {…}
// 2026-09-08 10:11:34 Example{Foundation[0x1f0]}[1234] <NOTICE>: voip-push 1 {…} [com.example.app][voip-push]
const PYMOBILEDEVICE3_LINE =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?) (\S.{0,255}?)\{[^{}]{0,255}\}\[(\d{1,10})\] <[A-Za-z_]+>: ?(.*?)(?: \[([\w-]+(?:\.[\w-]+)+)\]\[([^[\]]{0,255})\])?$/s;

/**
 * One line of `pymobiledevice3 syslog live` without `--format json`, which older versions do not have; with `--label`,
 * the subsystem and the category come last.
 */
export function parsePymobiledevice3TextLine(line: string, clock: HostClock | undefined): LogRecord | undefined {
  const match = PYMOBILEDEVICE3_LINE.exec(line);
  if (match === null) return undefined;
  const [, timestamp = '', process = '', pid, message = '', subsystem, category] = match;
  const at = parseAnyTimestamp(timestamp, clock);
  if (at === undefined) return undefined;
  return {
    at,
    message,
    process,
    pid: Number(pid),
    ...(subsystem !== undefined && { subsystem }),
    ...(category !== undefined && category !== '' && { category }),
    line,
  };
}
