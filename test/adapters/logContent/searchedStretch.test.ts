import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { searchStretch } from '../../../src/adapters/logContent/searchedStretch';
import { createTextSearch } from '../../../src/adapters/logContent/textSearch';

const OBJECT = `{"timestamp":"2026-09-08 08:11:34.092155+0000","eventMessage":"${'nothing '.repeat(60)}"}`;
const TEXT = '2026-09-08 10:11:34.000 Df Example[1234:17e385] nothing that matters';
const EVIDENCE = `${TEXT}: voip-push 1 {`;
const MORE = '\tat 0x1';

const search = createTextSearch(['voip-push 1 ']);

/** The pieces are what is read at once. */
function searchPieces(pieces: readonly string[]) {
  const left = pieces.map((piece) => Buffer.from(piece));
  return searchStretch(search, (memory) => left.shift()?.copy(memory) ?? 0);
}

describe('a stretch of a log that is searched', () => {
  const found = (text: string, linesBefore: number, passed: 'object' | 'text' | undefined = undefined) => ({
    text,
    linesBefore,
    passed,
  });
  const cases: readonly (readonly [name: string, pieces: readonly string[], lines: readonly object[], rest: object])[] =
    [
      [
        'tells which lines must be read',
        [`torn\n${OBJECT}\n${EVIDENCE}\r\n${TEXT}\n${MORE}\n${OBJECT}\nto`],
        [found(EVIDENCE, 1, 'object'), found(MORE, 3, 'text')],
        { head: 'torn', lineCount: 5, passed: 'object', lastLine: OBJECT, isLastFound: false, tail: 'to' },
      ],
      [
        'counts lines of all pieces, and puts torn ones together',
        [`\n${TEXT}\n${EVIDENCE.slice(0, 60)}`, `${EVIDENCE.slice(60)}\n${TEXT}\n`, `${EVIDENCE}\n`],
        [found(EVIDENCE, 1, 'text'), found(EVIDENCE, 3, 'text')],
        { head: '', lineCount: 4, passed: undefined, lastLine: EVIDENCE, isLastFound: true, tail: '' },
      ],
      [
        'knows what was passed over in the piece before',
        [`\n${TEXT}\n${OBJECT}\n`, `${MORE}\n${TEXT}\n`],
        [found(MORE, 2, 'object')],
        { head: '', lineCount: 4, passed: 'text', lastLine: TEXT, isLastFound: false, tail: '' },
      ],
      [
        'knows what was passed over in the pieces before its end',
        [`\n${EVIDENCE}\n${TEXT}\n`, `${OBJECT}\n`, `${OBJECT}\n`],
        [found(EVIDENCE, 0)],
        { head: '', lineCount: 4, passed: 'object', lastLine: OBJECT, isLastFound: false, tail: '' },
      ],
    ];
  for (const [name, pieces, lines, rest] of cases) {
    it(name, () => {
      const searched = searchPieces(pieces) ?? assert.fail('nothing was found out');
      const { head, tail } = searched;
      assert.deepEqual(
        { ...searched, head: Buffer.from(head).toString(), tail: Buffer.from(tail).toString() },
        { lines, ...rest },
      );
    });
  }

  const unread: readonly (readonly [name: string, pieces: readonly string[]])[] = [
    ['without bytes', []],
    ['without a line end', [TEXT]],
    ['without a whole line', [`${TEXT}\n${TEXT}`]],
    ['with a line as long as a piece', [`\n${TEXT}\n`, 'x'.repeat(500), 'x'.repeat(500)]],
    ['with much to read', [`\n${`${EVIDENCE}\n`.repeat(1000)}`]],
  ];
  for (const [name, pieces] of unread) {
    it(`must be read as it is: ${name}`, () => assert.equal(searchPieces(pieces), undefined));
  }
});
