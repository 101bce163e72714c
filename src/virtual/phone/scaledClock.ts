import { MICROSECONDS_PER_MILLISECOND, type Microseconds, microsecondsFromMilliseconds } from '../../core/time';
import type { DeviceClock } from './deviceClock';
import { createTimedQueue } from './timedQueue';

/**
 * A device clock that runs `timeScale` times faster than the host's while something is scheduled. Idle, it shows the host's time,
 * or stands still until the host has caught up. Its timers keep the process alive until they have run or were cancelled.
 * Throws a RangeError when `timeScale` is not a finite number above 0.
 */
export function createScaledClock(timeScale: number, hostNow: () => Microseconds = hostTime): DeviceClock {
  if (!Number.isFinite(timeScale) || timeScale <= 0) {
    throw new RangeError(`The time scale must be a number above 0, for example 1 or 20; it is ${timeScale}.`);
  }
  const queue = createTimedQueue();
  let waiting: (() => void)[] = [];
  let shown: Microseconds = 0;
  // While something is scheduled, device time runs on from this pair.
  let anchor: { readonly host: Microseconds; readonly device: Microseconds } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;

  function running(): Microseconds {
    if (anchor === undefined) return hostNow();
    return Math.round(anchor.device + Math.max(0, hostNow() - anchor.host) * timeScale);
  }

  function now(): Microseconds {
    if (isRunning) return shown;
    // A host timer may fire late: device time never runs past what has not happened yet, so that lines stay in order.
    const next = queue.peek()?.at ?? Number.POSITIVE_INFINITY;
    shown = Math.max(shown, Math.min(running(), next));
    return shown;
  }

  function runDue(): void {
    isRunning = true;
    try {
      for (let due = queue.takeDue(running()); due !== undefined; due = queue.takeDue(running())) {
        shown = Math.max(shown, due.at);
        due.callback();
      }
    } finally {
      isRunning = false;
      arm();
    }
  }

  function arm(): void {
    if (isRunning) return;
    clearTimeout(timer);
    const next = queue.peek();
    if (next === undefined) {
      anchor = undefined;
      for (const resolve of waiting.splice(0)) resolve();
      return;
    }
    const hostDelay = (next.at - running()) / timeScale / MICROSECONDS_PER_MILLISECOND;
    timer = setTimeout(runDue, Math.max(0, Math.ceil(hostDelay)));
  }

  return {
    now,
    schedule(delay, callback) {
      const device = now();
      anchor ??= { host: hostNow(), device };
      const cancel = queue.add({ at: device + Math.max(0, Math.round(delay)), callback });
      arm();
      return () => {
        cancel();
        arm();
      };
    },
    idle: () =>
      queue.peek() === undefined && !isRunning
        ? Promise.resolve()
        : new Promise<void>((resolve) => {
            waiting = [...waiting, resolve];
          }),
  };
}

function hostTime(): Microseconds {
  return microsecondsFromMilliseconds(Date.now());
}
