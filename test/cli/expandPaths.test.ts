import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { describe, it } from 'node:test';
import { CliError } from '../../src/cli/exitCode';
import { expandPaths } from '../../src/cli/expandPaths';
import { inFolder } from './cliHarness';

const FILES = {
  'a.ndjson': '',
  'b.ndjson': '',
  'c.log': '',
  'app[1].log': '',
  'app1.log': '',
  '.hidden.log': '',
  'logs/a.ndjson': '',
  'logs/x1.log': '',
  'logs/x2.log': '',
  'logs/xa.log': '',
  'logs/deep/er/z.ndjson': '',
  'logs/.git/y.ndjson': '',
  'logs/folder.ndjson/inside.txt': '',
  'a b+(c)$.log': '',
  'Zoë.log': '',
};

async function check(paths: readonly string[], expected: readonly string[]): Promise<void> {
  await inFolder(FILES, async (folder) => {
    const expanded = await expandPaths(paths, folder);
    assert.deepEqual(
      expanded.map((path) => path.replace(`${folder}${sep}`, 'ROOT/').split(sep).join('/')),
      expected,
    );
  });
}

describe('file patterns', () => {
  const table: readonly (readonly [paths: readonly string[], expected: readonly string[]])[] = [
    [
      ['c.log', '-', 'missing.log'],
      ['c.log', '-', 'missing.log'],
    ],
    [['*.ndjson'], ['a.ndjson', 'b.ndjson']],
    [['./*.ndjson'], ['a.ndjson', 'b.ndjson']],
    [['**/*.ndjson'], ['a.ndjson', 'b.ndjson', 'logs/a.ndjson', 'logs/deep/er/z.ndjson']],
    [['logs/**/*.ndjson'], ['logs/a.ndjson', 'logs/deep/er/z.ndjson']],
    [['logs/**/z.ndjson'], ['logs/deep/er/z.ndjson']],
    [['logs/deep/**'], ['logs/deep/er/z.ndjson']],
    [['logs/*/er/*'], ['logs/deep/er/z.ndjson']],
    [['logs/x?.log'], ['logs/x1.log', 'logs/x2.log', 'logs/xa.log']],
    [['logs/x[0-9].log'], ['logs/x1.log', 'logs/x2.log']],
    [['logs/x[!0-9].log'], ['logs/xa.log']],
    [['logs/x{1,a}.log'], ['logs/x1.log', 'logs/xa.log']],
    [['{logs/{a,q},b}.ndjson'], ['b.ndjson', 'logs/a.ndjson']],
    [['app[1].log'], ['app[1].log']],
    [['app[[]1].log'], ['app[1].log']],
    [['.h*'], ['.hidden.log']],
    [['*+(c)$.log'], ['a b+(c)$.log']],
    [['Zo?.log'], ['Zoë.log']],
    [['logs/../*.ndjson'], ['a.ndjson', 'b.ndjson']],
    [
      ['b.ndjson', '*.ndjson'],
      ['b.ndjson', 'a.ndjson', 'b.ndjson'],
    ],
  ];
  for (const [paths, expected] of table) {
    it(`${paths.join(' ')}: ${expected.join(' ')}`, () => check(paths, expected));
  }

  it('may be absolute', async () => {
    await inFolder(FILES, async (folder) => {
      assert.deepEqual(await expandPaths([join(folder, 'logs', 'x[12].log')], '/'), [
        join(folder, 'logs', 'x1.log'),
        join(folder, 'logs', 'x2.log'),
      ]);
    });
  });

  it('follows links to files, and none to folders', { skip: process.platform === 'win32' }, async () => {
    await inFolder(FILES, async (folder) => {
      await symlink(join(folder, 'c.log'), join(folder, 'linked.txt'));
      await symlink(folder, join(folder, 'logs', 'round'));
      assert.deepEqual(await expandPaths(['linked*'], folder), ['linked.txt']);
      assert.deepEqual(
        await expandPaths(['logs/**/c.log', 'c.*'], folder).catch((error: Error) => error.message),
        ['No file matches logs/**/c.log. Check the pattern; it is looked for in ', folder, '.'].join(''),
      );
    });
  });

  for (const pattern of ['*.txt', 'nowhere/*.log', 'logs/folder*', 'c.log/*', '*.[']) {
    it(`${pattern} matches nothing, which is said`, async () => {
      await inFolder(FILES, async (folder) => {
        await assert.rejects(expandPaths([pattern], folder), (error: unknown) => {
          assert.ok(error instanceof CliError);
          assert.equal(error.message, `No file matches ${pattern}. Check the pattern; it is looked for in ${folder}.`);
          return true;
        });
      });
    });
  }
});
