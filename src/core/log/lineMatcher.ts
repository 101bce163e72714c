import type { VoipEvent } from '../events/event';
import type { LogRecord } from './logRecord';

/** What every event of a log record starts with. */
export interface RecordBase {
  readonly at: number;
  readonly source: string;
  readonly line: string;
  readonly arrivedAt?: number;
  readonly machTimestamp?: number;
}

/** Turns one kind of log line into an event. A table of these is what the product knows about the world's logs. */
export interface LineMatcher {
  /** A part of the message that never varies; without quotes and slashes, which JSON escapes. Empty: any message may match. */
  readonly needle: string;
  /** A line that matches, for readers and for tests. */
  readonly example: string;
  /**
   * Where the text was seen, as far as that is certain: a release, or the commit at which a public source was read. Texts
   * change between releases.
   */
  readonly seenOn: string;
  /** The event, or `undefined` when the line is not what the needle promised. */
  readonly recognise: (record: LogRecord, base: RecordBase) => VoipEvent | undefined;
}

// 8ED32A8A-3F1B-4A7B-9C5E-0123456789AB
const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/i;

/** The first UUID in a text, lower case. */
export function findUuid(text: string): string | undefined {
  return UUID.exec(text)?.[0].toLowerCase();
}

// com.example.app; needs a dot, so that `<private>` and pointers never pass.
const BUNDLE_ID = /\b[A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+\b/;

/** The first bundle id in a text; `undefined` where the log says `<private>`. */
export function findBundleId(text: string): string | undefined {
  return BUNDLE_ID.exec(text)?.[0];
}
