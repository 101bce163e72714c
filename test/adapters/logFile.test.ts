import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLineSplitter, type FileLine } from '../../src/adapters/logFile';
import { fc } from '../propertyRuns';

function split(bytes: Uint8Array, cuts: readonly number[] = [], maxLineBytes?: number): FileLine[] {
  const splitter = createLineSplitter(maxLineBytes);
  const lines: FileLine[] = [];
  let from = 0;
  for (const to of [...cuts, bytes.length]) {
    lines.push(...splitter.push(bytes.subarray(from, to)));
    from = to;
  }
  return [...lines, ...splitter.end()];
}

const textsOf = (lines: readonly FileLine[]) => lines.map(({ text }) => text);

describe('line splitter', () => {
  const cases: readonly (readonly [name: string, text: string, lines: readonly string[], lastIsComplete: boolean])[] = [
    ['nothing', '', [], true],
    ['one line', 'a\n', ['a'], true],
    ['a last line without end', 'a\nb', ['a', 'b'], false],
    ['blank lines', '\n\na\n', ['', '', 'a'], true],
    ['CRLF', 'a\r\nb\r\n', ['a', 'b'], true],
    ['a byte order mark, only at the start', '\uFEFFa\n\uFEFFb\n', ['a', '\uFEFFb'], true],
    ['letters of several bytes', 'ä€😀\nü\n', ['ä€😀', 'ü'], true],
    ['separators that are no line ends', 'a\u2028b\u0085c\n', ['a\u2028b\u0085c'], true],
  ];
  for (const [name, text, lines, lastIsComplete] of cases) {
    it(`splits ${name}`, () => {
      const result = split(Buffer.from(text));
      assert.deepEqual(textsOf(result), lines);
      assert.equal(result.at(-1)?.isComplete ?? true, lastIsComplete);
      assert.equal(result.at(-1)?.endsAtByte ?? 0, Buffer.byteLength(text));
    });
  }

  it('gives the same lines wherever the chunks are cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'ä', '😀', '\n', '\r\n', '\uFEFF'), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(120)), (whole, anyCuts) => {
        const bytes = Buffer.from(whole);
        const cuts = anyCuts.filter((cut) => cut <= bytes.length).sort((one, other) => one - other);
        assert.deepEqual(split(bytes, cuts), split(bytes));
      }),
    );
  });

  it('cuts a line at the cap, says so, and goes on with the next', () => {
    const lines = split(Buffer.from('1234567890\nok\n123456'), [3, 9], 5);
    assert.deepEqual(
      lines.map(({ text, isCut }) => [text, isCut]),
      [
        ['12345', true],
        ['ok', false],
        ['12345', true],
      ],
    );
  });
});
