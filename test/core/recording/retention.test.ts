import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type KeptFile, type RetentionLimits, recordingsToDelete } from '../../../src/core/recording/retention';
import { fc } from '../../propertyRuns';

const DAY = 24 * 60 * 60 * 1000;
const NOW = 1_788_855_094_000;

/** `a 3d 100` is a file called a, changed 3 days ago, of 100 bytes; `a 3d 100 *` is in use. */
function file(text: string): KeptFile {
  const [name = '', age = '', bytes = '', use] = text.split(' ');
  return { name, changedAtMs: NOW - Number.parseFloat(age) * DAY, bytes: Number(bytes), isInUse: use === '*' };
}

const LIMITS: RetentionLimits = { maxAgeDays: 30, maxTotalBytes: 1000 };

const CASES: readonly (readonly [name: string, files: readonly string[], deleted: readonly string[]])[] = [
  ['nothing of nothing', [], []],
  ['nothing that is young and small', ['a 1d 500', 'b 29.9d 500'], []],
  ['what is too old', ['a 1d 1', 'b 30.1d 1', 'c 400d 1'], ['b', 'c']],
  ['the oldest of what is too much', ['a 1d 600', 'b 2d 300', 'c 3d 200'], ['c']],
  ['what is older than one that does not fit, however small', ['a 1d 600', 'b 2d 500', 'c 3d 1'], ['b', 'c']],
  ['one that alone is too much', ['a 1d 1001'], ['a']],
  ['never what is in use, however old and large', ['a 400d 5000 *'], []],
  ['the ended ones when what is in use takes the room', ['a 0d 950 *', 'b 1d 50', 'c 2d 1'], ['c']],
  ['all ended ones when what is in use takes it all', ['a 0d 2000 *', 'b 1d 1'], ['b']],
  ['a file from the future last', ['a -1d 900', 'b 0d 200'], ['b']],
];

describe('what is kept of recordings', () => {
  for (const [name, files, deleted] of CASES) {
    it(`deletes ${name}`, () => {
      const wanted = [...deleted].sort();
      assert.deepEqual([...recordingsToDelete(files.map(file), LIMITS, NOW)].sort(), wanted);
      assert.deepEqual([...recordingsToDelete(files.map(file).reverse(), LIMITS, NOW)].sort(), wanted);
    });
  }

  it('keeps within the limits whatever there is, and deletes no more the second time', () => {
    const files = fc.uniqueArray(
      fc.record({
        name: fc.string(),
        changedAtMs: fc.integer({ min: NOW - 60 * DAY, max: NOW }),
        bytes: fc.nat(600),
        isInUse: fc.boolean(),
      }),
      { selector: ({ name }) => name },
    );
    fc.assert(
      fc.property(files, (all) => {
        const deleted = new Set(recordingsToDelete(all, LIMITS, NOW));
        const left = all.filter(({ name }) => !deleted.has(name));
        const ended = left.filter(({ isInUse }) => !isInUse);
        assert.ok(all.every(({ name, isInUse }) => !isInUse || !deleted.has(name)));
        assert.ok(ended.every(({ changedAtMs }) => changedAtMs >= NOW - 30 * DAY));
        const bytes = left.reduce((sum, one) => sum + one.bytes, 0);
        assert.ok(bytes <= LIMITS.maxTotalBytes || ended.length === 0);
        assert.deepEqual(recordingsToDelete(left, LIMITS, NOW), []);
      }),
    );
  });
});
