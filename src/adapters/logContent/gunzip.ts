import { createGunzip } from 'node:zlib';

/**
 * Packed bytes that are unpacked at a time. When there is damage in them, zlib gives nothing of what comes before it: so
 * few are lost then. A short file is unpacked in smaller pieces.
 */
const [FIRST_PIECE_BYTES, LARGEST_PIECE_BYTES] = [256, 4096];

/**
 * Unpacks gzip, also of several members. What is damaged or cut off ends it: what comes before is given, and `onDamage`
 * is told. Rejects only when `chunks` does.
 */
export async function* gunzip(
  chunks: AsyncIterable<Uint8Array>,
  onDamage: (why: string) => void,
): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: 256 * 1024 });
  let unpacked: Uint8Array[] = [];
  let isDamaged = false;
  let pieceBytes = FIRST_PIECE_BYTES;
  stream.on('data', (bytes: Uint8Array) => unpacked.push(bytes));
  stream.on('error', () => {
    isDamaged = true;
  });
  // After damage the stream leaves its write unanswered, and closes.
  let proceed = (): void => {};
  stream.on('close', () => proceed());
  const untilDone = (begin: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      proceed = resolve;
      begin(resolve);
    });
  const take = (): readonly Uint8Array[] => {
    const taken = unpacked;
    unpacked = [];
    return taken;
  };

  try {
    for await (const chunk of chunks) {
      for (let from = 0; from < chunk.length && !isDamaged; ) {
        const piece = chunk.subarray(from, from + pieceBytes);
        from += piece.length;
        pieceBytes = Math.min(pieceBytes + FIRST_PIECE_BYTES, LARGEST_PIECE_BYTES);
        await untilDone((done) => stream.write(piece, done));
        yield* take();
      }
      if (isDamaged) break;
    }
    // It closes when everything was taken.
    if (!isDamaged) await untilDone(() => stream.end());
    yield* take();
    if (isDamaged) onDamage('the gzip data is damaged or cut off, and only what comes before that was read');
  } finally {
    stream.destroy();
  }
}
