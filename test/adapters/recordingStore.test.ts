import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { lockRecording } from '../../src/adapters/recordingLock';
import { createRecordingStore } from '../../src/adapters/recordingStore';
import type { VoipEvent } from '../../src/core/events/event';
import type { RecordingStore } from '../../src/core/recording/recordingStore';

const NOW = new Date(2026, 8, 8, 10, 11, 34).getTime();
const HEADER = { tool: '0.1.0', targets: ['Virtual iPhone'], at: NOW * 1000 };
const EVENT: VoipEvent = { kind: 'push.arrived', at: 1, source: 'test' };
const DAY = 24 * 60 * 60 * 1000;

async function withStore(use: (store: RecordingStore, folder: string) => Promise<void>): Promise<void> {
  const parent = await mkdtemp(join(tmpdir(), 'recording-store-'));
  const folder = join(parent, 'recordings');
  try {
    await use(createRecordingStore({ folder, header: () => HEADER, nowMs: () => NOW }), folder);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

describe('recording store', () => {
  it('is empty before anything is recorded', () =>
    withStore(async (store) => {
      assert.deepEqual(await store.list(), []);
      assert.equal(await store.openKept('2026-09-08T10-11-34.voiprec'), undefined);
      await store.prune({ maxAgeDays: 1, maxTotalBytes: 1 });
    }));

  it('calls recordings by their start, and never two the same', () =>
    withStore(async (store) => {
      const first = await store.openNew();
      assert.equal(first.name, '2026-09-08T10-11-34.voiprec');
      const recordings = [first, ...(await Promise.all([store.openNew(), store.openNew(), store.openNew()]))];
      assert.equal(new Set(recordings.map(({ path }) => path)).size, 4);
      for (const { name } of recordings) assert.match(name, /^2026-09-08T10-11-34(-\d+)?\.voiprec$/);
      await Promise.all(recordings.map((recording) => recording.close()));
    }));

  it('lists the latest first, and knows which is in use', () =>
    withStore(async (store, folder) => {
      const [one, other] = [await store.openNew(), await store.openNew()];
      await one.append([EVENT]);
      await one.close();
      await utimes(one.path, new Date(NOW - DAY), new Date(NOW - DAY));
      await writeFile(join(folder, 'notes.txt'), 'not a recording');
      const listed = await store.list();
      assert.deepEqual(
        listed.map(({ path, isInUse }) => [path, isInUse]),
        [
          [other.path, true],
          [one.path, false],
        ],
      );
      await other.close();
      assert.ok((await store.list()).every(({ isInUse }) => !isInUse));
    }));

  it('opens a kept recording for one window at a time', () =>
    withStore(async (store) => {
      const recording = await store.openNew();
      await recording.append([EVENT]);
      assert.equal(await store.openKept(recording.name), undefined);
      await recording.close();
      const opened = await Promise.all([1, 2, 3, 4].map(() => store.openKept(recording.name)));
      const taken = opened.filter((one) => one !== undefined);
      assert.ok(taken.length <= 1, 'never two at once');
      for (const one of taken) await one.recording.close();
      const last = await store.openKept(recording.name);
      assert.deepEqual(last?.events, [EVENT]);
      await last?.recording.close();
    }));

  it('reaches no other folder by a name', () =>
    withStore(async (store, folder) => {
      await (await store.openNew()).close();
      await writeFile(join(folder, '..', 'other.voiprec'), '');
      assert.equal(await store.openKept('../other.voiprec'), undefined);
    }));

  it('does not respect the locks of processes that ended, and removes them', () =>
    withStore(async (store, folder) => {
      const recording = await store.openNew();
      await recording.close();
      const { pid } = spawnSync(process.execPath, ['-e', '']);
      await writeFile(join(folder, `${recording.name}.${pid}-abc.lock`), '');
      await writeFile(join(folder, `${recording.name}.0-abc.lock`), '');
      const opened = await store.openKept(recording.name);
      assert.ok(opened);
      await store.prune({ maxAgeDays: 30, maxTotalBytes: 1_000_000 });
      assert.equal((await readdir(folder)).length, 2, 'the recording and its own lock');
      await opened.recording.close();
      assert.deepEqual(await readdir(folder), [recording.name]);
    }));

  it('respects the lock of another process for as long as that runs', () =>
    withStore(async (store, folder) => {
      const recording = await store.openNew();
      await recording.close();
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      await once(child, 'spawn');
      await writeFile(join(folder, `${recording.name}.${child.pid}-abc.lock`), '');
      assert.equal(await lockRecording(recording.path), undefined);
      assert.equal(await store.openKept(recording.name), undefined);
      await store.prune({ maxAgeDays: 1, maxTotalBytes: 1 });
      assert.equal((await store.list()).length, 1);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const lock = await lockRecording(recording.path);
      assert.ok(lock);
      await lock.release();
    }));

  it('deletes what is too old and what is too much, and nothing else', () =>
    withStore(async (store, folder) => {
      const [old, large, used] = [await store.openNew(), await store.openNew(), await store.openNew()];
      for (const recording of [old, large]) {
        await recording.append(Array.from({ length: 20 }, () => EVENT));
        await recording.close();
      }
      await utimes(old.path, new Date(NOW - 40 * DAY), new Date(NOW - 40 * DAY));
      await writeFile(join(folder, 'notes.txt'), 'not a recording');
      await store.prune({ maxAgeDays: 30, maxTotalBytes: 1_000_000 });
      assert.deepEqual((await store.list()).map(({ path }) => path).sort(), [large.path, used.path].sort());
      await store.prune({ maxAgeDays: 30, maxTotalBytes: 500 });
      assert.deepEqual(
        (await store.list()).map(({ path }) => path),
        [used.path],
      );
      await used.close();
      assert.ok((await readdir(folder)).includes('notes.txt'));
    }));
});
