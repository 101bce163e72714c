import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

// `!media/**` and `!README.md` are in the package; `**` keeps everything else out.
const packaged = readFileSync('.vscodeignore', 'utf8')
  .split('\n')
  .map((line) => /^!([^*]+)/.exec(line)?.[1])
  .filter((prefix) => prefix !== undefined);

// vsce packages them as `readme.md`, `changelog.md` and `LICENSE.txt`: a link to them would lead nowhere.
const isRenamed = (file: string): boolean => ['README.md', 'CHANGELOG.md', 'LICENSE'].includes(file);

const isPackaged = (file: string): boolean => packaged.some((prefix) => file.startsWith(prefix));

describe('what is packaged', () => {
  for (const page of ['README.md', 'CHANGELOG.md', 'ARCHITECTURE.md']) {
    it(`has every file that ${page} links`, () => {
      assert.ok(isPackaged(page));
      const text = readFileSync(page, 'utf8');
      // `[MIT](LICENSE)`, `![The timeline](media/timeline.png)`; not `[…](https://…)` or `[…](#json)`
      const links = [...text.matchAll(/\]\((?!https:|#)([^)#]+)/g)].map(([, file]) => String(file));
      for (const file of links) assert.ok(existsSync(file) && isPackaged(file) && !isRenamed(file), file);
    });
  }

  it('has the license of every package that is in its bundles', () => {
    assert.ok(isPackaged('dist/ThirdPartyNotices.txt'));
    const notices = readFileSync('dist/ThirdPartyNotices.txt', 'utf8');
    const [, ...each] = notices.split(/^-{79}\n\n/m);
    const names = each.map((notice) => /^(\S+) \d+\.\d+\.\d+ \(.+\)\n/.exec(notice)?.[1]);
    assert.deepEqual(names, [...names].sort());
    for (const name of ['@parse/node-apn', '@vscode/webview-ui-toolkit', 'commander', 'jsonc-parser', 'valibot'])
      assert.ok(names.includes(name), name);
    assert.ok(!names.includes('typescript') && !names.includes(undefined), names.join());
    for (const notice of each) assert.match(notice, /copyright/i, notice.slice(0, 60));
  });
});
