import { readFile } from 'node:fs/promises';
import { CliError } from './exitCode';

/** A small text file that an option names. Throws CliError. */
export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new CliError(`Cannot read ${path}: ${code === 'ENOENT' ? 'there is no such file.' : code}`);
  }
}
