import type { VoipEvent } from '../core/events/event';
import type { KeptFile, RetentionLimits } from '../core/recording/retention';

/** A recording that is open for this window alone, as the adapter gives it. */
export interface StoredRecording {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  /** Why nothing can be added; missing when events can be added. */
  readonly readOnlyBecause?: string;
  append(events: readonly VoipEvent[]): Promise<void>;
  /** False when the file was deleted or moved away. */
  isInPlace(): Promise<boolean>;
  close(): Promise<void>;
}

/** A recording that was kept, with what is in it. */
export interface OpenedRecording {
  readonly recording: StoredRecording;
  readonly events: readonly VoipEvent[];
  readonly notes: readonly string[];
}

export interface KeptRecording extends KeptFile {
  readonly path: string;
}

/** The folder with this window's recordings. */
export interface RecordingStore {
  /** The recording of this name; `undefined` when there is none or another window has it. */
  openKept(name: string): Promise<OpenedRecording | undefined>;
  openNew(): Promise<StoredRecording>;
  /** The latest first. */
  list(): Promise<readonly KeptRecording[]>;
  remove(path: string): Promise<void>;
  prune(limits: RetentionLimits): Promise<void>;
}

/** A store that is made when something is recorded or looked up: reading recordings takes code that activation does not need. */
export function createLazyStore(create: () => Promise<RecordingStore>): RecordingStore {
  let creating: Promise<RecordingStore> | undefined;
  const store = (): Promise<RecordingStore> => {
    creating ??= create();
    return creating;
  };
  return {
    openKept: async (name) => (await store()).openKept(name),
    openNew: async () => (await store()).openNew(),
    list: async () => (await store()).list(),
    remove: async (path) => (await store()).remove(path),
    prune: async (limits) => (await store()).prune(limits),
  };
}
