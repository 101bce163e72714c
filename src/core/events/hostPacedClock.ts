import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';
import type { VoipEvent } from './event';

/** Smaller steps of a clock cannot be told from lines that come late. */
export const SMALLEST_STEP: Microseconds = 2 * MICROSECONDS_PER_SECOND;
/** A log was live, not told in retrospect, when its clock kept pace with the host's for so long. */
const LIVE_AFTER: Microseconds = MICROSECONDS_PER_SECOND;

/** What is known of the clock of one log. */
export interface LogClock {
  /** What takes its times back to the clock that it had at first. */
  readonly shift: Microseconds;
  /** It is of one going through a saved log: another one, maybe of another file, has a clock of its own. */
  readonly isOfReading: boolean;
  /** Hears the next event of that log. */
  follow(event: VoipEvent): void;
}

/**
 * The clock of a log that is captured live, compared with the host's. A line that comes late is not taken for a clock that
 * was set: times only move when a log goes back in time, or gets ahead of where it ever was.
 */
export function createHostPacedClock(first: VoipEvent, firstArrival: Microseconds): LogClock {
  const firstOffset = first.at - firstArrival;
  let shift = 0;
  // The most it was ahead of the host since it was last set: lines come late, never early.
  let highestOffset = firstOffset;
  // By the host's clock, since when it keeps pace with it.
  let since = firstArrival;
  let last = { at: first.at, arrivedAt: firstArrival };

  return {
    isOfReading: false,
    get shift() {
      return shift;
    },
    follow({ at, arrivedAt }) {
      if (arrivedAt === undefined) return;
      const offset = at - arrivedAt;
      const isBack = at < last.at - SMALLEST_STEP;
      const isAhead = offset > highestOffset + SMALLEST_STEP;
      if (isBack || isAhead) {
        const wasLive = last.arrivedAt - since >= LIVE_AFTER;
        if (Math.abs(offset - firstOffset) <= SMALLEST_STEP) shift = 0;
        else if (isBack || wasLive) shift = firstOffset - offset;
        highestOffset = offset;
        since = arrivedAt;
      }
      highestOffset = Math.max(highestOffset, offset);
      last = { at, arrivedAt };
    },
  };
}
