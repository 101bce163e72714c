import { type FileHandle, open } from 'node:fs/promises';
import { whyUnreadable } from './whyUnreadable';

/** Two hundred times what APNs takes. */
const MAX_FILE_BYTES = 1_048_576;

/** A payload file's text, or a sentence for people that says what is wrong with the file. */
type PayloadFile = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: string };

/**
 * Reads a payload file as UTF-8. A byte order mark stays in the text as its first character, because it goes out with the bytes;
 * what is not UTF-8 is refused rather than mended. Never throws.
 */
export async function readPayloadFile(path: string): Promise<PayloadFile> {
  try {
    const handle = await open(path, 'r');
    try {
      return await readHandle(path, handle);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return refuse(path, whyUnreadable(error, 'Name a payload file.'));
  }
}

async function readHandle(path: string, handle: FileHandle): Promise<PayloadFile> {
  if ((await handle.stat()).isDirectory()) return refuse(path, 'it is a folder. Name a payload file.');
  const bytes = await readUpTo(handle, MAX_FILE_BYTES + 1);
  if (bytes.length > MAX_FILE_BYTES) {
    return refuse(path, 'it is larger than 1 MB, and a VoIP payload has at most 5120 bytes. Is it the right file?');
  }
  if (isUtf16(bytes)) return refuse(path, 'it is UTF-16, and APNs takes UTF-8. Save it as UTF-8.');
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return refuse(path, 'it is not UTF-8. Save it as UTF-8.');
  }
}

// Not `readFile`: a pipe or a device has no size to check beforehand.
async function readUpTo(handle: FileHandle, limitBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < limitBytes) {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(65_536));
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(chunks);
}

// With a byte order mark, or as the first character of JSON without one: a zero byte beside an ASCII byte.
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return false;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || (first === 0) !== (second === 0);
}

function refuse(path: string, why: string): PayloadFile {
  return { ok: false, error: `Cannot read ${path}: ${why}` };
}
