import { type FileHandle, open, stat } from 'node:fs/promises';
import type { VoipEvent } from '../core/events/event';
import {
  encodeEvent,
  encodeRecordingHeader,
  RECORDING_VERSION,
  type RecordingHeader,
  type VersionedHeader,
} from '../core/recording/recordingFormat';
import { createAppendQueue } from './appendQueue';
import { type RecordingContent, readRecordingContent } from './recordingContent';

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

/**
 * Opens the recording at `path` to go on with it, or makes it. A torn last line, left by a crash, is dropped with a
 * note. A file from a newer version, or one that is no recording, is left as it is: see `readOnlyBecause`.
 * Rejects only when the file cannot be opened, read or written.
 */
export async function openRecordingFile(
  path: string,
  header: RecordingHeader,
): Promise<{
  readonly recording: RecordingFile;
  readonly events: readonly VoipEvent[];
  readonly notes: readonly string[];
}> {
  // Payloads and log lines are the user's own: nobody else on the machine needs to read them.
  const file = await open(path, 'a+', 0o600);
  try {
    const { content, endsAtByte, lastIsComplete, isEmpty, isCompressed } = await readRecordingContent(file);
    const { events, notes } = content;
    const readOnlyBecause = isEmpty && !isCompressed ? undefined : whyReadOnly(content.header, isCompressed);
    if (readOnlyBecause !== undefined) {
      await file.close();
      return { recording: readOnlyRecording(readOnlyBecause, endsAtByte), events, notes };
    }
    await file.truncate(endsAtByte);
    const queue = createAppendQueue(file);
    let bytes = endsAtByte;
    const append = (text: string): Promise<void> => {
      bytes += Buffer.byteLength(text);
      return queue.append(text);
    };
    if (isEmpty) await append(`${encodeRecordingHeader(header)}\n`);
    else if (!lastIsComplete) await append('\n');
    return {
      recording: {
        get bytes() {
          return bytes;
        },
        append: (added) => append(added.map((event) => `${encodeEvent(event)}\n`).join('')),
        isInPlace: () => isSameFile(path, file),
        close: () => queue.close(),
      },
      events,
      notes,
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Reads a recording without touching it. Rejects only when the file cannot be opened or read. */
export async function readRecordingFile(path: string): Promise<RecordingContent> {
  const file = await open(path, 'r');
  try {
    return (await readRecordingContent(file)).content;
  } finally {
    await file.close();
  }
}

function whyReadOnly(header: VersionedHeader | undefined, isCompressed: boolean): string | undefined {
  if (header === undefined) return 'The file is not a recording. Nothing was changed in it.';
  if (isCompressed) return 'The recording is compressed. Unpack it to go on with it, or record to another file.';
  if (header.version <= RECORDING_VERSION) return undefined;
  return (
    'The recording was made by a newer version of VoIP Push Debugger. ' +
    'Update the extension to go on with it, or record to another file.'
  );
}

function readOnlyRecording(readOnlyBecause: string, bytes: number): RecordingFile {
  return {
    readOnlyBecause,
    bytes,
    append: () => Promise.reject(new Error(readOnlyBecause)),
    isInPlace: () => Promise.resolve(true),
    close: () => Promise.resolve(),
  };
}

async function isSameFile(path: string, file: FileHandle): Promise<boolean> {
  const bigint = true;
  // Any other problem of the folder than a missing file shows when something is written.
  const there = await stat(path, { bigint }).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? undefined : error,
  );
  if (there === undefined) return false;
  if (there instanceof Error) return true;
  const open = await file.stat({ bigint });
  return there.ino === open.ino && there.dev === open.dev;
}
