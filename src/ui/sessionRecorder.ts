import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { VoipEvent } from '../core/events/event';
import { endOpenSources } from './openSources';
import type { TimelineSession } from './timelineSession';

/** An open recording, as the adapter gives it. */
export interface RecordingFile {
  /** Why nothing can be added; missing when events can be added. */
  readonly readOnlyBecause?: string;
  append(events: readonly VoipEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** Opens a recording, or makes it, and gives what is in it. */
export type OpenRecording = (path: string) => Promise<{
  readonly recording: RecordingFile;
  readonly events: readonly VoipEvent[];
  readonly notes: readonly string[];
}>;

export interface SessionRecorderOptions {
  /** The file; its folder is made when it is missing. */
  readonly path: string;
  readonly session: TimelineSession;
  readonly openRecording: OpenRecording;
  /** Told once why the timeline is from now on only kept in memory. */
  readonly onFailure: (error: unknown) => void;
  /** Told what of the recording could not be read. */
  readonly onNotes: (notes: readonly string[]) => void;
}

/** Keeps a session on disk, so that it outlives a reload of the window. */
export interface SessionRecorder {
  /** Resolves when everything so far is on disk, or could not be. */
  flushed(): Promise<void>;
  close(): Promise<void>;
}

/** Brings back what was recorded, then records what comes. When the disk fails it says so once and goes on in memory. */
export function createSessionRecorder(options: SessionRecorderOptions): SessionRecorder {
  const { path, session, openRecording, onFailure, onNotes } = options;
  let recording: RecordingFile | undefined;
  let isRestoring = false;
  let hasFailed = false;
  let tail = Promise.resolve();

  function enqueue(step: () => Promise<void>): void {
    tail = tail.then(async () => {
      if (hasFailed) return;
      try {
        await step();
      } catch (error) {
        hasFailed = true;
        onFailure(error);
      }
    });
  }

  async function load(): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    const opened = await openRecording(path);
    recording = opened.recording;
    if (opened.notes.length > 0) onNotes(opened.notes);
    if (recording.readOnlyBecause !== undefined) await setAside();
    const ended = endOpenSources(opened.events, 'the window was closed');
    const earlier = [...opened.events, ...ended];
    if (earlier.length === 0) return;
    await recording.append(ended);
    isRestoring = true;
    session.restore(earlier);
    isRestoring = false;
  }

  /** What this version cannot go on with is kept beside the recording that it starts. */
  async function setAside(): Promise<void> {
    await recording?.close();
    await rename(path, `${path}.kept`);
    ({ recording } = await openRecording(path));
  }

  /** The old recording stays until the new one is complete. */
  async function rewrite(events: readonly VoipEvent[]): Promise<void> {
    const newPath = `${path}.new`;
    await rm(newPath, { force: true });
    const { recording: written } = await openRecording(newPath);
    await written.append(events);
    await written.close();
    await recording?.close();
    recording = undefined;
    await rename(newPath, path);
    ({ recording } = await openRecording(path));
  }

  enqueue(load);
  const subscriptions = [
    session.onDidAppend((events) => enqueue(async () => recording?.append(events))),
    session.onDidReplace((events) => {
      const snapshot = [...events];
      if (!isRestoring) enqueue(() => rewrite(snapshot));
    }),
  ];

  return {
    flushed: () => tail,
    async close() {
      for (const subscription of subscriptions) subscription.dispose();
      enqueue(async () => recording?.close());
      await tail;
    },
  };
}
