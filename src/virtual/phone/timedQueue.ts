import type { Microseconds } from '../../core/time';
import type { Cancel } from './deviceClock';

/** A callback and the device time it is due. */
export interface TimedCallback {
  readonly at: Microseconds;
  readonly callback: () => void;
}

/** Callbacks in order of time; those due at the same time in the order they came. */
export interface TimedQueue {
  add(entry: TimedCallback): Cancel;
  /** The next one, which stays. */
  peek(): TimedCallback | undefined;
  /** Takes the next one when it is due by `now`. */
  takeDue(now: Microseconds): TimedCallback | undefined;
}

export function createTimedQueue(): TimedQueue {
  const entries: TimedCallback[] = [];
  return {
    add(entry) {
      const later = entries.findIndex(({ at }) => at > entry.at);
      entries.splice(later === -1 ? entries.length : later, 0, entry);
      return () => {
        const index = entries.indexOf(entry);
        if (index !== -1) entries.splice(index, 1);
      };
    },
    peek: () => entries[0],
    takeDue(now) {
      const next = entries[0];
      return next !== undefined && next.at <= now ? entries.shift() : undefined;
    },
  };
}
