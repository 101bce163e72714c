import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createJsonObjectSplitter } from '../../../src/core/log/jsonObjects';
import { fc } from '../../propertyRuns';

function split(text: string, cuts: readonly number[] = [], maxObjectBytes = 1000) {
  const damage: number[] = [];
  const objects: [text: string, line: number][] = [];
  const splitter = createJsonObjectSplitter({ maxObjectBytes, firstLine: 1, onDamage: (line) => damage.push(line) });
  const bytes = Buffer.from(text);
  let from = 0;
  for (const to of [...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]) {
    // The memory of a chunk is used again.
    const chunk = Buffer.from(bytes.subarray(from, to));
    for (const object of splitter.push(chunk)) objects.push([Buffer.from(object.bytes).toString(), object.lineNumber]);
    chunk.fill(0);
    from = to;
  }
  splitter.end();
  return { objects, damage };
}

describe('objects of a JSON text', () => {
  const cases: readonly (readonly [name: string, text: string, objects: [string, number][], damage: number[]])[] = [
    [
      'an array in one line',
      '[{"a":1},{"b":[{"c":2}]}]',
      [
        ['{"a":1}', 1],
        ['{"b":[{"c":2}]}', 1],
      ],
      [],
    ],
    [
      'a pretty array',
      '[{\n  "a" : 1\n},{\n  "b" : 2\n}]',
      [
        ['{\n  "a" : 1\n}', 1],
        ['{\n  "b" : 2\n}', 3],
      ],
      [],
    ],
    [
      'brackets and quotes in strings',
      '[{"a":"}{]\\"}"}, {"b":"\\\\"}]',
      [
        ['{"a":"}{]\\"}"}', 1],
        ['{"b":"\\\\"}', 1],
      ],
      [],
    ],
    [
      'one object a line',
      '{"a":1}\n{"b":2}\n',
      [
        ['{"a":1}', 1],
        ['{"b":2}', 2],
      ],
      [],
    ],
    ['nothing', '[]', [], []],
    [
      'strange text between',
      '[{"a":1},\n oops \n{"b":2}]',
      [
        ['{"a":1}', 1],
        ['{"b":2}', 3],
      ],
      [3],
    ],
    ['a torn last object', '[{"a":1},{"b":', [['{"a":1}', 1]], [1]],
    ['a string without end', '[{\n"a":"x\n},{\n"b":2\n}]', [['{\n"b":2\n}', 3]], [1]],
    ['an object without end', '[{\n"a":{\n"x":1\n},{\n"b":2\n}]', [['{\n"b":2\n}', 4]], [1]],
    ['one that is too long', `[{"a":"${'x'.repeat(2000)}"},{"b":2}]`, [['{"b":2}', 1]], [1]],
  ];
  for (const [name, text, objects, damage] of cases) {
    it(`takes out of ${name}`, () => {
      // The last case needs chunks: what one of them holds is never too long.
      const cuts = text.length > 1000 ? [500, 1000, 1500] : [];
      assert.deepEqual(split(text, cuts), { objects, damage });
    });
  }

  it('takes the same wherever the chunks are cut', () => {
    const text = fc.oneof(
      fc.array(fc.dictionary(fc.string(), fc.jsonValue())).map((all) => JSON.stringify(all, undefined, 1)),
      fc.array(fc.object()).map((all) => JSON.stringify(all)),
      fc.string({ unit: fc.constantFrom('{', '}', '"', '\\', '\n', 'a', ',', '[', ']', 'ä') }),
    );
    fc.assert(
      fc.property(text, fc.array(fc.nat(200)), (whole, cuts) => {
        assert.deepEqual(split(whole, cuts, 1e6), split(whole, [], 1e6));
      }),
    );
  });

  it('takes every object of an array', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.nat(3), fc.nat(100), (all, indent, cut) => {
        const { objects, damage } = split(JSON.stringify(all, undefined, indent), [cut], 1e6);
        assert.deepEqual(
          objects.map(([text]) => JSON.parse(text)),
          JSON.parse(JSON.stringify(all)),
        );
        assert.deepEqual(damage, []);
      }),
    );
  });
});
