import { open } from 'node:fs/promises';

const CHUNK_BYTES = 1024 * 1024;

/**
 * The bytes of a file. While a chunk is looked at, the next one is being read into other memory; a chunk lasts until the
 * next one is asked for. Rejects with the system's error.
 */
export async function* readFileChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  let [current, other] = [Buffer.allocUnsafeSlow(CHUNK_BYTES), Buffer.allocUnsafeSlow(CHUNK_BYTES)];
  const readInto = (memory: Buffer) => {
    const read = file.read(memory, 0, CHUNK_BYTES, null);
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
