import { MICROSECONDS_PER_MILLISECOND, type Microseconds } from '../core/time';

/** Local time of day: `12:03:01`. */
export function formatClock(at: Microseconds): string {
  const date = new Date(at / MICROSECONDS_PER_MILLISECOND);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}
