import assert from 'node:assert/strict';
import { it } from 'node:test';
import { formatDuration, formatSetDuration } from '../../src/core/time';

it('writes durations for people, never 60 of a unit, and no rest of none', () => {
  const seconds = 1_000_000;
  const cases: readonly (readonly [duration: number, text: string])[] = [
    [750, '750 µs'],
    [0, '0 µs'],
    [999.6, '1 ms'],
    [42_000, '42 ms'],
    [999_600, '1.0 s'],
    [7 * seconds, '7.0 s'],
    [7_020_000, '7.02 s'],
    [9_996_000, '10.0 s'],
    [10 * seconds, '10.0 s'],
    [59.4 * seconds, '59.4 s'],
    [59.96 * seconds, '1 min'],
    [60 * seconds, '1 min'],
    [200 * seconds, '3 min 20 s'],
    [3_599 * seconds, '59 min 59 s'],
    [3_599.8 * seconds, '1 h'],
    [3_600 * seconds, '1 h'],
    [3_629 * seconds, '1 h'],
    [3_900 * seconds, '1 h 5 min'],
    [7_199 * seconds, '2 h'],
    [26 * 3_600 * seconds, '26 h'],
  ];
  for (const [duration, text] of cases) assert.equal(formatDuration(duration), text);
});

it('writes what somebody set without needless decimals', () => {
  const cases: readonly (readonly [milliseconds: number, text: string])[] = [
    [250, '250 ms'],
    [1_000, '1 s'],
    [1_500, '1.5 s'],
    [10_000, '10 s'],
    [60_000, '1 min'],
    [90_000, '1 min 30 s'],
    [3_600_000, '1 h'],
  ];
  for (const [milliseconds, text] of cases) assert.equal(formatSetDuration(milliseconds), text);
});
