import type { Microseconds } from '../../core/time';
import type { DeviceClock } from './deviceClock';
import { createTimedQueue } from './timedQueue';

/** A device clock that moves only when told to: seven seconds pass in no time. For demos and tests. */
export interface SteppedClock extends DeviceClock {
  /** Lets `duration` pass: runs everything due by then. */
  advance(duration: Microseconds): void;
  /** Runs everything that is scheduled, and what that schedules, without waiting. */
  idle(): Promise<void>;
}

/** A stepped clock that shows `start` until it is moved. */
export function createSteppedClock(start: Microseconds): SteppedClock {
  const queue = createTimedQueue();
  let now = Math.round(start);

  function runUntil(end: Microseconds): void {
    for (let due = queue.takeDue(end); due !== undefined; due = queue.takeDue(end)) {
      now = Math.max(now, due.at);
      due.callback();
    }
  }

  return {
    now: () => now,
    schedule: (delay, callback) => queue.add({ at: now + Math.max(0, Math.round(delay)), callback }),
    advance(duration) {
      const end = now + Math.max(0, Math.round(duration));
      runUntil(end);
      now = Math.max(now, end);
    },
    idle: async () => runUntil(Number.POSITIVE_INFINITY),
  };
}
