import type { VoipEvent } from '../core/events/event';
import type { Microseconds } from '../core/time';
import { MICROSECONDS_PER_MILLISECOND } from '../core/time';
import { buildTimeline, type Timeline, type TimelineOptions } from '../core/timeline/timeline';
import { createListeners, type Disposable } from './listeners';
import { startsOfRunningSources } from './openSources';

/** What happened so far, and what it means: the one state that every view shows. */
export interface TimelineSession extends Disposable {
  readonly events: readonly VoipEvent[];
  /** Judged with all events there are. */
  readonly timeline: Timeline;
  append(events: readonly VoipEvent[]): void;
  /** Puts events of earlier in front of what there is: a recording that was read, or what `clear` took away. */
  restore(events: readonly VoipEvent[]): void;
  /** Forgets everything but which logs are being watched, and gives what `restore` needs to bring it back. */
  clear(): readonly VoipEvent[];
  /** Judges again, for example with another deadline. */
  refresh(): void;
  /** Tells of events as they come, for a recording. */
  onDidAppend(listener: (events: readonly VoipEvent[]) => void): Disposable;
  /** Tells that all events were replaced: by `restore` or `clear`. */
  onDidReplace(listener: (events: readonly VoipEvent[]) => void): Disposable;
  /** Tells of a new timeline: soon after events came, not for each; and when time itself decided something. */
  onDidChange(listener: (timeline: Timeline) => void): Disposable;
}

export interface TimelineSessionOptions {
  /** The host's clock. */
  readonly now: () => Microseconds;
  readonly judging: () => Pick<TimelineOptions, 'deadline'>;
  /** How long to wait for more events before judging. */
  readonly coalesceMs?: number;
}

const DEFAULT_COALESCE_MS = 50;
// Judging takes longer the more there is: it gets at most a fifth of the time.
const REST_PER_JUDGING = 4;

/** An empty session. */
export function createTimelineSession(options: TimelineSessionOptions): TimelineSession {
  const { now, judging, coalesceMs = DEFAULT_COALESCE_MS } = options;
  const appended = createListeners<readonly VoipEvent[]>();
  const replaced = createListeners<readonly VoipEvent[]>();
  const changed = createListeners<Timeline>();
  let events: VoipEvent[] = [];
  let timeline = buildTimeline([]);
  let isStale = false;
  let judgingTookMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;

  function judged(): Timeline {
    if (!isStale) return timeline;
    isStale = false;
    const startedAt = performance.now();
    timeline = buildTimeline(events, { ...judging(), now: now() });
    judgingTookMs = performance.now() - startedAt;
    return timeline;
  }

  function judgeSoon(): void {
    isStale = true;
    wakeIn(Math.max(coalesceMs, judgingTookMs * REST_PER_JUDGING));
  }

  function wakeIn(delayMs: number): void {
    if (isDisposed) return;
    clearTimeout(timer);
    timer = setTimeout(judgeNow, delayMs);
  }

  function judgeNow(): void {
    isStale = true;
    const { nextDecisionAt } = judged();
    timer = undefined;
    changed.tell(timeline);
    if (nextDecisionAt === undefined || timer !== undefined) return;
    const delayMs = (nextDecisionAt - now()) / MICROSECONDS_PER_MILLISECOND;
    wakeIn(Math.max(coalesceMs, delayMs + 1));
  }

  function replaceWith(next: VoipEvent[]): void {
    events = next;
    replaced.tell(events);
    judgeSoon();
  }

  return {
    get events() {
      return events;
    },
    get timeline() {
      return judged();
    },
    append(added) {
      if (added.length === 0) return;
      for (const event of added) events.push(event);
      appended.tell(added);
      // The timer that runs already includes these; starting anew would starve the views under a steady stream.
      if (isStale && timer !== undefined) return;
      judgeSoon();
    },
    restore(earlier) {
      // What `clear` kept is in what it gave, too.
      const known = new Set(earlier);
      replaceWith([...earlier, ...events.filter((event) => !known.has(event))]);
    },
    clear() {
      const cleared = events;
      replaceWith(startsOfRunningSources(cleared));
      return cleared;
    },
    refresh: judgeSoon,
    onDidAppend: appended.add,
    onDidReplace: replaced.add,
    onDidChange: changed.add,
    dispose() {
      isDisposed = true;
      clearTimeout(timer);
      for (const listeners of [appended, replaced]) listeners.clear();
      changed.clear();
    },
  };
}
