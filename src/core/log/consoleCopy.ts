import { completeTime, type HostClock } from './hostClock';
import type { LogRecord } from './logRecord';
import { timeOfDay } from './timestamp';

// default	10:11:34.092155+0200	callservicesd	Delivering 1 VoIP payload(s) to application <private>
const CONSOLE_LINE = /^[A-Za-z]+\t(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?([+-])(\d\d):?(\d\d)\t([^\t]{0,255})\t(.*)$/s;

/** One line copied out of Apple's Console: a time with zone, without a date. */
export function parseConsoleLine(line: string, clock: HostClock | undefined): LogRecord | undefined {
  const match = CONSOLE_LINE.exec(line);
  if (match === null || clock === undefined) return undefined;
  const [, hour, minute, second, fraction, sign, zoneHours, zoneMinutes, process = '', message = ''] = match;
  const offsetMinutes = Number(`${sign}1`) * (Number(zoneHours) * 60 + Number(zoneMinutes));
  const zone = { ...clock, utcOffsetMinutesAt: () => offsetMinutes };
  const at = completeTime(timeOfDay([hour, minute, second, fraction]), zone);
  return at === undefined ? undefined : { at, message, process, line };
}
