import { randomUUID } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Says to other windows that a recording is being written; `release` takes that back. */
export interface RecordingLock {
  release(): Promise<void>;
}

// `2026-09-08T10-11-34.voiprec.4711-8c3f….lock`: the recording, the process, and what tells two locks of it apart.
const LOCK = /^(.+\.voiprec)\.(\d+)-[\w-]+\.lock$/;

/**
 * Takes the recording at `path` for this window; `undefined` when another one has it. Every taker leaves a file of its
 * own and then looks for others, so that of two at the same time at most one takes it. Locks of processes that have
 * ended do not count.
 */
export async function lockRecording(path: string): Promise<RecordingLock | undefined> {
  const own = `${basename(path)}.${process.pid}-${randomUUID()}.lock`;
  const ownPath = join(dirname(path), own);
  await writeFile(ownPath, '', { mode: 0o600 });
  const release = () => rm(ownPath, { force: true });
  const names = await readdir(dirname(path));
  const others = names.filter((name) => name !== own && LOCK.exec(name)?.[1] === basename(path) && isHeld(name));
  if (others.length === 0) return { release };
  await release();
  return undefined;
}

/** The names of the recordings that windows record to, of all names in a folder. */
export function recordingsInUse(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.filter(isHeld).map((name) => LOCK.exec(name)?.[1] ?? ''));
}

/** The locks in a folder that ended processes left. */
export function forgottenLocks(names: readonly string[]): readonly string[] {
  return names.filter((name) => LOCK.test(name) && !isHeld(name));
}

function isHeld(name: string): boolean {
  const pid = Number(LOCK.exec(name)?.[2]);
  return Number.isSafeInteger(pid) && pid > 0 && isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
