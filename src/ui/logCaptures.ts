import type { VoipEvent } from '../core/events/event';
import type { LineMatcher } from '../core/log/lineMatcher';
import type { DeviceTokenSeen } from '../core/log/logReader';
import type { CaptureOptions, LogCapture, LogSourceHealth } from '../core/log/logSource';
import { createListeners, type Disposable } from './listeners';
import type { FetchCrashReport } from './logTools';

/** A log that is being watched, for the tree and the status bar. */
export interface RunningCapture {
  /** What the log is called in events: `device My iPhone`. */
  readonly source: string;
  /** What reads it: `pymobiledevice3 4.27.3`, or the path of a file. */
  readonly reader: string;
  readonly health: LogSourceHealth;
  /** Copies the crash reports that the log tells of; missing where they lie out of reach, or on this computer. */
  readonly fetchCrashReport?: FetchCrashReport;
}

/** A log to watch. */
export interface CaptureRequest extends Pick<RunningCapture, 'source' | 'reader' | 'fetchCrashReport'> {
  readonly start: (options: CaptureOptions) => LogCapture;
}

/** All logs that are being watched now. */
export interface LogCaptures extends Disposable {
  readonly all: readonly RunningCapture[];
  /** Begins to watch; does nothing when a log of that name is watched already. */
  watch(request: CaptureRequest): Promise<void>;
  /** Ends the watching; what was printed before is in the timeline when it resolves. */
  stop(source: string): Promise<void>;
  /** Ends all. */
  close(): Promise<void>;
  /** One began, ended, or changed its health. */
  readonly onDidChange: (listener: () => void) => Disposable;
}

export interface LogCapturesOptions {
  readonly append: (events: readonly VoipEvent[]) => void;
  /** The user's own patterns, as they are when a capture starts. */
  readonly matchers: () => Promise<readonly LineMatcher[]>;
  /** Gets each whole device token that a log shows. */
  readonly onToken: (token: DeviceTokenSeen, source: string) => void;
}

/** None at first. */
export function createLogCaptures({ append, matchers, onToken }: LogCapturesOptions): LogCaptures {
  const running = new Map<string, RunningCapture & { stop(): Promise<void> }>();
  const changed = createListeners<void>();
  let isClosed = false;

  async function stop(source: string): Promise<void> {
    const capture = running.get(source);
    if (capture === undefined) return;
    await capture.stop();
    running.delete(source);
    changed.tell();
  }

  async function close(): Promise<void> {
    isClosed = true;
    await Promise.all([...running.keys()].map(stop));
  }

  return {
    get all() {
      return [...running.values()];
    },
    async watch({ start, ...about }) {
      const { source } = about;
      const own = await matchers();
      if (isClosed || running.has(source)) return;
      const capture = start({
        source,
        onEvents: append,
        matchers: own,
        onToken: (token) => onToken(token, source),
      });
      const subscription = capture.onDidChange(() => changed.tell());
      running.set(source, {
        ...about,
        get health() {
          return capture.health;
        },
        async stop() {
          await capture.stop();
          subscription.dispose();
        },
      });
      changed.tell();
    },
    stop,
    close,
    onDidChange: changed.add,
    dispose() {
      void close();
      changed.clear();
    },
  };
}
