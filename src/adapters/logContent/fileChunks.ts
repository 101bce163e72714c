import { open } from 'node:fs/promises';

/**
 * The bytes of a file, read into two pieces of memory by turns: while a chunk is looked at, the next one is being read
 * into the other piece. A chunk lasts until the next one is asked for. Rejects with the system's error.
 */
export async function* readFileChunks(path: string, memory: readonly [Buffer, Buffer]): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  let [current, other] = memory;
  const readInto = (piece: Buffer) => {
    const read = file.read(piece, 0, piece.length, null);
    // It may fail while nobody waits for it yet.
    read.catch(() => {});
    return read;
  };
  let reading = readInto(current);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      reading = readInto(other);
      yield current.subarray(0, bytesRead);
      [current, other] = [other, current];
    }
  } finally {
    await reading.catch(() => {});
    await file.close();
  }
}
