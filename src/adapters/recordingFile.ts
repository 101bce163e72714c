import { type FileHandle, open, stat } from 'node:fs/promises';
import type { VoipEvent } from '../core/events/event';
import {
  encodeEvent,
  encodeRecordingHeader,
  RECORDING_VERSION,
  type RecordingHeader,
  type VersionedHeader,
} from '../core/recording/recordingFormat';
import type { RecordingContent, RecordingFile } from '../core/recording/recordingStore';
import { createAppendQueue } from './appendQueue';
import { readRecordingContent } from './recordingContent';

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
