import type * as vscode from 'vscode';
import type { RecordingHeader } from '../../core/recording/recordingFormat';
import type { RecordingContent, RecordingStore } from '../../core/recording/recordingStore';
import type { Microseconds } from '../../core/time';
import type { TimelineActions } from '../timelineConnection';
import type { TimelineSession, TimelineSessionOptions } from '../timelineSession';

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
