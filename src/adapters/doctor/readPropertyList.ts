import { readFile, stat } from 'node:fs/promises';

/** A parsed file, or why there is none, as half a sentence. */
export type ParsedFile =
  | { readonly ok: true; readonly content: unknown }
  | { readonly ok: false; readonly why: string };

// Project files of large apps have some megabytes.
const MAX_FILE_BYTES = 32 * 1_048_576;

/** Reads a property list: XML, binary, or the old style that `project.pbxproj` is written in. Never throws. */
export async function readPropertyList(path: string): Promise<ParsedFile> {
  try {
    if ((await stat(path)).size > MAX_FILE_BYTES) return { ok: false, why: 'it is larger than 32 MB' };
    const bytes = await readFile(path);
    // Only a doctor that finds an app needs the parser.
    const { parse, parseOpenStep } = await import('plist');
    if (bytes.subarray(0, 6).toString('latin1') === 'bplist') return { ok: true, content: parse(bytes) };
    const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
    return { ok: true, content: text.trimStart().startsWith('<') ? silently(() => parse(text)) : parseOpenStep(text) };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message.replace(/[.\s]+$/, '') : String(error) };
  }
}

/** The XML parser below the property lists writes what it throws to the console as well, and cannot be told not to. */
function silently<T>(work: () => T): T {
  const { error } = console;
  console.error = () => {};
  try {
    return work();
  } finally {
    console.error = error;
  }
}
