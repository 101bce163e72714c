import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';

// 2026-09-08 10:11:34.092155+0200
// 2026-09-08T08:11:34.092155Z
const LOG_TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))? ?(?:(Z)|([+-])(\d\d):?(\d\d))$/;

/**
 * A timestamp with zone as Apple's `log` prints it, in microseconds; `undefined` for anything else.
 * `Date` does not read this form, and keeps only milliseconds.
 */
export function parseLogTimestamp(text: string): Microseconds | undefined {
  const match = LOG_TIMESTAMP.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', utc, sign, zoneHours, zoneMinutes] = match;
  const date = new Date(
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)),
  );
  // Date.UTC rolls 2026-02-31 over to March: such a line is not a timestamp.
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day) || date.getUTCHours() !== Number(hour)) {
    return undefined;
  }
  const offsetMinutes = utc === undefined ? Number(`${sign}1`) * (Number(zoneHours) * 60 + Number(zoneMinutes)) : 0;
  const seconds = date.getTime() / 1000 - offsetMinutes * 60;
  return seconds * MICROSECONDS_PER_SECOND + Number(fraction.padEnd(6, '0').slice(0, 6));
}
