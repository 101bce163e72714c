import { setImmediate as nextTurn } from 'node:timers/promises';
import { searchedTexts } from '../../core/log/logReader';
import type { ReadLog, ReadLogOptions } from '../../core/log/readLog';
import { decodeContent } from '../logContent/decodeContent';
import { readFileChunks } from '../logContent/fileChunks';
import { createFinishedContent } from '../logContent/finishedContent';
import { createTextSearch, type TextSearch } from '../logContent/textSearch';
import { UnreadableLog } from '../logContent/unreadableLog';
import { whyUnreadable } from '../whyUnreadable';

export { UnreadableLog };

/**
 * The events of a finished log, a crash report or a recording, told apart by the content: packed with gzip or not, in
 * UTF-8 or UTF-16. Rejects with `UnreadableLog` for a file that cannot be read, is empty, or is none of these: a verdict
 * from half of the evidence would be a guess.
 */
export async function readLogFile(path: string, options: ReadLogOptions): Promise<ReadLog> {
  const search = searchFor(options);
  const memory = search?.areas ?? [Buffer.alloc(LARGEST_PIECE_BYTES), Buffer.alloc(LARGEST_PIECE_BYTES)];
  return await readChunks(readFileChunks(path, memory), options, search);
}

/** As `readLogFile`, of bytes from elsewhere: stdin, or the clipboard. */
export async function readLogChunks(chunks: AsyncIterable<Uint8Array>, options: ReadLogOptions): Promise<ReadLog> {
  return await readChunks(chunks, options, searchFor(options));
}

/** `undefined` when any line may be evidence. */
function searchFor({ matchers }: ReadLogOptions): TextSearch | undefined {
  const texts = searchedTexts(matchers ?? []);
  return texts.length === 0 ? undefined : createTextSearch(texts);
}

async function readChunks(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadLogOptions,
  search: TextSearch | undefined,
): Promise<ReadLog> {
  const { source, signal } = options;
  const content = createFinishedContent(options, search);
  const damages: string[] = [];
  try {
    await readInTurns(
      decodeContent(chunks, (why) => damages.push(`${source}: ${why}.`)),
      (piece) => content.push(piece),
      signal,
    );
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

const SMALLEST_PIECE_BYTES = 16 * 1024;
const LARGEST_PIECE_BYTES = 2 * 1024 * 1024;
/** An editor lives in the same process: others have their turn about this often, however dense the evidence is. */
const TURN_MS = 8;

/** Hands the chunks over in pieces that take a few milliseconds each. */
async function readInTurns(
  chunks: AsyncIterable<Uint8Array>,
  read: (piece: Uint8Array) => void,
  signal: ReadLogOptions['signal'],
): Promise<void> {
  let pieceBytes = 4 * SMALLEST_PIECE_BYTES;
  let turnBegan = performance.now();
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; ) {
      if (signal?.aborted === true) throw new Error('The reading was cancelled.');
      const pieceBegan = performance.now();
      const piece = chunk.subarray(from, from + pieceBytes);
      read(piece);
      from += piece.length;
      const now = performance.now();
      if (now - pieceBegan > TURN_MS) pieceBytes = Math.max(pieceBytes / 2, SMALLEST_PIECE_BYTES);
      else if (now - pieceBegan < TURN_MS / 4) pieceBytes = Math.min(pieceBytes * 2, LARGEST_PIECE_BYTES);
      if (now - turnBegan < TURN_MS) continue;
      await nextTurn();
      turnBegan = performance.now();
    }
  }
}
