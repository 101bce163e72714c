import type { HostClock } from './hostClock';
import type { LogRecord } from './logRecord';
import { parseAnyTimestamp } from './timestamp';

// 2026-09-08 10:11:34.092 Df callservicesd[838:1177a4e] [com.apple.calls.callservicesd:Default] Received add …
// 2026-09-08 10:11:34.092 E  Example[1234:5678] (CoreFoundation) *** Terminating app …
const COMPACT_LINE =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,9}(?: ?[+-]\d\d:?\d\d)?) +[A-Z][a-z]? +(\S.{0,255}?)\[(\d{1,10}):[0-9a-fx]{1,18}\] ?(.*)$/s;

/** One line of `log stream --style compact`: the host's local time without zone. */
export function parseCompactLine(line: string, clock: HostClock | undefined): LogRecord | undefined {
  return styledRecord(COMPACT_LINE.exec(line), line, clock);
}

// 2026-09-08 10:11:34.092155+0200 0x1177a4e  Default     0x0                  838    0    callservicesd: (TelephonyUtilities) [com.apple.calls.callservicesd:Default] Received add …
const DEFAULT_LINE =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,9}[+-]\d\d:?\d\d) +0x[0-9a-f]{1,16} +[A-Za-z]+ +0x[0-9a-f]{1,16} +(\d{1,10}) +(?:\d{1,10} +)?(\S.{0,255}?): (.*)$/s;

// 2026-09-08 10:11:34.092155+0200  localhost callservicesd[838]: (TelephonyUtilities) [com.apple.calls.callservicesd:Default] Received add …
const SYSLOG_STYLE_LINE =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,9}[+-]\d\d:?\d\d) +\S{1,255} (\S.{0,255}?)\[(\d{1,10})\](?: <[A-Za-z]+>)?: (.*)$/s;

/** One line of `log show` or `log stream` in its default style, or with `--style syslog`. */
export function parseDefaultLine(line: string, clock: HostClock | undefined): LogRecord | undefined {
  const match = DEFAULT_LINE.exec(line);
  if (match === null) return styledRecord(SYSLOG_STYLE_LINE.exec(line), line, clock);
  const [whole, timestamp = '', pid = '', process = '', rest = ''] = match;
  return styledRecord([whole, timestamp, process, pid, rest], line, clock);
}

// (TelephonyUtilities) [com.apple.calls.callservicesd:Default] Received add …
const ORIGIN = /^(?:\([^()]{0,255}\) ?)?(?:\[([\w.-]{1,255}):([^\]]{0,255})\] ?)?(?:<[A-Za-z]+>: )?(.*)$/s;

function styledRecord(
  match: readonly string[] | null,
  line: string,
  clock: HostClock | undefined,
): LogRecord | undefined {
  if (match === null) return undefined;
  const [, timestamp = '', process = '', pid, rest = ''] = match;
  const at = parseAnyTimestamp(timestamp, clock);
  if (at === undefined) return undefined;
  const [, subsystem, category, message = rest] = ORIGIN.exec(rest) ?? [];
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
