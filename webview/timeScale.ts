import {
  formatSetDuration,
  MICROSECONDS_PER_MILLISECOND,
  MICROSECONDS_PER_SECOND,
  type Microseconds,
} from '../src/core/time';

/** Maps offsets to positions. Immutable; make a new one when the size changes. */
export interface TimeScale {
  readonly end: Microseconds;
  readonly widthPx: number;
  /** Position of an offset, kept within 0 and the width. */
  toPx(offset: Microseconds): number;
}

/** A labelled position of the axis. */
export interface Tick {
  readonly x: number;
  readonly label: string;
}

/** Below this the scale is nearly linear, above nearly logarithmic: 31 ms, 120 ms and 7 s all have their place on one row. */
const BEND: Microseconds = 20 * MICROSECONDS_PER_MILLISECOND;

/** A row shows at least this much, so that the deadline of 7 s has room on every row and stands at the same place. */
export const SHORTEST_RANGE: Microseconds = 12 * MICROSECONDS_PER_SECOND;

/** Later offsets stand at the right edge: one push held for a day must not squeeze all the others. */
export const LONGEST_RANGE: Microseconds = 3600 * MICROSECONDS_PER_SECOND;

/** A symmetric logarithmic scale from 0 to `end`, at `widthPx` wide. */
export function createTimeScale(end: Microseconds, widthPx: number): TimeScale {
  const full = Math.log1p(end / BEND);
  return {
    end,
    widthPx,
    toPx: (offset) => (Math.log1p(Math.min(Math.max(offset, 0), end) / BEND) / full) * widthPx,
  };
}

/** The end of a scale on which all the given offsets have room, within the shortest and the longest range. */
export function rangeEnd(latest: Microseconds): Microseconds {
  return Math.min(Math.max(latest * 1.15, SHORTEST_RANGE), LONGEST_RANGE);
}

const TICKS: readonly Microseconds[] = [
  0, 10_000, 100_000, 1_000_000, 7_000_000, 60_000_000, 600_000_000, 3_600_000_000,
];

/** The round offsets that fit with at least `gapPx` between them; 0 always, and 7 s before its neighbors. */
export function axisTicks(scale: TimeScale, gapPx: number): readonly Tick[] {
  const kept: number[] = [];
  for (const at of [0, 7_000_000, 1_000_000, ...TICKS]) {
    const x = scale.toPx(at);
    const fits = kept.every((other) => Math.abs(scale.toPx(other) - x) >= gapPx);
    if (at <= scale.end && x <= scale.widthPx - gapPx / 2 && fits) kept.push(at);
  }
  return kept.sort((a, b) => a - b).map((at) => ({ x: scale.toPx(at), label: tickLabel(at) }));
}

function tickLabel(at: Microseconds): string {
  return at === 0 ? '0' : formatSetDuration(at / MICROSECONDS_PER_MILLISECOND);
}
