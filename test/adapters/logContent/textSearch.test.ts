import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTextSearch, type FoundLine, type TextSearch } from '../../../src/adapters/logContent/textSearch';
import { searchedTexts } from '../../../src/core/log/logReader';
import { fc, runs } from '../../propertyRuns';

/** Where every text is, found the plain way: first and behind the last place of each. */
function allSpans(texts: readonly string[], bytes: Buffer): readonly (readonly [number, number])[] {
  return texts.flatMap((text) => {
    const spans: (readonly [number, number])[] = [];
    for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) spans.push([at, at + text.length]);
    return spans;
  });
}

function checkTexts(texts: readonly string[], search: TextSearch, bytes: Buffer): void {
  const places = search.findTexts(bytes);
  const spans = allSpans(texts, bytes);
  const isWithin = (place: number) => spans.some(([start, end]) => start <= place && place < end);
  assert.ok(places.every(isWithin), 'a place outside of all texts');
  assert.ok(
    spans.every(([start, end]) => places.some((place) => start <= place && place < end)),
    'a text without a place',
  );
  assert.deepEqual(
    places,
    [...places].sort((one, other) => one - other),
  );
}

/** All lines that are found, the batches put together. */
function allLines(search: TextSearch, bytes: Buffer): { lines: FoundLine[]; lineCount: number } {
  const lines: FoundLine[] = [];
  let lineCount = 0;
  for (let from = 0; from < bytes.length; ) {
    const found = search.findLines(bytes, from);
    assert.ok(found.reached > from, 'no way forward');
    lines.push(...found.lines.map((line) => ({ ...line, linesBefore: lineCount + line.linesBefore })));
    lineCount += found.lineCount;
    from = found.reached;
  }
  return { lines, lineCount };
}

const OBJECT = `{"timestamp":"2026-09-08 08:11:34.092155+0000","eventMessage":"${'nothing '.repeat(60)}"}`;

describe('text search', () => {
  const few = (unit: string, minLength: number, maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...unit), minLength, maxLength });

  for (const shortest of [3, 4, 5, 6, 7, 9, 11, 14]) {
    it(`finds what plain searching finds: texts of ${shortest} characters or more`, () => {
      const texts = fc.array(few('abc', shortest, shortest + 6), { minLength: 1, maxLength: 6 });
      fc.assert(
        fc.property(texts, few('abc ', 0, 300), few('abc ', 0, 30), fc.array(fc.nat(300)), (some, rest, before, at) => {
          const search = createTextSearch(some);
          search.findTexts(Buffer.from(before));
          const cuts = [...at.filter((cut) => cut < rest.length)].sort((one, other) => one - other);
          const pieces = [...cuts, rest.length].map((cut, index) => rest.slice(cuts[index - 1] ?? 0, cut));
          checkTexts(
            some,
            search,
            Buffer.from(pieces.map((piece, index) => piece + some[index % some.length]).join('')),
          );
        }),
        { numRuns: runs(300) },
      );
    });
  }

  it('finds every text of evidence wherever it stands, in its own memory, too', () => {
    const texts = searchedTexts([]);
    const search = createTextSearch(texts);
    for (const text of texts) {
      for (let before = 0; before < 70; before += 1) {
        const bytes = Buffer.from(`${'x'.repeat(before)}${text}${'y'.repeat(70)}`);
        checkTexts(texts, search, bytes);
        const [area] = search.areas;
        bytes.copy(area, before);
        checkTexts(texts, search, area.subarray(before, before + bytes.length));
        // Half of it is in the bytes, and the other half is in the memory behind them.
        const end = 2 * before + text.length - 1;
        assert.deepEqual(search.findTexts(area.subarray(before, end)), []);
        assert.deepEqual(search.findTexts(area.subarray(2 * before + 1, 2 * before + 70)), []);
      }
    }
  });

  it('takes more texts than it has groups for them', () => {
    const texts = Array.from({ length: 500 }, (_, index) => `text number ${index * 7919}`);
    const search = createTextSearch(texts);
    checkTexts(texts, search, Buffer.from(`${texts.join(', ')}, text without number`));
  });

  const lines: readonly [what: string, line: string, found: boolean][] = [
    ['an object', OBJECT, false],
    ['an object with CRLF', `${OBJECT}\r`, false],
    ['an object that is not whole', OBJECT.slice(0, -1), true],
    ['a short object', '{"count":3,"finished":1}', true],
    ['an object with a text', OBJECT.replace('nothing', 'voip-push 1 '), true],
    ['an object with a color', OBJECT.replace('nothing', '\u001b[31mvoip-\u001b[0mpush 1 '), true],
    ['a text with a date', '2026-09-08 10:11:34.092 Df Example[1234:17e385] nothing', false],
    ['a text with a date only', '2026-09-08', false],
    ['a date that is none', '2026-9-08 10:11:34', true],
    ['a year only', '2026-', true],
    ['a text without a year', 'Sep  8 10:11:34.092155 Example[1234] <Notice>: nothing', false],
    ['a day of two digits', 'Sep 18 10:11:34 iPhone Example[1234] <Notice>: nothing', false],
    ['a month that is none', 'SEP 18 10:11:34', true],
    ['a word', 'See 18 apples', true],
    ['an hour that is none', 'Sep  8 1x:11:34', true],
    ['nothing', '', true],
    ['a carriage return', '\r', true],
    ['a text of another log', 'voip-push 1 {', true],
  ];
  for (const [what, line, found] of lines) {
    it(`${found ? 'finds' : 'passes over'} ${what}`, () => {
      const search = createTextSearch(searchedTexts([]));
      for (let before = 0; before < 70; before += 1) {
        const first = 'x'.repeat(before);
        const bytes = Buffer.from(`${first}\n${line}\n${OBJECT}\n`);
        const [start, end] = [before + 1, before + 1 + line.length];
        const expected = [
          { start: 0, end: before, linesBefore: 0, passed: undefined },
          ...(found ? [{ start, end, linesBefore: 1, passed: undefined }] : []),
        ];
        const { lines: seen, lineCount } = allLines(search, bytes);
        assert.deepEqual([seen, lineCount], [expected, 3]);
      }
    });
  }

  it('says of which kind the lines were that it passed over', () => {
    const text = '2026-09-08 10:11:34.092 Df Example[1234:17e385] nothing';
    const all = ['what', OBJECT, text, 'what', text, OBJECT, 'what', 'what', OBJECT, ''];
    const found = createTextSearch(searchedTexts([])).findLines(Buffer.from(all.join('\n')), 0);
    assert.deepEqual(
      found.lines.map(({ linesBefore, passed }) => [linesBefore, passed]),
      [
        [0, undefined],
        [3, 'text'],
        [6, 'object'],
        [7, undefined],
      ],
    );
    assert.equal(found.passed, 'object');
  });

  it('goes on where it stopped, when there are many', () => {
    const search = createTextSearch(['a text of evidence']);
    const some = Array.from({ length: 9000 }, (_, index) =>
      index % 3 === 0 ? 'a text of evidence' : 'x'.repeat(index % 80),
    );
    const { lines: found, lineCount } = allLines(search, Buffer.from(some.map((line) => `${line}\n`).join('')));
    assert.equal(lineCount, some.length);
    assert.deepEqual(
      found.map(({ linesBefore, start, end }) => [linesBefore, end - start]),
      some.map((line, index) => [index, line.length]),
    );
    const short = 'a text of evidence'.repeat(9000);
    checkTexts(['a text of evidence'], search, Buffer.from(short.slice(0, 60_000)));
  });
});
