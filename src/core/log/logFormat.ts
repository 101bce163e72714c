import { parseConsoleLine } from './consoleCopy';
import { parseGoIosLine, parsePymobiledevice3Line } from './deviceJson';
import type { HostClock } from './hostClock';
import { parseIdevicesyslogLine, parsePymobiledevice3TextLine, parseRelayLine } from './idevicesyslog';
import type { LogRecord } from './logRecord';
import { parseCompactLine, parseDefaultLine } from './logStyles';
import { parseNdjsonLine } from './ndjson';

/** Every format of a log that is understood. */
export const LOG_FORMATS = [
  'ndjson',
  'compact',
  'default-text',
  'idevicesyslog',
  'idevicesyslog-relay',
  'pymobiledevice3-json',
  'pymobiledevice3-text',
  'go-ios-json',
  'console',
] as const;

/** `unknown`: found out from the content. */
export type LogFormat = (typeof LOG_FORMATS)[number] | 'unknown';

/** A line as a record; `undefined` for what is not one in this format. */
type ParseLine = (line: string, clock: HostClock | undefined) => LogRecord | undefined;

const PARSERS: { readonly [F in (typeof LOG_FORMATS)[number]]: ParseLine } = {
  ndjson: parseNdjsonLine,
  compact: parseCompactLine,
  'default-text': parseDefaultLine,
  idevicesyslog: parseIdevicesyslogLine,
  'idevicesyslog-relay': parseRelayLine,
  'pymobiledevice3-json': parsePymobiledevice3Line,
  'pymobiledevice3-text': parsePymobiledevice3TextLine,
  'go-ios-json': parseGoIosLine,
  console: parseConsoleLine,
};

/** A record, and the format it was written in. */
interface FormattedRecord {
  readonly format: LogFormat;
  readonly record: LogRecord;
}

/**
 * Reads a line in the first of the formats that it is in. What it is does not depend on other lines: a log of which some
 * were passed over tells the same.
 */
export function parseLogLine(line: string, clock: HostClock | undefined): FormattedRecord | undefined {
  for (const format of LOG_FORMATS) {
    const record = PARSERS[format](line, clock);
    if (record !== undefined) return { format, record };
  }
  return undefined;
}

// 2026-09-08 10:11:34.092 Df Example[1234:5678] …
// Sep  8 10:11:34.092155 Example[1234] <Notice>: …
// default	10:11:34.092155+0200	Example	…
const STARTS_WITH_A_TIME = /^(?:\d{4}-\d\d-\d\d|[A-Z][a-z]{2} [ \d]?\d \d\d:|\w+\t\d\d:\d\d:)/;

/** Whether the line may hold a time: a cheap look, done for every line of a log. */
export function looksDated(line: string): boolean {
  return line.startsWith('{') ? line.includes('"timestamp"') || line.includes('"msg"') : STARTS_WITH_A_TIME.test(line);
}
