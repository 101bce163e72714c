import type { VoipEvent } from '../core/events/event';
import type { RecordingStore, StoredRecording } from '../core/recording/recordingStore';
import { sayMoreThanWatching, startsOfRunningSources } from './openSources';

/** The recording that is being written, with the events in it. */
interface Current {
  readonly recording: StoredRecording;
  readonly events: VoipEvent[];
}

export interface RecordingWriterOptions {
  readonly store: RecordingStore;
  /** From this size on a recording is ended, and the next one begins. */
  readonly maxFileBytes: () => number;
  /** How often the file is looked for on the disk while events come. */
  readonly lookEveryMs: number;
  readonly onEnd: () => Promise<void>;
  readonly onNotes: (notes: readonly string[]) => void;
  /** Told why the recording of before is left as it is. */
  readonly onLeftAlone: (why: string) => void;
}

/** Writes one recording after the other. Its functions must not run at the same time; they reject when the disk fails. */
export interface RecordingWriter {
  readonly current: StoredRecording | undefined;
  /** Goes on with the kept recording of this name. Gives what is in it; nothing when another window has it. */
  resume(name: string): Promise<readonly VoipEvent[]>;
  /** The first event makes the file. */
  append(events: readonly VoipEvent[]): Promise<void>;
  /** These are all events from now on: those of before go into another recording, or come back from it. */
  replace(events: readonly VoipEvent[]): Promise<void>;
  end(): Promise<void>;
}

/** So many become text in a few milliseconds. */
const EVENTS_AT_ONCE = 1000;

export function createRecordingWriter(options: RecordingWriterOptions): RecordingWriter {
  const { store, maxFileBytes, lookEveryMs, onEnd, onNotes, onLeftAlone } = options;
  let current: Current | undefined;
  /** What `replace` ended last, for when it is undone. */
  let ended: { readonly name: string; readonly events: readonly VoipEvent[] } | undefined;
  let lookedAt = performance.now();

  async function write(events: readonly VoipEvent[]): Promise<void> {
    if (events.length === 0) return;
    current ??= { recording: await store.openNew(), events: [] };
    const { recording } = current;
    // Acknowledged or not: what could not be written is in memory, and goes into the next file.
    for (const event of events) current.events.push(event);
    for (let from = 0; from < events.length; from += EVENTS_AT_ONCE)
      await recording.append(events.slice(from, from + EVENTS_AT_ONCE));
  }

  /** A file that was deleted or moved away takes bytes and loses them when it is closed: all goes into a new one. */
  async function makeSureItIsThere(): Promise<void> {
    lookedAt = performance.now();
    if (current === undefined || (await current.recording.isInPlace())) return;
    const { recording, events } = current;
    current = undefined;
    await recording.close();
    await write(events);
    onNotes([`${recording.name} was deleted or moved while it was written: what was in it is recorded anew`]);
  }

  async function end(): Promise<void> {
    await makeSureItIsThere();
    if (current === undefined) return;
    const { recording, events } = current;
    current = undefined;
    await recording.close();
    // That logs were watched and nothing came is not worth keeping.
    if (sayMoreThanWatching(events)) await onEnd();
    else await store.remove(recording.path);
  }

  /** Goes on with what `replace` ended, when `events` begins with all of it. */
  async function undo(events: readonly VoipEvent[]): Promise<boolean> {
    if (ended === undefined || ended.events.length === 0) return false;
    const { name, events: before } = ended;
    if (events[before.length - 1] !== before.at(-1)) return false;
    const opened = await store.openKept(name);
    if (opened === undefined) return false;
    if (opened.events.length !== before.length) {
      await opened.recording.close();
      return false;
    }
    const since = current?.recording;
    current = { recording: opened.recording, events: [...before] };
    await write(events.slice(before.length));
    await since?.close();
    if (since !== undefined) await store.remove(since.path);
    return true;
  }

  return {
    get current() {
      return current?.recording;
    },
    async resume(name) {
      const opened = await store.openKept(name);
      if (opened === undefined) return [];
      if (opened.notes.length > 0) onNotes(opened.notes);
      if (opened.recording.readOnlyBecause !== undefined) {
        onLeftAlone(opened.recording.readOnlyBecause);
        await opened.recording.close();
        return [];
      }
      current = { recording: opened.recording, events: [...opened.events] };
      return opened.events;
    },
    async append(events) {
      if (performance.now() - lookedAt >= lookEveryMs) await makeSureItIsThere();
      await write(events);
      if (current === undefined || current.recording.bytes < maxFileBytes()) return;
      const running = startsOfRunningSources(current.events);
      await end();
      await write(running);
    },
    async replace(events) {
      if (await undo(events)) {
        ended = undefined;
        return;
      }
      ended = current && { name: current.recording.name, events: current.events };
      await end();
      await write(events);
    },
    end,
  };
}
