import { gunzip } from './gunzip';

/**
 * The content of a file as UTF-8 without byte order mark, whatever its first bytes say it is: gzip or not, and UTF-8 or
 * UTF-16, with or without a mark. A chunk lasts until the next one is asked for.
 *
 * `onDamage` is told, for people, why there is less than there should be. Rejects only when `chunks` does.
 */
export async function* decodeContent(
  chunks: AsyncIterable<Uint8Array>,
  onDamage: (why: string) => void,
): AsyncGenerator<Uint8Array> {
  const packed = await withHead(chunks);
  const plain = isGzip(packed.head) ? await withHead(gunzip(packed.chunks, onDamage)) : packed;
  const encoding = encodingOf(plain.head);
  if (encoding === 'utf-8') yield* withoutMark(plain);
  else yield* fromUtf16(plain.chunks, encoding);
}

/** Whether the content that begins with these four bytes is UTF-8 that is not packed: all but a byte order mark is as it is. */
export function isPlain(head: Uint8Array): boolean {
  return !isGzip(head) && encodingOf(head) === 'utf-8';
}

interface Content {
  /** The first bytes, for as long as the next chunk is not asked for. */
  readonly head: Uint8Array;
  /** Everything, the first bytes included. */
  readonly chunks: AsyncGenerator<Uint8Array>;
}

const HEAD_BYTES = 4;

/** Waits until there are enough bytes to tell what they are. */
async function withHead(chunks: AsyncIterable<Uint8Array>): Promise<Content> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head = new Uint8Array(0);
  let next = await iterator.next();
  while (next.done !== true && head.length + next.value.length < HEAD_BYTES) {
    head = Buffer.concat([head, next.value]);
    next = await iterator.next();
  }
  const first = next.done === true ? head : head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  return { head: first, chunks: continued(first, iterator) };
}

async function* continued(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** RFC 1952: two bytes of identification, and deflate, the only method. */
function isGzip([first, second, method]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b && method === 8;
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Byte order marks; without one, the zeros that UTF-16 has in ASCII text. */
function encodingOf([first, second, third, fourth]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'utf-16le';
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return 'utf-16be';
  return 'utf-8';
}

async function* fromUtf16(
  chunks: AsyncIterable<Uint8Array>,
  encoding: 'utf-16le' | 'utf-16be',
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

async function* withoutMark({ head: [first, second, third], chunks }: Content): AsyncGenerator<Uint8Array> {
  let skip = first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0;
  for await (const chunk of chunks) {
    yield chunk.subarray(skip);
    skip = 0;
  }
}
