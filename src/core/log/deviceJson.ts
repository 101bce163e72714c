import type { HostClock } from './hostClock';
import { parseRelayLine } from './idevicesyslog';
import { type JsonFields, lastPathComponent, parseJsonFields, textOf, ticksOf } from './jsonFields';
import type { LogRecord } from './logRecord';
import { parseAnyTimestamp, parseDistrustingYear } from './timestamp';

/**
 * One line of `pymobiledevice3 syslog live --format json`:
 * `{"pid":1234,"timestamp":"2026-09-08T10:11:34.092155","level":"NOTICE","image_name":"Foundation",
 * "filename":"/private/var/…/Example.app/Example","message":"…","label":{"subsystem":"com.example.app","category":"x"}}`.
 * Its time has no zone: the host's is meant.
 */
export function parsePymobiledevice3Line(line: string, clock: HostClock | undefined): LogRecord | undefined {
  const fields = parseJsonFields(line);
  if (fields === undefined || isGoIos(fields)) return undefined;
  return deviceRecord(fields, line, parseAnyTimestamp(textOf(fields['timestamp']) ?? '', clock));
}

/**
 * One line of go-ios: of `ios ostrace`,
 * `{"pid":1234,"timestamp":"2026-09-08T10:11:34.092155+02:00","levelName":"Default","imageName":"/…/Foundation",
 * "filename":"/…/Example","message":"…","label":{"subsystem":"…","category":"…"}}`;
 * of `ios syslog --parse`, `{"timestamp":"2026-09-08T10:11:34","device":"iPhone","process":"Example(Foundation)",
 * "pid":"1234","level":"Notice","message":"…"}`; or of `ios syslog`, `{"msg":"Sep  8 10:11:34 iPhone Example[1234] …"}`.
 * `--parse` takes the device's local time and makes the year up from the host's.
 * https://github.com/danielpaulus/go-ios
 */
export function parseGoIosLine(line: string, clock: HostClock | undefined): LogRecord | undefined {
  const fields = parseJsonFields(line);
  if (fields === undefined) return undefined;
  const { msg } = fields;
  if (typeof msg === 'string' && fields['timestamp'] === undefined) {
    const record = parseRelayLine(msg.trim(), clock);
    return record === undefined ? undefined : { ...record, line };
  }
  if (!isGoIos(fields)) return undefined;
  const timestamp = textOf(fields['timestamp']) ?? '';
  const isYearMadeUp = fields['device'] !== undefined && clock !== undefined;
  const at = isYearMadeUp ? parseDistrustingYear(timestamp, clock) : parseAnyTimestamp(timestamp, clock);
  return deviceRecord(fields, line, at);
}

function isGoIos(fields: JsonFields): boolean {
  return ['levelName', 'imageName', 'threadId', 'device'].some((key) => fields[key] !== undefined);
}

function deviceRecord(fields: JsonFields, line: string, at: number | undefined): LogRecord | undefined {
  const { message, label } = fields;
  if (typeof message !== 'string' || at === undefined) return undefined;
  const { subsystem, category }: JsonFields = typeof label === 'object' && label !== null ? { ...label } : {};
  const pid = pidOf(fields['pid']);
  return {
    at,
    ...ticksOf(fields['mach_timestamp']),
    message,
    process: processOf(fields),
    ...(pid !== undefined && { pid }),
    ...(textOf(subsystem) !== undefined && { subsystem: String(subsystem) }),
    ...(textOf(category) !== undefined && { category: String(category) }),
    line,
  };
}

/** The process has a path or a name; an image is a library, and only better than nothing. */
function processOf(fields: JsonFields): string {
  const keys = ['filename', 'process', 'process_name', 'processName', 'image_name', 'imageName'];
  const name = keys.map((key) => textOf(fields[key])).find((text) => text !== undefined) ?? '';
  // Example(Foundation)
  return lastPathComponent(name).replace(/\([^()]*\)$/, '');
}

/** 1234 and "1234" */
function pidOf(value: unknown): number | undefined {
  const pid = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof pid === 'number' && Number.isSafeInteger(pid) ? pid : undefined;
}
