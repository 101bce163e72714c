import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { appendFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { captureFile } from '../../../src/adapters/logSources/captureFile';
import { deviceLine, RECEIVED, watch } from './watching';

const NAME = 'device.log';
const start = (folder: string, options: Parameters<typeof captureFile>[1]) => captureFile(join(folder, NAME), options);
const line = (): string => `${deviceLine(RECEIVED)}\n`;
const receipts = (kinds: readonly string[]): number => kinds.filter((kind) => kind === 'push.received').length;

describe('captureFile', () => {
  it('waits for the file, then reads it while it grows, in whatever pieces', () =>
    watch(start, async ({ until, kinds, capture }, folder) => {
      await until(() => capture.health.state === 'waiting');
      const path = join(folder, NAME);
      const text = line();
      await writeFile(path, text.slice(0, 40));
      await until(() => capture.health.state === 'watching');
      await appendFile(path, text.slice(40));
      await until(() => receipts(kinds()) === 1);
      await appendFile(path, line() + line());
      await until(() => receipts(kinds()) === 3);
      assert.ok(!kinds().includes('source.gap'));
    }));

  it('loses nothing to a rotation', () =>
    watch(start, async ({ until, kinds }, folder) => {
      const path = join(folder, NAME);
      await writeFile(path, line());
      await until(() => receipts(kinds()) === 1);
      await appendFile(path, line());
      await rename(path, `${path}.1`);
      await appendFile(`${path}.1`, line());
      await writeFile(path, line());
      await until(() => receipts(kinds()) === 4);
    }));

  it('survives truncation, with a gap', () =>
    watch(start, async ({ until, kinds, healths }, folder) => {
      const path = join(folder, NAME);
      await writeFile(path, line() + line());
      await until(() => receipts(kinds()) === 2);
      await truncate(path);
      await until(() => healths.at(-1)?.state === 'waiting');
      await appendFile(path, line());
      await until(() => receipts(kinds()) === 3);
      assert.deepEqual(kinds().slice(-3), ['source.ended', 'source.gap', 'push.received']);
    }));

  it('sees that a file was written anew, longer than before', () =>
    watch(start, async ({ until, kinds }, folder) => {
      const path = join(folder, NAME);
      await writeFile(path, line());
      await until(() => receipts(kinds()) === 1);
      await writeFile(path, `${deviceLine('other words')}\n${line()}${line()}`);
      await until(() => receipts(kinds()) === 3);
    }));

  it('says that the file has gone, and finds the next', () =>
    watch(start, async ({ until, kinds, capture }, folder) => {
      const path = join(folder, NAME);
      await writeFile(path, line());
      await until(() => receipts(kinds()) === 1);
      await rm(path);
      await until(() => capture.health.state === 'waiting');
      await writeFile(path, line());
      await until(() => receipts(kinds()) === 2);
      assert.ok(kinds().includes('source.gap'));
    }));

  it('gives what was there before without a time of arrival', () =>
    watch(
      (folder, options) => {
        // Written before anybody watches.
        writeFileSync(join(folder, NAME), line());
        return start(folder, options);
      },
      async ({ until, kinds, events }, folder) => {
        await until(() => receipts(kinds()) === 1);
        await appendFile(join(folder, NAME), line());
        await until(() => receipts(kinds()) === 2);
        const [old, fresh] = events.filter(({ kind }) => kind === 'push.received');
        assert.equal(old?.arrivedAt, undefined);
        assert.notEqual(fresh?.arrivedAt, undefined);
      },
    ));

  it('reads a last line without an end when it is stopped', () =>
    watch(start, async ({ until, kinds, capture }, folder) => {
      await writeFile(join(folder, NAME), line() + line().trimEnd());
      await until(() => receipts(kinds()) === 1);
      await capture.stop();
      assert.equal(receipts(kinds()), 2);
      assert.equal(kinds().at(-1), 'source.ended');
    }));
});
