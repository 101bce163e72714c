import type { VoipEvent } from '../events/event';
import type { CancelSignal } from '../ports';
import type { HostClock } from './hostClock';
import type { LineMatcher } from './lineMatcher';

/** What a finished log, a crash report or a recording holds, told apart by the content. */
export interface ReadLog {
  readonly kind: 'log' | 'recording' | 'crash';
  readonly events: readonly VoipEvent[];
  /** What was left out and why, with the source's name. */
  readonly notes: readonly string[];
  /**
   * Parallel to `events`: the line of the decoded content that said it, from 1; `undefined` where no line did
   * (`source.ended`, or a crash report as a whole). Only with `countLines`.
   */
  readonly lineNumbers?: readonly (number | undefined)[];
  /** The rest is damaged or cut off: nobody knows what it would tell. */
  readonly isIncomplete?: true;
}

/** How a finished log is read. */
export interface ReadLogOptions {
  /** What the log is called in events and messages. */
  readonly source: string;
  readonly hostClock: HostClock;
  /** The user's own patterns. */
  readonly matchers?: readonly LineMatcher[];
  readonly signal?: CancelSignal;
  /** Also gives `lineNumbers`. */
  readonly countLines?: boolean;
}
