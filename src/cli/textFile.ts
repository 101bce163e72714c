import { readFile } from 'node:fs/promises';
import { whyUnreadable } from '../adapters/whyUnreadable';
import { CliError } from './exitCode';

/** A small text file that an option names. Throws CliError. */
export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new CliError(`Cannot read ${path}: ${whyUnreadable(error, 'Name a file.')}`);
  }
}
