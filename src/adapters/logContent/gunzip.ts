import { once } from 'node:events';
import { createGunzip } from 'node:zlib';

/** Packed bytes that are unpacked at a time: a thousand times as many may come out of them. */
const PACKED_BYTES = 16 * 1024;

/**
 * Unpacks gzip, also of several members. What is damaged or cut off ends it: everything before is given, and `onDamage`
 * is told. Rejects only when `chunks` does.
 */
export async function* gunzip(
  chunks: AsyncIterable<Uint8Array>,
  onDamage: (why: string) => void,
): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: 256 * 1024 });
  let unpacked: Uint8Array[] = [];
  let isDamaged = false;
  stream.on('data', (bytes: Uint8Array) => unpacked.push(bytes));
  stream.on('error', () => {
    isDamaged = true;
  });
  const closed = once(stream, 'close').catch(() => {});
  const take = (): readonly Uint8Array[] => {
    const taken = unpacked;
    unpacked = [];
    return taken;
  };

  try {
    for await (const chunk of chunks) {
      for (let from = 0; from < chunk.length && !isDamaged; from += PACKED_BYTES) {
        const piece = chunk.subarray(from, from + PACKED_BYTES);
        await new Promise<void>((resolve) => stream.write(piece, () => resolve()));
        yield* take();
      }
      if (isDamaged) break;
    }
    if (!isDamaged) {
      stream.end();
      await closed;
    }
    yield* take();
    if (isDamaged) onDamage('the gzip data is damaged or cut off, and only what comes before that was read');
  } finally {
    stream.destroy();
  }
}
