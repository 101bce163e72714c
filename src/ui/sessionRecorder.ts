import type { RecordingStore } from '../core/recording/recordingStore';
import { endOpenSources } from './openSources';
import { createRecordingWriter } from './recordingWriter';
import { runInSlices } from './runInSlices';
import type { RecordingSettings } from './settings';
import type { TimelineSession } from './timelineSession';

export interface SessionRecorderOptions {
  readonly store: RecordingStore;
  readonly session: TimelineSession;
  readonly settings: () => RecordingSettings;
  /** The recording that this window wrote before it was reloaded, as `onRecording` was told. */
  readonly resume: string | undefined;
  /** Told the name of each recording that begins; `undefined` when one has ended, so that it does not come back. */
  readonly onRecording: (name: string | undefined) => void;
  /** Told once why the timeline is from now on only kept in memory. */
  readonly onFailure: (error: unknown) => void;
  /** Told what of a recording could not be read, or became of it. */
  readonly onNotes: (notes: readonly string[]) => void;
  /** Told why the recording of before is neither shown nor added to. */
  readonly onLeftAlone: (why: string) => void;
  readonly lookEveryMs?: number;
}

/** Keeps a session on disk, so that it outlives a reload of the window. */
export interface SessionRecorder {
  /** The file that is being written; missing before the first event, and when nothing is recorded. */
  readonly path: string | undefined;
  /** Resolves when everything so far is on disk, or could not be. */
  flushed(): Promise<void>;
  /** Begins, ends and tidies as the settings say now. */
  applySettings(): void;
  close(): Promise<void>;
}

/** A recording is read whole when a window is reloaded: that should not take a second. */
const MAX_FILE_BYTES = 20_000_000;
const LOOK_EVERY_MS = 1000;

/** Brings back what was recorded, then records what comes. When the disk fails it says so once and goes on in memory. */
export function createSessionRecorder(options: SessionRecorderOptions): SessionRecorder {
  const { store, session, settings, resume, onRecording, onFailure, onNotes, lookEveryMs = LOOK_EVERY_MS } = options;
  const writer = createRecordingWriter({
    store,
    lookEveryMs,
    maxFileBytes: () => Math.min(MAX_FILE_BYTES, settings().maxTotalBytes / 2),
    onEnd: prune,
    onNotes,
    onLeftAlone: options.onLeftAlone,
  });
  let isOn = settings().isEnabled;
  let isRestoring = false;
  let hasFailed = false;
  let isClosing = false;
  let told = resume;
  let tail = Promise.resolve();

  function enqueue(step: () => Promise<void>): void {
    tail = tail.then(async () => {
      if (hasFailed) return;
      try {
        await step();
        tellName();
      } catch (error) {
        hasFailed = true;
        onFailure(error);
        // Another window may have what is there.
        await writer.current?.close().catch(() => undefined);
      }
    });
  }

  function tellName(): void {
    const name = writer.current?.name;
    if (name === told || isClosing) return;
    told = name;
    onRecording(name);
  }

  /** What cannot be deleted now is deleted another time. */
  async function prune(): Promise<void> {
    await store.prune(settings()).catch((error: unknown) => onNotes([`Old recordings stay: ${String(error)}`]));
  }

  async function load(): Promise<void> {
    if (!isOn || resume === undefined) return;
    const events = await writer.resume(resume);
    const ended = await runInSlices(endOpenSources(events, 'the window was closed'));
    const earlier = [...events, ...ended];
    if (earlier.length === 0) return;
    await writer.append(ended);
    isRestoring = true;
    session.restore(earlier);
    isRestoring = false;
  }

  enqueue(load);
  enqueue(prune);
  const subscriptions = [
    session.onDidAppend((events) => {
      if (isOn) enqueue(() => writer.append(events));
    }),
    session.onDidReplace((events) => {
      const snapshot = [...events];
      if (isOn && !isRestoring) enqueue(() => writer.replace(snapshot));
    }),
  ];

  return {
    get path() {
      return hasFailed ? undefined : writer.current?.path;
    },
    flushed: () => tail,
    applySettings() {
      const { isEnabled } = settings();
      enqueue(prune);
      if (isEnabled === isOn) return;
      isOn = isEnabled;
      const snapshot = [...session.events];
      enqueue(isOn ? () => writer.replace(snapshot) : writer.end);
    },
    async close() {
      for (const subscription of subscriptions) subscription.dispose();
      enqueue(async () => {
        isClosing = true;
        await writer.end();
      });
      await tail;
    },
  };
}
