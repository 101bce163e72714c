import type { VoipEvent } from '../events/event';
import type { CancelSignal } from '../ports';
import type { HostClock } from './hostClock';
import type { LineMatcher } from './lineMatcher';
import type { LogFormat } from './logFormat';
import type { DeviceTokenSeen } from './logReader';

/** A program that prints a log; run without a shell. */
export interface LogCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly format: LogFormat;
}

/** How a source is, for people: everything but `watching` says why. */
export type LogSourceHealth =
  | { readonly state: 'starting' }
  | { readonly state: 'watching'; readonly sinceMs: number }
  /** The tool runs, or the file is looked for, and there is nothing to watch yet: no device, no file. */
  | { readonly state: 'waiting'; readonly why: string }
  | { readonly state: 'restarting'; readonly why: string; readonly inMs: number }
  | { readonly state: 'ended'; readonly why: string };

/** A log being watched. */
export interface LogCapture {
  readonly health: LogSourceHealth;
  /** Tells of every change of `health`. */
  readonly onDidChange: (listener: () => void) => { dispose(): void };
  /** Ends the watching, and the tool. What was printed before is told first. */
  stop(): Promise<void>;
}

export interface CaptureOptions {
  /** What the log is called in events. */
  readonly source: string;
  readonly onEvents: (events: readonly VoipEvent[]) => void;
  /** Gets each whole device token that an app prints: a secret. Events have it shortened. */
  readonly onToken?: (token: DeviceTokenSeen) => void;
  /** The host's clock, milliseconds since the epoch; `Date.now` unless told. */
  readonly nowMs?: () => number;
  /** Completes year and zone of lines; the host's own unless told. */
  readonly hostClock?: HostClock;
  /** The user's own patterns. */
  readonly matchers?: readonly LineMatcher[];
  /** Stops the capture when aborted. */
  readonly signal?: CancelSignal;
  /** Pause before the first restart, doubled each time: 1 s unless told. */
  readonly firstPauseMs?: number;
  /** Longest pause: 30 s unless told. */
  readonly longestPauseMs?: number;
  /** How long a restarted tool may be silent until it counts as watching: 3 s unless told. */
  readonly settleMs?: number;
  /** How often a file is looked at: 250 ms unless told. */
  readonly pollMs?: number;
}
