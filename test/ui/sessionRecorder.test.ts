import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readRecordingFile } from '../../src/adapters/recordingFile';
import { createRecordingStore } from '../../src/adapters/recordingStore';
import type { VoipEvent } from '../../src/core/events/event';
import type { RecordingStore } from '../../src/core/recording/recordingStore';
import { createSessionRecorder, type SessionRecorder } from '../../src/ui/sessionRecorder';
import type { RecordingSettings } from '../../src/ui/settings';
import { createTimelineSession, type TimelineSession } from '../../src/ui/timelineSession';
import { SECOND, START, sentEvent } from './events';

const HEADER = { tool: '0.1.0', targets: ['Virtual iPhone'], at: START };
const KEEP_ALL: RecordingSettings = { isEnabled: true, maxAgeDays: 30, maxTotalBytes: 200_000_000, redact: [] };

interface Window {
  readonly session: TimelineSession;
  readonly recorder: SessionRecorder;
  readonly failures: readonly unknown[];
  readonly notes: readonly string[];
  /** The file that is being written. */
  path(): string;
  change(settings: Partial<RecordingSettings>): void;
  close(): Promise<void>;
}

/** A folder of recordings, and what a window remembers over a reload. */
interface World {
  readonly folder: string;
  readonly memory: { name?: string | undefined };
}

/** What a window of VS Code does with its recordings. */
function openWindow(
  { folder, memory }: World,
  changed: Partial<RecordingSettings> = {},
  store?: RecordingStore,
): Window {
  const session = createTimelineSession({ now: () => START, judging: () => ({}) });
  const failures: unknown[] = [];
  const notes: string[] = [];
  let settings = { ...KEEP_ALL, ...changed };
  const recorder = createSessionRecorder({
    store: store ?? createRecordingStore({ folder, header: () => HEADER }),
    session,
    settings: () => settings,
    resume: memory.name,
    onRecording: (name) => {
      memory.name = name;
    },
    onFailure: (error) => failures.push(error),
    onNotes: (some) => notes.push(...some),
    onLeftAlone: (why) => notes.push(why),
    lookEveryMs: 0,
  });
  return {
    session,
    recorder,
    failures,
    notes,
    path: () => recorder.path ?? assert.fail('nothing is recorded'),
    change(next) {
      settings = { ...settings, ...next };
      recorder.applySettings();
    },
    async close() {
      await recorder.close();
      session.dispose();
    },
  };
}

async function withWorld(use: (world: World) => Promise<void>): Promise<void> {
  const parent = await mkdtemp(join(tmpdir(), 'session-recorder-'));
  try {
    await use({ folder: join(parent, 'deep', 'recordings'), memory: {} });
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

const idsOf = (events: readonly VoipEvent[]): readonly string[] =>
  events.map((event) => (event.kind === 'push.sent' ? event.sendId : event.kind));

const idsIn = async (path: string): Promise<readonly string[]> => idsOf((await readRecordingFile(path)).events);

/** What each recording of the folder holds; locks must be gone. */
async function kept({ folder }: World): Promise<readonly (readonly string[])[]> {
  const stem = (name: string): string => name.replace('.voiprec', '');
  const names = (await readdir(folder)).sort((one, other) => (stem(one) < stem(other) ? -1 : 1));
  return await Promise.all(names.map((name) => idsIn(join(folder, name))));
}

describe('session recorder', () => {
  it('brings the timeline back after a reload', () =>
    withWorld(async (world) => {
      const first = openWindow(world);
      first.session.append([sentEvent('a')]);
      first.session.append([sentEvent('b')]);
      await first.close();
      const second = openWindow(world);
      second.session.append([sentEvent('c')]);
      await second.recorder.flushed();
      assert.deepEqual(idsOf(second.session.events), ['a', 'b', 'c']);
      await second.close();
      assert.deepEqual(await kept(world), [['a', 'b', 'c']]);
    }));

  it('makes no file while nothing happens, and keeps none that says nothing', () =>
    withWorld(async (world) => {
      await openWindow(world).close();
      await assert.rejects(readdir(world.folder), { code: 'ENOENT' });
      const window = openWindow(world);
      window.session.append([{ kind: 'source.started', at: START, source: 'virtual-iphone' }]);
      await window.close();
      assert.deepEqual(await kept(world), []);
    }));

  it('ends the watching that a crash left open, once', () =>
    withWorld(async (world) => {
      const source = 'virtual-iphone';
      const first = openWindow(world);
      first.session.append([{ kind: 'source.started', at: START, source }]);
      first.session.append([{ kind: 'push.arrived', at: START + SECOND, source }]);
      await first.close();
      for (let reload = 0; reload < 2; reload += 1) {
        const next = openWindow(world);
        await next.recorder.flushed();
        const why = 'the window was closed';
        assert.deepEqual(next.session.events.at(-1), { kind: 'source.ended', at: START + SECOND, source, why });
        assert.equal(next.session.events.length, 3);
        await next.close();
      }
    }));

  it('gives each window a file of its own, whatever both remember', () =>
    withWorld(async (world) => {
      const one = openWindow(world);
      one.session.append([sentEvent('a')]);
      await one.recorder.flushed();
      const other = openWindow({ ...world, memory: { ...world.memory } });
      other.session.append([sentEvent('b')]);
      await other.recorder.flushed();
      assert.notEqual(one.path(), other.path());
      assert.deepEqual(idsOf(other.session.events), ['b']);
      await Promise.all([one.close(), other.close()]);
      assert.deepEqual((await kept(world)).flat().sort(), ['a', 'b']);
    }));

  it('keeps what was cleared in a recording that has ended, and goes on with it when that is undone', () =>
    withWorld(async (world) => {
      const window = openWindow(world);
      window.session.append([sentEvent('a')]);
      await window.recorder.flushed();
      const firstPath = window.path();
      const cleared = window.session.clear();
      window.session.append([sentEvent('b')]);
      await window.recorder.flushed();
      assert.deepEqual(await idsIn(firstPath), ['a']);
      assert.deepEqual(await idsIn(window.path()), ['b']);
      window.session.restore(cleared);
      window.session.append([sentEvent('c')]);
      await window.recorder.flushed();
      assert.equal(window.path(), firstPath);
      await window.close();
      assert.deepEqual(await kept(world), [['a', 'b', 'c']]);
      assert.deepEqual(window.failures, []);
    }));

  it('does not bring back after a reload what was cleared', () =>
    withWorld(async (world) => {
      const window = openWindow(world);
      window.session.append([sentEvent('a')]);
      window.session.clear();
      await window.close();
      const next = openWindow(world);
      await next.recorder.flushed();
      assert.deepEqual(next.session.events, []);
      await next.close();
      assert.deepEqual(await kept(world), [['a']]);
    }));

  it('keeps over a clear that a log is watched, and brings it back once', () =>
    withWorld(async (world) => {
      const window = openWindow(world);
      window.session.append([{ kind: 'source.started', at: START, source: 'virtual-iphone' }, sentEvent('a')]);
      const cleared = window.session.clear();
      await window.recorder.flushed();
      assert.deepEqual(await idsIn(window.path()), ['source.started']);
      window.session.append([sentEvent('b')]);
      window.session.restore(cleared);
      await window.close();
      assert.deepEqual(await kept(world), [['source.started', 'a', 'b']]);
    }));

  it('ends a recording that has grown large, and tells the next one what is watched', () =>
    withWorld(async (world) => {
      const window = openWindow(world, { maxTotalBytes: 100_000 });
      const source = 'virtual-iphone';
      window.session.append([{ kind: 'source.started', at: START, source }]);
      for (const id of ['a', 'b', 'c']) {
        window.session.append([{ ...sentEvent(id), line: 'x'.repeat(30_000) }]);
        await window.recorder.flushed();
      }
      await window.close();
      assert.deepEqual(await kept(world), [
        ['source.started', 'a', 'b'],
        ['source.started', 'c'],
      ]);
      assert.deepEqual(idsOf(window.session.events), ['source.started', 'a', 'b', 'c']);
    }));

  it('deletes what is too much at once and when a recording ends, never the one it writes', () =>
    withWorld(async (world) => {
      const window = openWindow(world);
      for (const id of ['a', 'b']) {
        window.session.append([sentEvent(id)]);
        window.session.clear();
      }
      window.session.append([sentEvent('c')]);
      await window.recorder.flushed();
      const store = createRecordingStore({ folder: world.folder, header: () => HEADER });
      assert.equal((await store.list()).length, 3);
      window.change({ maxTotalBytes: 1_000_000 });
      await window.recorder.flushed();
      assert.equal((await store.list()).length, 3);
      window.change({ maxTotalBytes: 100 });
      await window.recorder.flushed();
      const left = await store.list();
      assert.deepEqual(
        left.map(({ path, isInUse }) => ({ path, isInUse })),
        [{ path: window.path(), isInUse: true }],
      );
      window.session.append([sentEvent('d')]);
      await window.close();
      assert.deepEqual(window.failures, []);
      assert.deepEqual(await kept(world), []);
    }));

  it('records nothing when it is turned off, and everything there is when it is turned on', () =>
    withWorld(async (world) => {
      const window = openWindow(world, { isEnabled: false });
      window.session.append([sentEvent('a')]);
      await window.recorder.flushed();
      assert.equal(window.recorder.path, undefined);
      window.change({ isEnabled: true });
      window.session.append([sentEvent('b')]);
      await window.recorder.flushed();
      const path = window.path();
      window.change({ isEnabled: false });
      window.session.append([sentEvent('c')]);
      await window.close();
      assert.deepEqual(await idsIn(path), ['a', 'b']);
      assert.deepEqual(idsOf(window.session.events), ['a', 'b', 'c']);
      const next = openWindow(world);
      await next.recorder.flushed();
      assert.deepEqual(next.session.events, []);
      await next.close();
    }));

  it('starts anew beside a file that it cannot go on with', () =>
    withWorld(async (world) => {
      const first = openWindow(world);
      first.session.append([sentEvent('a')]);
      await first.recorder.flushed();
      const path = first.path();
      await first.close();
      const newer = '{"format":"voip-push-recording","version":99,"tool":"9","targets":[],"at":0}\n';
      await writeFile(path, newer);
      const window = openWindow(world);
      window.session.append([sentEvent('b')]);
      await window.recorder.flushed();
      assert.deepEqual(await idsIn(window.path()), ['b']);
      await window.close();
      assert.deepEqual(window.failures, []);
      assert.match(window.notes.join(), /newer version/);
      assert.equal(await readFile(path, 'utf8'), newer);
    }));

  it('records all anew when its file is deleted or moved away under it', () =>
    withWorld(async (world) => {
      const window = openWindow(world);
      window.session.append([sentEvent('a')]);
      await window.recorder.flushed();
      await rm(window.path());
      window.session.append([sentEvent('b')]);
      await window.recorder.flushed();
      assert.deepEqual(await idsIn(window.path()), ['a', 'b']);
      await rename(window.path(), join(world.folder, 'mine.voiprec'));
      await window.close();
      assert.deepEqual(await kept(world), [
        ['a', 'b'],
        ['a', 'b'],
      ]);
      assert.equal(window.notes.length, 2);
      assert.match(window.notes[0] ?? '', /was deleted or moved/);
      assert.deepEqual(window.failures, []);
    }));

  it('records all anew when the whole folder is deleted', () =>
    withWorld(async (world) => {
      const window = openWindow(world);
      window.session.append([sentEvent('a')]);
      await window.recorder.flushed();
      await rm(world.folder, { recursive: true });
      window.session.append([sentEvent('b')]);
      await window.close();
      assert.deepEqual(await kept(world), [['a', 'b']]);
      assert.deepEqual(window.failures, []);
    }));

  it('says once that the folder cannot be made, and goes on in memory', () =>
    withWorld(async (world) => {
      await writeFile(join(world.folder, '..', '..', 'deep'), 'a file where the folder should be');
      const window = openWindow(world);
      window.session.append([sentEvent('a')]);
      window.session.clear();
      window.session.append([sentEvent('b')]);
      await window.close();
      assert.equal(window.failures.length, 1);
      assert.deepEqual(idsOf(window.session.events), ['b']);
    }));

  // Root may write anywhere.
  const readOnly = { skip: process.platform === 'win32' || process.getuid?.() === 0 };
  it('says once that the folder is read-only, and goes on in memory', readOnly, () =>
    withWorld(async (world) => {
      const first = openWindow(world);
      first.session.append([sentEvent('a')]);
      await first.close();
      await chmod(world.folder, 0o500);
      const window = openWindow(world);
      window.session.append([sentEvent('b')]);
      await window.recorder.flushed();
      await chmod(world.folder, 0o700);
      await window.close();
      assert.equal(window.failures.length, 1);
      assert.deepEqual(idsOf(window.session.events), ['b']);
    }),
  );

  // A device that takes nothing: every write fails with ENOSPC.
  it('says once that the disk is full, and loses nothing in memory', { skip: process.platform !== 'linux' }, () =>
    withWorld(async (world) => {
      const store = createRecordingStore({ folder: world.folder, header: () => HEADER });
      let isFull = false;
      const filling: RecordingStore = {
        ...store,
        async openNew() {
          const recording = await store.openNew();
          return {
            ...recording,
            append: (events) => (isFull ? writeFile('/dev/full', 'x') : recording.append(events)),
          };
        },
      };
      const window = openWindow(world, {}, filling);
      window.session.append([sentEvent('a')]);
      await window.recorder.flushed();
      const path = window.path();
      isFull = true;
      for (const id of ['b', 'c', 'd']) window.session.append([sentEvent(id)]);
      await window.recorder.flushed();
      assert.equal(window.recorder.path, undefined);
      await window.close();
      assert.equal(window.failures.length, 1);
      assert.match(String(window.failures[0]), /ENOSPC/);
      assert.deepEqual(idsOf(window.session.events), ['a', 'b', 'c', 'd']);
      assert.deepEqual(await idsIn(path), ['a']);
      assert.deepEqual(await readdir(world.folder), [path.slice(world.folder.length + 1)], 'no lock is left');
    }),
  );
});
