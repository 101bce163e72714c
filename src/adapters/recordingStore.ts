import { access, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RecordingHeader } from '../core/recording/recordingFormat';
import type {
  KeptRecording,
  OpenedRecording,
  RecordingFile,
  RecordingStore,
  StoredRecording,
} from '../core/recording/recordingStore';
import { recordingsToDelete } from '../core/recording/retention';
import { openRecordingFile } from './recordingFile';
import { forgottenLocks, lockRecording, type RecordingLock, recordingsInUse } from './recordingLock';

/** The end of the names of recordings. */
const RECORDING_EXTENSION = '.voiprec';

export interface RecordingStoreOptions {
  readonly folder: string;
  readonly header: () => RecordingHeader;
  /** Milliseconds since the epoch. */
  readonly nowMs?: () => number;
}

/** A store in a folder that is made with the first recording. */
export function createRecordingStore({ folder, header, nowMs = Date.now }: RecordingStoreOptions): RecordingStore {
  async function openAt(path: string): Promise<OpenedRecording | undefined> {
    const lock = await lockRecording(path);
    if (lock === undefined) return undefined;
    try {
      const { recording, events, notes } = await openRecordingFile(path, header());
      return { recording: stored(recording, path, lock), events, notes };
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  async function list(): Promise<readonly KeptRecording[]> {
    const names = await namesIn(folder);
    const inUse = recordingsInUse(names);
    const files = names
      .filter((name) => name.endsWith(RECORDING_EXTENSION))
      .map(async (name): Promise<KeptRecording | undefined> => {
        const path = join(folder, name);
        // It may be deleted at this very moment.
        const facts = await stat(path).catch(() => undefined);
        if (!facts?.isFile()) return undefined;
        return { name, path, bytes: facts.size, changedAtMs: facts.mtimeMs, isInUse: inUse.has(name) };
      });
    return (await Promise.all(files))
      .filter((file) => file !== undefined)
      .sort((one, other) => other.changedAtMs - one.changedAtMs);
  }

  return {
    list,
    async openKept(name) {
      // A name from outside leads to no other folder.
      const wanted = (await list()).find((each) => each.name === name);
      return wanted === undefined ? undefined : await openAt(wanted.path);
    },
    async openNew() {
      await mkdir(folder, { recursive: true });
      const stem = localTime(new Date(nowMs()));
      for (let number = 1; ; number += 1) {
        const path = join(folder, `${stem}${number === 1 ? '' : `-${number}`}${RECORDING_EXTENSION}`);
        if (await isThere(path)) continue;
        const opened = await openAt(path);
        // Another window may have made it since: then it is not empty, or not free.
        if (opened?.events.length === 0) return opened.recording;
        await opened?.recording.close();
      }
    },
    remove: (path) => rm(path, { force: true }),
    async prune(limits) {
      const names = await namesIn(folder);
      const doomed = [...recordingsToDelete(await list(), limits, nowMs()), ...forgottenLocks(names)];
      for (const name of doomed) await rm(join(folder, name), { force: true });
    },
  };
}

function stored(recording: RecordingFile, path: string, lock: RecordingLock): StoredRecording {
  const { readOnlyBecause } = recording;
  return {
    path,
    name: basename(path),
    ...(readOnlyBecause !== undefined && { readOnlyBecause }),
    get bytes() {
      return recording.bytes;
    },
    append: recording.append,
    isInPlace: recording.isInPlace,
    async close() {
      try {
        await recording.close();
      } finally {
        await lock.release();
      }
    },
  };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

/** `2026-09-08T10-11-34`: a name on every file system, and sorted by time. */
function localTime(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}T${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join('-')}`;
}
