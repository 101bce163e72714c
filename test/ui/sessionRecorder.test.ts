import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openRecordingFile, readRecordingFile } from '../../src/adapters/recordingFile';
import type { VoipEvent } from '../../src/core/events/event';
import { createSessionRecorder, type OpenRecording, type SessionRecorder } from '../../src/ui/sessionRecorder';
import { createTimelineSession, type TimelineSession } from '../../src/ui/timelineSession';
import { SECOND, START, sentEvent } from './events';

const HEADER = { tool: '0.1.0', targets: ['Virtual iPhone'], at: START };
const open: OpenRecording = (path) => openRecordingFile(path, HEADER);

interface Window {
  readonly session: TimelineSession;
  readonly recorder: SessionRecorder;
  readonly failures: readonly unknown[];
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/** What a window of VS Code does with its recording. */
function openWindow(path: string, openRecording: OpenRecording = open): Window {
  const session = createTimelineSession({ now: () => START, judging: () => ({}) });
  const failures: unknown[] = [];
  const notes: string[] = [];
  const recorder = createSessionRecorder({
    path,
    session,
    openRecording,
    onFailure: (error) => failures.push(error),
    onNotes: (some) => notes.push(...some),
  });
  return {
    session,
    recorder,
    failures,
    notes,
    async close() {
      await recorder.close();
      session.dispose();
    },
  };
}

async function withFolder(use: (path: string, folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'session-recorder-'));
  try {
    await use(join(folder, 'deep', 'timeline.ndjson'), folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const idsOf = (events: readonly VoipEvent[]): readonly string[] =>
  events.map((event) => (event.kind === 'push.sent' ? event.sendId : event.kind));

describe('session recorder', () => {
  it('brings the timeline back after a reload', () =>
    withFolder(async (path) => {
      const first = openWindow(path);
      first.session.append([sentEvent('a')]);
      first.session.append([sentEvent('b')]);
      await first.close();
      const second = openWindow(path);
      second.session.append([sentEvent('c')]);
      await second.recorder.flushed();
      assert.deepEqual(idsOf(second.session.events), ['a', 'b', 'c']);
      await second.close();
      assert.deepEqual(idsOf((await readRecordingFile(path)).events), ['a', 'b', 'c']);
    }));

  it('ends the watching that a crash left open, once', () =>
    withFolder(async (path) => {
      const source = 'virtual-iphone';
      const first = openWindow(path);
      first.session.append([{ kind: 'source.started', at: START, source }]);
      first.session.append([{ kind: 'push.arrived', at: START + SECOND, source }]);
      await first.close();
      for (let reload = 0; reload < 2; reload += 1) {
        const next = openWindow(path);
        await next.recorder.flushed();
        const why = 'the window was closed';
        assert.deepEqual(next.session.events.at(-1), { kind: 'source.ended', at: START + SECOND, source, why });
        assert.equal(next.session.events.length, 3);
        await next.close();
      }
    }));

  it('forgets what was cleared, and keeps what was brought back', () =>
    withFolder(async (path) => {
      const window = openWindow(path);
      window.session.append([sentEvent('a')]);
      const cleared = window.session.clear();
      window.session.append([sentEvent('b')]);
      await window.recorder.flushed();
      assert.deepEqual(idsOf((await readRecordingFile(path)).events), ['b']);
      window.session.restore(cleared);
      window.session.append([sentEvent('c')]);
      await window.close();
      assert.deepEqual(idsOf((await readRecordingFile(path)).events), ['a', 'b', 'c']);
      assert.deepEqual(await readdir(join(path, '..')), ['timeline.ndjson']);
      assert.deepEqual(window.failures, []);
    }));

  it('keeps over a clear that a log is watched, and brings it back once', () =>
    withFolder(async (path) => {
      const window = openWindow(path);
      window.session.append([{ kind: 'source.started', at: START, source: 'virtual-iphone' }, sentEvent('a')]);
      const cleared = window.session.clear();
      await window.recorder.flushed();
      assert.deepEqual(idsOf((await readRecordingFile(path)).events), ['source.started']);
      window.session.append([sentEvent('b')]);
      window.session.restore(cleared);
      await window.close();
      assert.deepEqual(idsOf((await readRecordingFile(path)).events), ['source.started', 'a', 'b']);
    }));

  it('starts anew beside a file that it cannot go on with', () =>
    withFolder(async (path) => {
      await openWindow(path).close();
      await writeFile(path, '{"format":"voip-push-recording","version":99,"tool":"9","targets":[],"at":0}\n');
      const window = openWindow(path);
      window.session.append([sentEvent('a')]);
      await window.close();
      assert.deepEqual(window.failures, []);
      assert.match(window.notes.join(), /newer version/);
      assert.match(await readFile(`${path}.kept`, 'utf8'), /"version":99/);
      assert.deepEqual(idsOf((await readRecordingFile(path)).events), ['a']);
    }));

  it('says once that the disk fails, and goes on in memory', () =>
    withFolder(async (path, folder) => {
      await writeFile(join(folder, 'deep'), 'a file where the folder should be');
      const window = openWindow(path);
      window.session.append([sentEvent('a')]);
      window.session.clear();
      window.session.append([sentEvent('b')]);
      await window.close();
      assert.equal(window.failures.length, 1);
      assert.deepEqual(idsOf(window.session.events), ['b']);
    }));
});
