import type { FileHandle } from 'node:fs/promises';
import type { VoipEvent } from '../core/events/event';
import {
  createRecordingReader,
  NO_HEADER_NOTE,
  NOT_JSON_NOTE,
  RECORDING_FORMAT,
  type VersionedHeader,
} from '../core/recording/recordingFormat';
import { type FileLine, readLineBatches } from './logFile';

export interface RecordingContent {
  readonly header?: VersionedHeader;
  readonly events: readonly VoipEvent[];
  /** What was left out and why, a sentence each. */
  readonly notes: readonly string[];
}

/** A recording as it was read, with what going on with it needs to know. */
export interface RecordingRead {
  readonly content: RecordingContent;
  /** Where the part that is kept ends. */
  readonly endsAtByte: number;
  /** The last line that is kept has its line end. */
  readonly lastIsComplete: boolean;
  /** Nothing was ever acknowledged: no bytes, or a header that a crash tore. */
  readonly isEmpty: boolean;
}

/** Reads an open recording from its start. Rejects only when the file cannot be read. */
export async function readRecordingContent(file: FileHandle): Promise<RecordingRead> {
  const reader = createRecordingReader();
  const notes = createNoteList();
  const events: VoipEvent[] = [];
  let header: VersionedHeader | undefined;
  let lineNumber = 0;
  let last: FileLine | undefined;
  let endsAtByte = 0;
  let lastIsComplete = true;

  function readLine(line: FileLine): void {
    lineNumber += 1;
    last = line;
    const read = line.isCut ? { note: 'longer than any line of a recording' } : reader.read(line.text);
    const isTorn = !line.isComplete && (line.isCut || read.note === NOT_JSON_NOTE || read.note === NO_HEADER_NOTE);
    if (isTorn) {
      notes.add(lineNumber, 'the last line was cut off, most likely by a crash, and is left out');
      return;
    }
    header ??= read.header;
    if (read.event !== undefined) events.push(read.event);
    if (read.note !== undefined) notes.add(lineNumber, read.note);
    endsAtByte = line.endsAtByte;
    lastIsComplete = line.isComplete;
  }

  const stream = file.createReadStream({ start: 0, autoClose: false, highWaterMark: 256 * 1024 });
  for await (const batch of readLineBatches(stream)) batch.forEach(readLine);

  const isEmpty =
    last === undefined || (lineNumber === 1 && header === undefined && !last.isComplete && isTornHeader(last.text));
  return {
    content: { ...(header !== undefined && { header }), events, notes: notes.list() },
    endsAtByte,
    lastIsComplete,
    isEmpty,
  };
}

// The beginning of every header: `{"format":"voip-push-recording"`
const HEADER_START = `{"format":"${RECORDING_FORMAT}"`;

function isTornHeader(text: string): boolean {
  return HEADER_START.startsWith(text) || text.startsWith(HEADER_START);
}

/** Notes with their first line; equal ones are counted, so that a million bad lines are one sentence. */
interface NoteList {
  add(lineNumber: number, note: string): void;
  list(): readonly string[];
}

const MAX_DISTINCT_NOTES = 20;

function createNoteList(): NoteList {
  const seen = new Map<string, { readonly firstLine: number; count: number }>();
  let others = 0;
  return {
    add(lineNumber, note) {
      const known = seen.get(note);
      if (known !== undefined) known.count += 1;
      else if (seen.size < MAX_DISTINCT_NOTES) seen.set(note, { firstLine: lineNumber, count: 1 });
      else others += 1;
    },
    list() {
      const notes = [...seen].map(([note, { firstLine, count }]) => {
        const more = count === 1 ? '' : ` (and ${count - 1} more like it)`;
        return `Line ${firstLine}: ${note}${more}.`;
      });
      return others === 0 ? notes : [...notes, `${others} more lines could not be read.`];
    },
  };
}
