import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clockText } from '../../../src/core/timeline/evidenceWords';

const SECOND = 1_000_000;

describe('the clock of a device in words', () => {
  const cases: readonly (readonly [offset: number | undefined, words: string | undefined])[] = [
    [undefined, undefined],
    [0, undefined],
    [49_000, undefined],
    [-49_000, undefined],
    [2.5 * SECOND, "The device's clock is 2.5 s ahead of this computer's; the times are aligned."],
    [-2.5 * SECOND, "The device's clock is 2.5 s behind this computer's; the times are aligned."],
  ];
  for (const [offset, words] of cases) {
    it(`${offset} µs: ${words ?? 'nothing worth saying'}`, () => assert.equal(clockText(offset), words));
  }
});
