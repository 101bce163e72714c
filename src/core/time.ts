/** Microseconds since the Unix epoch, an integer: the resolution of Apple's unified log. Exact in a double until the year 2255. */
export type Microseconds = number;

export const MICROSECONDS_PER_MILLISECOND = 1_000;
export const MICROSECONDS_PER_SECOND = 1_000_000;

/** Milliseconds, as `Date.now()` gives them, to microseconds. */
export function microsecondsFromMilliseconds(milliseconds: number): Microseconds {
  return Math.round(milliseconds * MICROSECONDS_PER_MILLISECOND);
}

/** ISO 8601 in UTC with six decimals, for example `2026-09-08T08:11:34.092155Z`. */
export function isoFromMicroseconds(at: Microseconds): string {
  const second = Math.floor(at / MICROSECONDS_PER_SECOND);
  const fraction = String(at - second * MICROSECONDS_PER_SECOND).padStart(6, '0');
  return `${new Date(second * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}

/** A measured duration for people: `42 ms`, `7.0 s`, `7.02 s`, `3 min 20 s`, `1 min`, `1 h 5 min`. */
export function formatDuration(duration: Microseconds): string {
  const microseconds = Math.round(duration);
  if (microseconds < MICROSECONDS_PER_MILLISECOND) return `${microseconds} µs`;
  const milliseconds = Math.round(duration / MICROSECONDS_PER_MILLISECOND);
  if (milliseconds < 1000) return `${milliseconds} ms`;
  const seconds = duration / MICROSECONDS_PER_SECOND;
  // The second decimal matters where a report misses the deadline by a hair.
  const hundredths = seconds.toFixed(2);
  if (Number(hundredths) < 10) return `${hundredths.replace(/0$/, '')} s`;
  const tenths = seconds.toFixed(1);
  if (Number(tenths) < 60) return `${tenths} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return twoParts(whole, 'min', 's');
  return twoParts(Math.round(seconds / 60), 'h', 'min');
}

/** Milliseconds that somebody set, such as a timeout, with no more decimals than they need: `7 s`, `1.5 s`, `30 s`, `1 min`. */
export function formatSetDuration(milliseconds: number): string {
  return formatDuration(microsecondsFromMilliseconds(milliseconds)).replace('.0 s', ' s');
}

/** 60 of the smaller unit are one of the larger; a rest of none is not said. */
function twoParts(count: number, larger: string, smaller: string): string {
  const rest = count % 60;
  return `${Math.floor(count / 60)} ${larger}${rest === 0 ? '' : ` ${rest} ${smaller}`}`;
}
