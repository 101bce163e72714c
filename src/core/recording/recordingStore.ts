import type { VoipEvent } from '../events/event';
import type { VersionedHeader } from './recordingFormat';
import type { KeptFile, RetentionLimits } from './retention';

/** What is in a recording. */
export interface RecordingContent {
  readonly header?: VersionedHeader;
  readonly events: readonly VoipEvent[];
  /** What was left out and why, a sentence each. */
  readonly notes: readonly string[];
}

/** An open recording: events are added at its end, and nothing in it is ever changed. */
export interface RecordingFile {
  /** Why nothing can be added: made by a newer version, or not a recording. Missing when events can be added. */
  readonly readOnlyBecause?: string;
  /**
   * Adds events, in the order of the calls. Resolves when the operating system has taken the bytes: from then on they
   * outlive a crash or a kill of this process. There is no fsync for each event: it would cost milliseconds on every
   * one and only guard against a power cut; `close` does one.
   */
  append(events: readonly VoipEvent[]): Promise<void>;
  /** How large the file is with everything that was appended. */
  readonly bytes: number;
  /**
   * False when the file was deleted or moved away: what is appended then goes where nobody finds it. Looks at the disk.
   */
  isInPlace(): Promise<boolean>;
  /** Waits for what was appended, and closes the file. */
  close(): Promise<void>;
}

/** A recording of the store, open for this window alone. */
export interface StoredRecording extends RecordingFile {
  readonly path: string;
  readonly name: string;
}

export interface OpenedRecording {
  readonly recording: StoredRecording;
  readonly events: readonly VoipEvent[];
  readonly notes: readonly string[];
}

/** A recording that is kept in the store. */
export interface KeptRecording extends KeptFile {
  readonly path: string;
}

/** The folder in which a window keeps its recordings. Everything rejects with the error of the file system. */
export interface RecordingStore {
  /** Opens the recording of this name; `undefined` when there is none or another window has it. */
  openKept(name: string): Promise<OpenedRecording | undefined>;
  /** Makes a recording of its own for this window, called by the local time: `2026-09-08T10-11-34.voiprec`. */
  openNew(): Promise<StoredRecording>;
  /** All that are kept, the latest first. None when the folder is not there. */
  list(): Promise<readonly KeptRecording[]>;
  remove(path: string): Promise<void>;
  /** Deletes what is too old or too much, and what crashes left. */
  prune(limits: RetentionLimits): Promise<void>;
}
