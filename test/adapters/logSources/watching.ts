import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaptureOptions, LogCapture, LogSourceHealth } from '../../../src/adapters/logSources/logSource';
import type { EventKind, VoipEvent } from '../../../src/core/events/event';

/** What a capture told so far. */
export interface Watching {
  readonly events: VoipEvent[];
  readonly healths: LogSourceHealth[];
  readonly kinds: () => readonly EventKind[];
  /** Kept as soon as this is so. */
  until(isSo: () => boolean): Promise<void>;
  readonly capture: LogCapture;
}

/** Watches in a folder of its own, and ends the capture whatever happens. */
export async function watch(
  start: (folder: string, options: CaptureOptions) => LogCapture,
  work: (watching: Watching, folder: string) => Promise<void>,
  options: Partial<CaptureOptions> = {},
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'voip-push-watch-'));
  const events: VoipEvent[] = [];
  const healths: LogSourceHealth[] = [];
  const checks = new Set<() => void>();
  const check = (): void => {
    for (const one of [...checks]) one();
  };
  const capture = start(folder, {
    source: 'device',
    firstPauseMs: 10,
    longestPauseMs: 40,
    settleMs: 50,
    pollMs: 10,
    onEvents: (added) => {
      events.push(...added);
      check();
    },
    ...options,
  });
  healths.push(capture.health);
  capture.onDidChange(() => {
    healths.push(capture.health);
    check();
  });
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const one = (): void => {
        if (!isSo()) return;
        checks.delete(one);
        resolve();
      };
      checks.add(one);
      one();
    });
  try {
    await work({ events, healths, kinds: () => events.map(({ kind }) => kind), until, capture }, folder);
  } finally {
    await capture.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A line of `idevicesyslog` 1.4 for now, in this computer's zone, as a device with this offset prints it. */
export function deviceLine(message: string, offsetMs = 0, atMs = Date.now()): string {
  const at = new Date(atMs + offsetMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const month = at.toLocaleString('en-US', { month: 'short' });
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return `${month} ${String(at.getDate()).padStart(2)} ${time}.${String(at.getMilliseconds()).padStart(3, '0')}000 Example[100] <Notice>: ${message}`;
}

export const RECEIVED = 'voip-push 1 {"e":"received","app":"com.example.app","mustReport":true,"via":"metadata"}';
