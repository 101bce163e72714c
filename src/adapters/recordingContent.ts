import type { FileHandle } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { constants, createGunzip } from 'node:zlib';
import type { VoipEvent } from '../core/events/event';
import {
  createRecordingReader,
  NO_HEADER_NOTE,
  NOT_JSON_NOTE,
  RECORDING_FORMAT,
  type VersionedHeader,
} from '../core/recording/recordingFormat';
import type { RecordingContent } from '../core/recording/recordingStore';
import { type FileLine, readLineBatches } from './logFile';

/** A recording as it was read, with what going on with it needs to know. */
export interface RecordingRead {
  readonly content: RecordingContent;
  /** Where the part that is kept ends. */
  readonly endsAtByte: number;
  /** The last line that is kept has its line end. */
  readonly lastIsComplete: boolean;
  /** Nothing was ever acknowledged: no bytes, or a header that a crash tore. */
  readonly isEmpty: boolean;
  /** It is packed with gzip. */
  readonly isCompressed: boolean;
}

/** Reads an open recording, plain or compressed with gzip, from its start. Rejects only when the file cannot be read. */
export async function readRecordingContent(file: FileHandle): Promise<RecordingRead> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(GZIP_MAGIC.length), 0, GZIP_MAGIC.length, 0);
  const stream = file.createReadStream({ start: 0, autoClose: false, highWaterMark: CHUNK_BYTES });
  return await readChunks(stream, isGzip(buffer.subarray(0, bytesRead)));
}

/** Reads a recording, plain or compressed with gzip, that is in memory; never rejects. */
export async function readRecordingBytes(bytes: Uint8Array): Promise<RecordingContent> {
  const { content } = await readChunks(Readable.from(chunksOf(bytes)), isGzip(bytes));
  return content;
}

const CHUNK_BYTES = 256 * 1024;
// https://www.rfc-editor.org/rfc/rfc1952#page-6
const GZIP_MAGIC = [0x1f, 0x8b];
/** What a few kilobytes can unpack to must not fill the memory. */
const MAX_UNPACKED_BYTES = 1024 * 1024 * 1024;

function isGzip(bytes: Uint8Array): boolean {
  return GZIP_MAGIC.every((byte, index) => bytes[index] === byte);
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
    yield bytes.subarray(from, from + CHUNK_BYTES);
    // Whoever waits for something else gets a turn.
    await setImmediate();
  }
}

async function readChunks(chunks: Readable, isCompressed: boolean): Promise<RecordingRead> {
  const lines = createLineReader();
  if (!isCompressed) {
    for await (const batch of readLineBatches(chunks)) batch.forEach(lines.read);
    return { ...lines.result(), isCompressed };
  }
  // A file that was cut off is unpacked as far as it goes.
  const unpacked = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  pipeline(chunks, unpacked, () => undefined);
  let unpackedBytes = 0;
  try {
    for await (const batch of readLineBatches(unpacked)) {
      batch.forEach(lines.read);
      unpackedBytes = batch.at(-1)?.endsAtByte ?? unpackedBytes;
      if (unpackedBytes > MAX_UNPACKED_BYTES) throw new Error('it is larger than 1 GB');
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    lines.note(`the rest could not be unpacked: ${why}`);
  }
  return { ...lines.result(), isCompressed };
}

/** Reads a recording line by line, and keeps what it says. */
interface LineReader {
  read(line: FileLine): void;
  /** Says something about the line that comes next. */
  note(text: string): void;
  result(): Omit<RecordingRead, 'isCompressed'>;
}

function createLineReader(): LineReader {
  const reader = createRecordingReader();
  const notes = createNoteList();
  const events: VoipEvent[] = [];
  let header: VersionedHeader | undefined;
  let lineNumber = 0;
  let last: FileLine | undefined;
  let endsAtByte = 0;
  let lastIsComplete = true;

  return {
    read(line) {
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
    },
    note: (text) => notes.add(lineNumber + 1, text),
    result() {
      const isEmpty =
        last === undefined || (lineNumber === 1 && header === undefined && !last.isComplete && isTornHeader(last.text));
      return {
        content: { ...(header !== undefined && { header }), events, notes: notes.list() },
        endsAtByte,
        lastIsComplete,
        isEmpty,
      };
    },
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
