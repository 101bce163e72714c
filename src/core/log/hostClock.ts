import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';

/** The clock of the host, which completes what a log leaves out: year, date and zone. */
export interface HostClock {
  readonly now: () => Microseconds;
  /** Local time minus UTC at that instant, in minutes: 120 in a European summer. */
  readonly utcOffsetMinutesAt: (at: Microseconds) => number;
}

/** A time of day as a log prints it, without zone; `year`, or the whole date, may be missing. */
export interface WallTime {
  readonly year?: number;
  /** 1 to 12; with `day`, or neither. */
  readonly month?: number;
  readonly day?: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Microseconds within the second. */
  readonly microsecond: number;
}

const MINUTE = 60 * MICROSECONDS_PER_SECOND;
const DAY = 24 * 60 * MINUTE;

/**
 * The instant that a wall time means to somebody who reads it now: the one nearest to the host's time. Hence Dec 31
 * read on Jan 1 is of last year, and an hour that happens twice when summer time ends is the nearer of both.
 * A log is not from the future: more than a day ahead (clocks differ) is believed only if nothing else is left.
 * `undefined` for a time that no calendar has.
 */
export function completeTime(wall: WallTime, clock: HostClock): Microseconds | undefined {
  const now = clock.now();
  const instants = datesOf(wall, now, clock).flatMap((date) => instantsOf(wall, date, clock));
  const known = instants.filter((at) => at <= now + DAY);
  return nearest(known.length > 0 ? known : instants, now);
}

interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

// The last two reach the leap years around February 29.
const YEARS_AROUND = [1, 0, -1, -2, -3, -4, -8];

function datesOf({ year, month, day }: WallTime, now: Microseconds, clock: HostClock): CalendarDate[] {
  if (month === undefined || day === undefined) {
    return [-1, 0, 1].map((days) => localDate(now + days * DAY, clock));
  }
  if (year !== undefined) return [{ year, month, day }];
  const thisYear = localDate(now, clock).year;
  return YEARS_AROUND.map((years) => ({ year: thisYear + years, month, day }));
}

function localDate(at: Microseconds, clock: HostClock): CalendarDate {
  const local = new Date((at + clock.utcOffsetMinutesAt(at) * MINUTE) / 1000);
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
}

/** One instant; two where clocks were turned back; one that never was on a clock where they were turned forward. */
function instantsOf(wall: WallTime, { year, month, day }: CalendarDate, clock: HostClock): readonly Microseconds[] {
  const utc = utcInstant({ ...wall, year, month, day });
  if (utc === undefined) return [];
  const offsets = new Set([clock.utcOffsetMinutesAt(utc - DAY), clock.utcOffsetMinutesAt(utc + DAY)]);
  const all = [...offsets].map((minutes) => utc - minutes * MINUTE);
  const real = all.filter((at) => at + clock.utcOffsetMinutesAt(at) * MINUTE === utc);
  return real.length > 0 ? real : all.slice(0, 1);
}

/** The instant at which clocks in UTC show this; `undefined` for February 31, 25 o'clock, or the year 3026. */
export function utcInstant(wall: Required<WallTime>): Microseconds | undefined {
  const { year, month, day, hour, minute, second, microsecond } = wall;
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // Date.UTC rolls 2026-02-31 over to March, and 25 o'clock to the next day.
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== day || date.getUTCHours() !== hour) return undefined;
  const at = date.getTime() * 1000 + microsecond;
  // Damaged digits: no log is from before 1970 either, and Date.UTC takes the year 26 for 1926.
  return at >= 0 && date.getUTCFullYear() === year && Number.isSafeInteger(at) ? at : undefined;
}

function nearest(instants: readonly Microseconds[], now: Microseconds): Microseconds | undefined {
  let best: Microseconds | undefined;
  for (const at of instants) {
    if (best === undefined || Math.abs(at - now) < Math.abs(best - now)) best = at;
  }
  return best;
}
