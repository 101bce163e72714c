import type { HostClock } from '../../core/log/hostClock';
import { microsecondsFromMilliseconds } from '../../core/time';

/** The clock and the time zone of the computer that this runs on. */
export function systemHostClock(nowMs: () => number = Date.now): HostClock {
  return {
    now: () => microsecondsFromMilliseconds(nowMs()),
    utcOffsetMinutesAt: (at) => -new Date(at / 1000).getTimezoneOffset(),
  };
}
