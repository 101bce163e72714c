import type * as vscode from 'vscode';
import type { VoipEvent } from '../../core/events/event';
import type { RecordingHeader, VersionedHeader } from '../../core/recording/recordingFormat';
import type { Microseconds } from '../../core/time';
import type { RecordingStore } from '../recordingStore';
import type { TimelineActions } from '../timelineConnection';
import type { TimelineSession, TimelineSessionOptions } from '../timelineSession';

/** What is in a recording, as the adapter reads it. */
export interface RecordingContent {
  readonly header?: VersionedHeader;
  readonly events: readonly VoipEvent[];
  /** What was left out and why, a sentence each. */
  readonly notes: readonly string[];
}

/** What the commands and the editor for recordings work with. */
export interface RecordingParts {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly session: Pick<TimelineSession, 'events' | 'timeline'>;
  readonly store: Pick<RecordingStore, 'list'>;
  /** The recording that this window writes. */
  readonly currentPath: () => string | undefined;
  /** The header of a recording that begins now. */
  readonly header: () => RecordingHeader;
  /** Reads a recording, plain or compressed; never rejects. */
  readonly readBytes: (bytes: Uint8Array) => Promise<RecordingContent>;
  readonly judging: TimelineSessionOptions['judging'];
  /** The host's clock. */
  readonly now: () => Microseconds;
  readonly actions: TimelineActions;
}
