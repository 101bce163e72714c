import { type CliWorld, untilInterrupted } from './world';

/** The file argument that means stdin, as in other tools. */
export const STDIN = '-';
/** What stdin is called in results. */
export const STDIN_NAME = '<stdin>';

const MAX_STDIN_BYTES = 1_048_576;

/** A text, or a sentence about why it could not be read. */
export type TextRead = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: string };

/** A payload from stdin, as strict as from a file: UTF-8, a byte order mark stays. */
export function readStdinText(world: Pick<CliWorld, 'stdin' | 'interrupted'>): Promise<TextRead> {
  return untilInterrupted(world, readText(world.stdin));
}

async function readText(stdin: AsyncIterable<Uint8Array>): Promise<TextRead> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    bytes += chunk.length;
    if (bytes > MAX_STDIN_BYTES) {
      return {
        ok: false,
        error: 'Cannot read stdin: it is larger than 1 MB, and a VoIP payload has at most 5120 bytes.',
      };
    }
    chunks.push(chunk);
  }
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { ok: true, text: decoder.decode(Buffer.concat(chunks)) };
  } catch {
    return { ok: false, error: 'Cannot read stdin: it is not UTF-8.' };
  }
}
