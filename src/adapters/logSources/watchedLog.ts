import type { VoipEvent } from '../../core/events/event';
import type { LogFormat } from '../../core/log/logFormat';
import { createLogReader } from '../../core/log/logReader';
import { MICROSECONDS_PER_SECOND, type Microseconds, microsecondsFromMilliseconds } from '../../core/time';
import { systemHostClock } from './hostClock';
import type { CaptureOptions, LogCapture, LogSourceHealth } from './logSource';

/** What a tool had read and not yet handed over when it died: that, too, nobody saw. */
const UNTOLD: Microseconds = 2 * MICROSECONDS_PER_SECOND;

/**
 * The part that all captures share: lines in, events out; from when to when the log was watched; and its health.
 * A log that is lost is `source.ended` at once, so that silence proves nothing, and `source.gap` when it is found again.
 */
export interface WatchedLog {
  readonly health: LogSourceHealth;
  readonly onDidChange: LogCapture['onDidChange'];
  /** It is being watched from now on, even if it says nothing. */
  watching(): void;
  /** Lines as they come; they also say that the log is being watched. */
  readLines(lines: readonly string[]): void;
  /** Lines that were there before anybody watched. */
  readHistory(lines: readonly string[]): void;
  /** Nobody watches until `watching` or the next line; `health` says what is done about it. */
  lost(why: string, health: LogSourceHealth): void;
  setHealth(health: LogSourceHealth): void;
  /** Nobody watches any more. */
  end(why: string): void;
}

export function createWatchedLog(options: CaptureOptions, format: LogFormat): WatchedLog {
  const { source, onEvents, nowMs = Date.now, matchers, onToken } = options;
  const hostClock = options.hostClock ?? systemHostClock(nowMs);
  const reader = createLogReader({
    source,
    format,
    hostClock,
    ...(matchers !== undefined && { matchers }),
    ...(onToken !== undefined && { onToken }),
  });
  const listeners = new Set<() => void>();
  let health: LogSourceHealth = { state: 'starting' };
  let state: 'unwatched' | 'watched' | 'lost' = 'unwatched';
  let loss: { readonly from: Microseconds; readonly why: string } | undefined;

  const now = (): Microseconds => microsecondsFromMilliseconds(nowMs());

  function setHealth(next: LogSourceHealth): void {
    health = next;
    for (const listener of listeners) listener();
  }

  function emit(events: readonly VoipEvent[]): void {
    if (events.length > 0) onEvents(events);
  }

  /** `foundAt`: by the log's clock, the first line after a loss. */
  function found(foundAt: Microseconds | undefined): void {
    if (state === 'watched') return;
    const at = now();
    const events = state === 'unwatched' ? reader.start(at) : [];
    if (loss !== undefined) {
      const to = Math.max(foundAt ?? reader.logTime(at), loss.from);
      emit([{ kind: 'source.gap', source, from: loss.from, at: to, arrivedAt: at, why: loss.why }]);
    } else emit(events);
    loss = undefined;
    state = 'watched';
    setHealth({ state: 'watching', sinceMs: nowMs() });
  }

  function readLive(line: string, arrivedAt: Microseconds): readonly VoipEvent[] {
    const before = reader.lastSeen();
    const events = reader.read(line, arrivedAt);
    if (state === 'watched') return events;
    const seen = reader.lastSeen();
    if (seen === undefined || (seen === before && events.length === 0)) return events;
    found(seen);
    return events;
  }

  return {
    get health() {
      return health;
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    watching: () => found(undefined),
    readLines(lines) {
      const at = now();
      emit(lines.flatMap((line) => (state === 'watched' ? reader.read(line, at) : readLive(line, at))));
    },
    readHistory: (lines) => emit(lines.flatMap((line) => reader.read(line))),
    lost(why, next) {
      if (state === 'watched') {
        const diedAt = reader.logTime(now());
        const from = Math.max(Math.min(reader.lastSeen() ?? diedAt, diedAt), diedAt - UNTOLD);
        loss = { from, why };
        emit([{ kind: 'source.ended', source, at: from, why }]);
        state = 'lost';
      }
      setHealth(next);
    },
    setHealth,
    end(why) {
      if (state === 'watched') emit(reader.end(why, now()));
      state = 'lost';
      if (health.state !== 'ended') setHealth({ state: 'ended', why });
    },
  };
}
