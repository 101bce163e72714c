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
