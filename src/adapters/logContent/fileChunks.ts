import type { FileHandle } from 'node:fs/promises';

/** A part of a file, in bytes. */
export interface FileRange {
  readonly from: number;
  /** The file may end before. */
  readonly to: number;
}

/**
 * The bytes of a file, or of a part of a regular one, read into two pieces of memory by turns: while a chunk is looked at,
 * the next one is being read into the other piece. A chunk lasts until the next one is asked for. Rejects with the
 * system's error.
 */
export async function* readFileChunks(
  file: FileHandle,
  memory: readonly [Buffer, Buffer],
  range?: FileRange,
): AsyncGenerator<Uint8Array> {
  const { from: start, to } = range ?? { from: 0, to: Number.POSITIVE_INFINITY };
  let at = start;
  let [current, other] = memory;
  const readInto = (piece: Buffer) => {
    // A pipe has no places in it.
    const read = file.read(piece, 0, Math.min(piece.length, to - at), range === undefined ? null : at);
    // It may fail while nobody waits for it yet.
    read.catch(() => {});
    return read;
  };
  let reading = readInto(current);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      at += bytesRead;
      reading = readInto(other);
      yield current.subarray(0, bytesRead);
      [current, other] = [other, current];
    }
  } finally {
    await reading.catch(() => {});
  }
}
