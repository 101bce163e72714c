import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { plainPart } from '../../../src/core/log/literalNeedle';
import { searchedTexts } from '../../../src/core/log/logReader';
import { createNeedleSearch } from '../../../src/core/log/needleSearch';

/** Every place of every text, found the plain way. */
function allPlaces(needles: readonly string[], text: string, from: number, to: number): Set<number> {
  const places = new Set<number>();
  for (const needle of needles) {
    for (let at = text.indexOf(needle, from); at >= 0 && at + needle.length <= to; at = text.indexOf(needle, at + 1)) {
      places.add(at);
    }
  }
  return places;
}

describe('needle search', () => {
  const few = (unit: string, minLength: number, maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...unit), minLength, maxLength });

  it('finds what plain searching finds, in any part of the bytes and with any sample', () => {
    fc.assert(
      fc.property(
        fc.array(few('abc', 2, 6), { minLength: 1, maxLength: 6 }),
        few('abc ', 0, 300),
        few('abc ', 0, 30),
        fc.nat(300),
        fc.nat(300),
        (needles, text, sample, one, other) => {
          const [from, to] = [Math.min(one, other, text.length), Math.min(Math.max(one, other), text.length)];
          const places = createNeedleSearch(needles, Buffer.from(sample)).find(Buffer.from(text), from, to);
          const expected = allPlaces(needles, text, from, to);
          assert.deepEqual(
            places,
            [...places].sort((a, b) => a - b),
          );
          for (const place of places) assert.ok(expected.has(place));
          // Of texts that overlap, one is enough.
          const longest = Math.max(...needles.map(({ length }) => length));
          for (const place of expected) assert.ok(places.some((found) => Math.abs(found - place) < longest));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('finds every text of evidence wherever it stands', () => {
    const needles = searchedTexts([]);
    const search = createNeedleSearch(needles, Buffer.from('a sample of a log '.repeat(100)));
    for (const needle of needles) {
      for (let before = 0; before < 70; before += 1) {
        const bytes = Buffer.from(`${'x'.repeat(before)}${needle}${'y'.repeat(70)}`);
        assert.deepEqual(search.find(bytes, 0, bytes.length), [before]);
        assert.deepEqual(search.find(bytes, before + 1, bytes.length), []);
        assert.deepEqual(search.find(bytes, 0, before + needle.length - 1), []);
      }
    }
  });

  it('takes texts longer than its widest window', () => {
    const needle = 'ab'.repeat(150);
    const bytes = Buffer.from(`${'b'.repeat(33)}${needle}c`);
    const places = createNeedleSearch([needle], bytes).find(bytes, 0, bytes.length);
    assert.deepEqual(places, [33]);
  });
});

describe('what is looked for of a text', () => {
  for (const [text, part] of [
    ['voip-push 1 ', 'voip-push 1 '],
    ['Added application: <SBApplicationInfo', 'Added application: '],
    ['a "quoted" word', 'quoted'],
    ['Größe', ''],
    ['<>', ''],
    ['', ''],
  ] as const) {
    it(`of ${JSON.stringify(text)}: ${JSON.stringify(part)}`, () => assert.equal(plainPart(text), part));
  }
});
