import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CancelSignal } from '../../core/ports';

/** Reads bytes piece by piece, so that others in the same process have their turn every few milliseconds. */
export interface ReadTurns {
  /** Hands the chunks over in pieces. Rejects when it is cancelled. */
  read(chunks: AsyncIterable<Uint8Array>, readPiece: (piece: Uint8Array) => void): Promise<void>;
  /** To be awaited between two works: ends the turn if it was long enough. Rejects when it is cancelled. */
  pass(): Promise<void>;
}

const SMALLEST_PIECE_BYTES = 16 * 1024;
/** The most that is handed over at once. */
export const LARGEST_PIECE_BYTES = 2 * 1024 * 1024;
/** An editor lives in the same process: others have their turn about this often, however dense the evidence is. */
const TURN_MS = 8;

export function createReadTurns(signal: CancelSignal | undefined): ReadTurns {
  let pieceBytes = 4 * SMALLEST_PIECE_BYTES;
  let turnBegan = performance.now();

  async function pass(): Promise<void> {
    if (signal?.aborted === true) throw new Error('The reading was cancelled.');
    if (performance.now() - turnBegan < TURN_MS) return;
    await nextTurn();
    turnBegan = performance.now();
  }

  return {
    pass,
    async read(chunks, readPiece) {
      for await (const chunk of chunks) {
        for (let from = 0; from < chunk.length; ) {
          await pass();
          const began = performance.now();
          const piece = chunk.subarray(from, from + pieceBytes);
          readPiece(piece);
          from += piece.length;
          const tookMs = performance.now() - began;
          if (tookMs > TURN_MS) pieceBytes = Math.max(pieceBytes / 2, SMALLEST_PIECE_BYTES);
          else if (tookMs < TURN_MS / 4) pieceBytes = Math.min(pieceBytes * 2, LARGEST_PIECE_BYTES);
        }
      }
    },
  };
}
