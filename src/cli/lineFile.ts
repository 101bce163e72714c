import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createAppendQueue } from '../adapters/appendQueue';
import { CliError } from './exitCode';
import type { CliWorld } from './world';

/** A log being written for `--log FILE`. */
export interface LineFile {
  readonly write: (line: string) => void;
  /** Waits for what was written. Rejects when something could not be. */
  close(): Promise<void>;
}

/**
 * Opens the file of `--log`: anew, or at its end when `mode` is `append`. Without a path, lines go nowhere.
 * Throws a `CliError` when the file cannot be made.
 */
export async function openLineFile(
  path: string | undefined,
  mode: 'replace' | 'append',
  world: Pick<CliWorld, 'cwd'>,
): Promise<LineFile> {
  if (path === undefined) return { write: () => {}, close: () => Promise.resolve() };
  const queue = createAppendQueue(await openForWriting(resolve(world.cwd, path), mode === 'append' ? 'a' : 'w', path));
  let failure: unknown;
  return {
    write: (line) => {
      queue.append(`${line}\n`).catch((error: unknown) => {
        failure ??= error;
      });
    },
    async close() {
      await queue.close();
      if (failure !== undefined) throw new CliError(`Cannot write ${path}: ${whyUnwritable(failure)}`);
    },
  };
}

async function openForWriting(absolutePath: string, flags: 'a' | 'w', path: string) {
  try {
    return await open(absolutePath, flags);
  } catch (error) {
    throw new CliError(`Cannot write ${path}: ${whyUnwritable(error)}`);
  }
}

function whyUnwritable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'there is no such folder. Make it first, or name another file.';
    case 'EISDIR':
      return 'it is a folder. Name a file.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'its permissions do not allow it. Name another file.';
    case 'ENOSPC':
      return 'the disk is full.';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
