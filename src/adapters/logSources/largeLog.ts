import type { FileHandle } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { decodeContent, isPlain } from '../logContent/decodeContent';
import { type FileRange, readFileChunks } from '../logContent/fileChunks';
import type { FinishedContent } from '../logContent/finishedContent';
import { startSearchThreads } from '../logContent/searchThreads';
import type { TextSearch } from '../logContent/textSearch';
import type { ReadTurns } from './readTurns';

/** How threads help with a log. */
export interface LargeLog {
  /** From what size on. It takes a few milliseconds to start them. */
  readonly leastBytes: number;
  /** How much is read without them: what says what content it is, and what can be read until they have started. */
  readonly ownBytes: FileRange;
  /** What a thread is asked for at once. */
  readonly stretchBytes: number;
  readonly threadCount: number;
}

const MEGABYTE = 1024 * 1024;

export const LARGE_LOG: LargeLog = {
  leastBytes: 64 * MEGABYTE,
  ownBytes: { from: 2 * MEGABYTE, to: 32 * MEGABYTE },
  stretchBytes: 16 * MEGABYTE,
  // More would wait for the disk, or for who reads what they find.
  threadCount: Math.min(availableParallelism(), 3),
};

/** Whether threads can help: the file is large, and its bytes are those of the log. */
export async function isLargeLog(file: FileHandle, { leastBytes }: LargeLog): Promise<boolean> {
  const stats = await file.stat();
  if (!stats.isFile() || stats.size < leastBytes) return false;
  const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
  return isPlain(buffer);
}

interface LargeReading {
  readonly path: string;
  readonly file: FileHandle;
  readonly search: TextSearch;
  readonly content: FinishedContent;
  readonly turns: ReadTurns;
  readonly large: LargeLog;
}

/** Reads a log that threads search ahead; what they cannot tell, and what is no log line by line, is read as ever. */
export async function readLargeLog(reading: LargeReading): Promise<void> {
  const { path, file, search, content, turns, large } = reading;
  const read = (from: number, to: number) => readFileChunks(file, search.areas, { from, to });
  const { from: first, to: ownEnd } = large.ownBytes;
  await turns.read(
    decodeContent(read(0, first), () => {}),
    content.push,
  );
  const { take } = content;
  if (take === undefined) return await turns.read(read(first, Number.POSITIVE_INFINITY), content.push);
  const { size } = await file.stat();
  const threads = startSearchThreads({ path, texts: search.texts, from: ownEnd, to: size, ...large });
  try {
    await turns.read(read(first, ownEnd), content.push);
    for (let next = await threads.next(); next !== undefined; next = await threads.next()) {
      await turns.pass();
      const { from, to, searched } = next;
      if (searched === undefined || !take(searched)) await turns.read(read(from, to), content.push);
    }
  } finally {
    threads.end();
  }
  // It may have grown.
  await turns.read(read(Math.max(size, ownEnd), Number.POSITIVE_INFINITY), content.push);
}
