import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './localApnsError';

const POLL_MS = 20;
/** Making certificates takes well under a second; a lock this old has been forgotten. */
const STALE_AFTER_MS = 20_000;
/** A lock without a process id is one that is being written this very moment, or was torn. */
const STALE_WITHOUT_PID_AFTER_MS = 2_000;

/** Runs `work` while no other process, and no other call in this one, works in the folder under the same lock. */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lockPath = join(folder, '.lock');
  while (!(await tryLock(lockPath))) {
    if (await isForgotten(lockPath)) await removeForgotten(lockPath);
    else await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await rm(lockPath, { force: true });
  }
}

async function tryLock(lockPath: string): Promise<boolean> {
  try {
    await writeFile(lockPath, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function isForgotten(lockPath: string): Promise<boolean> {
  try {
    const ageMs = Date.now() - (await stat(lockPath)).mtimeMs;
    const pid = Number(await readFile(lockPath, 'utf8'));
    if (!Number.isSafeInteger(pid) || pid <= 0) return ageMs > STALE_WITHOUT_PID_AFTER_MS;
    return ageMs > STALE_AFTER_MS || !isRunning(pid);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

/** Renames before removing, so that of two processes that find the same forgotten lock only one removes it. */
async function removeForgotten(lockPath: string): Promise<void> {
  const aside = `${lockPath}.${randomUUID()}`;
  try {
    await rename(lockPath, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  await rm(aside, { force: true });
}
