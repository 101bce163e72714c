import { openSync, readSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How long the event loop of this process stood still at the longest, in milliseconds. */
export interface LongestBlock {
  /** By the clock: on a busy computer that includes waiting for a processor. */
  readonly wallMs: number;
  /** That the process itself was at work, without waiting for a processor; where the system tells (Linux). */
  readonly ownMs: number | undefined;
}

export interface LoopWatch {
  longest(): LongestBlock;
  /** Does something that does not count. */
  without<T>(work: () => T): T;
}

/** Watches from now on, with a look each millisecond. */
export function watchLoop(): LoopWatch {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  const clock = openProcessorClock();
  let longestOwnNs = 0;
  let last = clock?.();
  setInterval(() => {
    const now = clock?.();
    if (now !== undefined && last !== undefined) longestOwnNs = Math.max(longestOwnNs, now - last);
    last = now;
  }, 1).unref();
  histogram.enable();
  return {
    longest: () => ({ wallMs: histogram.max / 1e6, ownMs: clock === undefined ? undefined : longestOwnNs / 1e6 }),
    without(work) {
      histogram.disable();
      const result = work();
      histogram.enable();
      last = clock?.();
      return result;
    },
  };
}

/** Nanoseconds that the main thread spent on a processor. */
function openProcessorClock(): (() => number) | undefined {
  try {
    const file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
    const buffer = Buffer.alloc(64);
    return () => Number.parseInt(buffer.toString('latin1', 0, readSync(file, buffer, 0, 64, 0)), 10);
  } catch {
    return undefined;
  }
}
