import type { CancelSignal } from '../../core/ports';
import { readLineBatches } from '../logFile';
import type { CaptureOptions } from './logSource';
import { createWatchedLog } from './watchedLog';

/**
 * Watches a stream of bytes, stdin for one, to its end or to the abort of `signal`. Rejects with the error of the
 * stream.
 */
export async function captureStream(chunks: AsyncIterable<Uint8Array>, options: CaptureOptions): Promise<void> {
  const log = createWatchedLog(options, 'unknown');
  const aborted = whenAborted(options.signal);
  const batches = readLineBatches(chunks)[Symbol.asyncIterator]();
  log.watching();
  for (;;) {
    const next = await Promise.race([batches.next(), aborted]);
    if (next === undefined || next.done === true) break;
    log.readLines(next.value.filter(({ isCut }) => !isCut).map(({ text }) => text));
  }
  log.end('the stream ended');
}

function whenAborted(signal: CancelSignal | undefined): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve(undefined);
    else signal?.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
