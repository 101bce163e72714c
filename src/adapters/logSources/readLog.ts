import { open } from 'node:fs/promises';
import { searchedTexts } from '../../core/log/logReader';
import type { ReadLog, ReadLogOptions } from '../../core/log/readLog';
import { decodeContent } from '../logContent/decodeContent';
import { readFileChunks } from '../logContent/fileChunks';
import { createFinishedContent, type FinishedContent } from '../logContent/finishedContent';
import { createTextSearch, type TextSearch } from '../logContent/textSearch';
import { UnreadableLog } from '../logContent/unreadableLog';
import { whyUnreadable } from '../whyUnreadable';
import { isLargeLog, LARGE_LOG, readLargeLog } from './largeLog';
import { createReadTurns, LARGEST_PIECE_BYTES, type ReadTurns } from './readTurns';

export { UnreadableLog };

/**
 * The events of a finished log, a crash report or a recording, told apart by the content: packed with gzip or not, in
 * UTF-8 or UTF-16. Rejects with `UnreadableLog` for a file that cannot be read, is empty, or is none of these: a verdict
 * from half of the evidence would be a guess. `large` says from what size on threads help, and how.
 */
export async function readLogFile(path: string, options: ReadLogOptions, large = LARGE_LOG): Promise<ReadLog> {
  const search = searchFor(options);
  const memory = search?.areas ?? [Buffer.alloc(LARGEST_PIECE_BYTES), Buffer.alloc(LARGEST_PIECE_BYTES)];
  return await readContent(options, search, async ({ content, turns, onDamage }) => {
    const file = await open(path, 'r');
    try {
      if (search !== undefined && (await isLargeLog(file, large)))
        await readLargeLog({ path, file, search, content, turns, large });
      else await turns.read(decodeContent(readFileChunks(file, memory), onDamage), content.push);
    } finally {
      await file.close();
    }
  });
}

/** As `readLogFile`, of bytes from elsewhere: stdin, or the clipboard. */
export async function readLogChunks(chunks: AsyncIterable<Uint8Array>, options: ReadLogOptions): Promise<ReadLog> {
  return await readContent(options, searchFor(options), ({ content, turns, onDamage }) =>
    turns.read(decodeContent(chunks, onDamage), content.push),
  );
}

/** `undefined` when any line may be evidence. */
function searchFor({ matchers }: ReadLogOptions): TextSearch | undefined {
  const texts = searchedTexts(matchers ?? []);
  return texts.length === 0 ? undefined : createTextSearch(texts);
}

interface Reading {
  readonly content: FinishedContent;
  readonly turns: ReadTurns;
  /** Is told, for people, why there is less than there should be. */
  readonly onDamage: (why: string) => void;
}

async function readContent(
  options: ReadLogOptions,
  search: TextSearch | undefined,
  readInto: (reading: Reading) => Promise<void>,
): Promise<ReadLog> {
  const { source, signal } = options;
  const content = createFinishedContent(options, search);
  const damages: string[] = [];
  try {
    const onDamage = (why: string) => damages.push(`${source}: ${why}.`);
    await readInto({ content, turns: createReadTurns(signal), onDamage });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new UnreadableLog(`Cannot read ${source}: ${whyUnreadable(error, IF_FOLDER)}`);
  }
  try {
    const read = content.end();
    if (damages.length === 0) return read;
    return { ...read, notes: [...damages, ...read.notes], isIncomplete: true };
  } catch (error) {
    if (error instanceof UnreadableLog && damages.length > 0)
      throw new UnreadableLog([...damages, error.message].join(' '));
    throw error;
  }
}

const IF_FOLDER = 'For a .logarchive, run: log show --archive FOLDER --style ndjson > log.ndjson';
