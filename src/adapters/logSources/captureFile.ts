import { type FileHandle, open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLineSplitter, type FileLine, type LineSplitter } from '../logFile';
import { whyUnreadable } from '../whyUnreadable';
import type { CaptureOptions, LogCapture } from './logSource';
import { createWatchedLog } from './watchedLog';

const CHUNK_BYTES = 256 * 1024;
/** So much of a file's beginning is compared to see that it is still the same. */
const HEAD_BYTES = 256;

/** A file that is open and was read up to `position`. */
interface Tailed {
  readonly handle: FileHandle;
  readonly inode: bigint;
  readonly splitter: LineSplitter;
  head: Buffer;
  position: number;
}

/**
 * Watches a log file from its beginning, and while it grows, as `tail -F` does: a file that was renamed is read to its
 * end before the new one is, a truncated one from its beginning, a missing one is waited for. Lines lost by a
 * truncation are a gap.
 */
export function captureFile(path: string, options: CaptureOptions): LogCapture {
  const log = createWatchedLog(options, 'unknown');
  const { pollMs = 250, signal } = options;
  const buffer = Buffer.alloc(CHUNK_BYTES);
  const stopSignal = new AbortController();
  let file: Tailed | undefined;
  let isHistory = true;

  const read = (lines: readonly FileLine[]): void => {
    const texts = lines.filter(({ isCut }) => !isCut).map(({ text }) => text);
    if (isHistory) log.readHistory(texts);
    else log.readLines(texts);
  };

  async function poll(): Promise<void> {
    const found = await stat(path, { bigint: true }).catch(() => undefined);
    if (file !== undefined && found?.ino !== file.inode) {
      await readToEnd(file, buffer, read);
      read(file.splitter.end());
      await file.handle.close();
      file = undefined;
    }
    if (found === undefined) return miss();
    if (file === undefined) file = await openTailed(path, found.ino);
    else if (await wasRewritten(file, Number(found.size))) {
      log.lost('the file was truncated', { state: 'waiting', why: 'the file was truncated' });
      Object.assign(file, { position: 0, head: Buffer.alloc(0), splitter: createLineSplitter() });
    }
    await readToEnd(file, buffer, read);
    isHistory = false;
    if (log.health.state !== 'waiting' || log.health.why !== 'the file was truncated') log.watching();
  }

  function miss(): void {
    isHistory = false;
    const why = `there is no file ${path}`;
    if (log.health.state !== 'waiting') log.lost(why, { state: 'waiting', why });
  }

  async function run(): Promise<void> {
    while (!stopSignal.signal.aborted) {
      await poll().catch((error: unknown) => {
        const why = `${path} cannot be read: ${whyUnreadable(error, 'Name a log.').replace(/\.$/, '')}`;
        if (log.health.state !== 'waiting') log.lost(why, { state: 'waiting', why });
      });
      await pause(pollMs, stopSignal.signal);
    }
    await poll().catch(() => {});
    if (file !== undefined) read(file.splitter.end());
    await file?.handle.close();
    log.end('the capture was stopped');
  }

  const stopOnAbort = (): void => stopSignal.abort();
  signal?.addEventListener('abort', stopOnAbort, { once: true });
  if (signal?.aborted === true) stopSignal.abort();
  const running = run();

  return {
    get health() {
      return log.health;
    },
    onDidChange: log.onDidChange,
    stop() {
      signal?.removeEventListener('abort', stopOnAbort);
      stopSignal.abort();
      return running;
    },
  };
}

async function openTailed(path: string, inode: bigint): Promise<Tailed> {
  return {
    handle: await open(path, 'r'),
    inode,
    splitter: createLineSplitter(),
    head: Buffer.alloc(0),
    position: 0,
  };
}

async function readToEnd(file: Tailed, buffer: Buffer, read: (lines: readonly FileLine[]) => void): Promise<void> {
  for (;;) {
    const { bytesRead } = await file.handle.read(buffer, 0, buffer.length, file.position);
    if (bytesRead === 0) return;
    const chunk = buffer.subarray(0, bytesRead);
    if (file.head.length < HEAD_BYTES && file.position === file.head.length) {
      file.head = Buffer.concat([file.head, chunk]).subarray(0, HEAD_BYTES);
    }
    file.position += bytesRead;
    // The splitter keeps what is not a whole line yet: it needs bytes that stay.
    read(file.splitter.push(Buffer.from(chunk)));
  }
}

/** Whether what was read is no longer what the file begins with. */
async function wasRewritten(file: Tailed, size: number): Promise<boolean> {
  if (size < file.position) return true;
  if (size === file.position || file.head.length === 0) return false;
  const head = Buffer.alloc(file.head.length);
  await file.handle.read(head, 0, head.length, 0);
  return !head.equals(file.head);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => {});
}
