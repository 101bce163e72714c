import assert from 'node:assert/strict';
import { it } from 'node:test';
import { formatDuration } from '../../src/core/time';

it('writes durations for people, and never 60 seconds beside minutes', () => {
  const seconds = 1_000_000;
  const cases: readonly (readonly [duration: number, text: string])[] = [
    [750, '750 µs'],
    [42_000, '42 ms'],
    [7 * seconds, '7.0 s'],
    [7_020_000, '7.02 s'],
    [59.4 * seconds, '59.4 s'],
    [60 * seconds, '1 min 0 s'],
    [200 * seconds, '3 min 20 s'],
    [3_599.8 * seconds, '60 min 0 s'],
  ];
  for (const [duration, text] of cases) assert.equal(formatDuration(duration), text);
});
