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

/** A duration for people: `42 ms`, `7.0 s`, `7.02 s`, `3 min 20 s`. */
export function formatDuration(duration: Microseconds): string {
  const milliseconds = duration / MICROSECONDS_PER_MILLISECOND;
  if (milliseconds < 1) return `${duration} µs`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  // The second decimal matters where a report misses the deadline by a hair.
  if (seconds < 10) return `${seconds.toFixed(2).replace(/0$/, '')} s`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
