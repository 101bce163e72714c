import type { Microseconds } from '../time';
import { completeTime, type HostClock, utcInstant } from './hostClock';

// 2026-09-08 10:11:34.092155+0200
// 2026-09-08T08:11:34.092155Z
// 2026-09-08 10:11:34.0921 +0200 (crash reports)
const LOG_TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))? ?(?:(Z)|([+-])(\d\d):?(\d\d))$/;

/**
 * A timestamp with zone as Apple's `log` prints it, in microseconds; `undefined` for anything else.
 * `Date` does not read this form, and keeps only milliseconds.
 */
export function parseLogTimestamp(text: string): Microseconds | undefined {
  const match = LOG_TIMESTAMP.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, utc, sign, zoneHours, zoneMinutes] = match;
  const at = utcInstant({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    microsecond: microsecondsOf(fraction),
  });
  const offsetMinutes = utc === undefined ? Number(`${sign}1`) * (Number(zoneHours) * 60 + Number(zoneMinutes)) : 0;
  return at === undefined ? undefined : at - offsetMinutes * 60_000_000;
}

// 2026-09-08 10:11:34.092155
// 2026-09-08T10:11:34
const WITHOUT_ZONE = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?$/;
// Sep  8 10:11:34.092155
// Sep 08 10:11:34
const WITHOUT_YEAR = /^([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?$/;

/** A timestamp with a zone, without one, or without a year: what is missing comes from the host's clock, if given. */
export function parseAnyTimestamp(text: string, clock: HostClock | undefined): Microseconds | undefined {
  const whole = parseLogTimestamp(text);
  if (whole !== undefined || clock === undefined) return whole;
  const zoneless = WITHOUT_ZONE.exec(text);
  if (zoneless !== null) {
    const [, year, month, day, ...time] = zoneless;
    return completeTime({ year: Number(year), month: Number(month), day: Number(day), ...timeOfDay(time) }, clock);
  }
  return parseYearlessTimestamp(text, clock);
}

/** `Sep  8 10:11:34.092155`, as `idevicesyslog` prints it; year and zone come from the host's clock. */
export function parseYearlessTimestamp(text: string, clock: HostClock): Microseconds | undefined {
  const yearless = WITHOUT_YEAR.exec(text);
  if (yearless === null) return undefined;
  const [, monthName = '', day, ...time] = yearless;
  const month = MONTHS.indexOf(monthName) + 1;
  return month === 0 ? undefined : completeTime({ month, day: Number(day), ...timeOfDay(time) }, clock);
}

/** A timestamp without zone whose year may be wrong, since a tool made it up: only month, day and time are believed. */
export function parseDistrustingYear(text: string, clock: HostClock): Microseconds | undefined {
  const zoneless = WITHOUT_ZONE.exec(text);
  if (zoneless === null) return parseAnyTimestamp(text, clock);
  const [, , month, day, ...time] = zoneless;
  return completeTime({ month: Number(month), day: Number(day), ...timeOfDay(time) }, clock);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** From hour, minute, second and fraction as they were matched. */
export function timeOfDay([hour, minute, second, fraction]: readonly (string | undefined)[]) {
  return {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    microsecond: microsecondsOf(fraction),
  };
}

/** `092155` and `092155000` are 92155 microseconds, `5` is half a second. */
function microsecondsOf(fraction = ''): number {
  return Number(fraction.padEnd(6, '0').slice(0, 6));
}
