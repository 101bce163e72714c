import type { VoipEvent } from '../core/events/event';
import { runToEnd } from '../core/slices';
import type { Microseconds } from '../core/time';
import { MICROSECONDS_PER_MILLISECOND } from '../core/time';
import { buildTimeline, buildTimelineSteps, type Timeline, type TimelineOptions } from '../core/timeline/timeline';
import { createListeners, type Disposable } from './listeners';
import { startsOfRunningSources } from './openSources';
import { runWhileWanted } from './runInSlices';
import { keepUnchanged } from './unchangedDeliveries';

/** What happened so far, and what it means: the one state that every view shows. */
export interface TimelineSession extends Disposable {
  readonly events: readonly VoipEvent[];
  /**
   * What the views show: judged with all events there are while these are few, else with those of the last judging. A
   * delivery that came out the same as before is the same object.
   */
  readonly timeline: Timeline;
  /** The timeline as soon as it is judged with all events there are now. */
  upToDate(): Promise<Timeline>;
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
  readonly judging: () => Pick<TimelineOptions, 'deadline' | 'callIdPointers'>;
  /** How long to wait for more events before judging. */
  readonly coalesceMs?: number;
}

const DEFAULT_COALESCE_MS = 50;
/** So few are judged in a few milliseconds: at once, when somebody asks. More are judged in slices. */
const FEW_EVENTS = 1000;
/** Judging takes longer the more there is: it gets at most half of the time. */
const REST_PER_JUDGING = 1;

/** An empty session. */
export function createTimelineSession(options: TimelineSessionOptions): TimelineSession {
  const { now, judging, coalesceMs = DEFAULT_COALESCE_MS } = options;
  const appended = createListeners<readonly VoipEvent[]>();
  const replaced = createListeners<readonly VoipEvent[]>();
  const changed = createListeners<Timeline>();
  let events: VoipEvent[] = [];
  let timeline = buildTimeline([]);
  /** There is something that no judging began with. */
  let isStale = false;
  /** The judging in slices that is under way. */
  let running: object | undefined;
  let begun = 0;
  let restsUntil = 0;
  let timer: NodeJS.Timeout | undefined;
  let waiting: { readonly forJudging: number; readonly resolve: () => void }[] = [];
  let isDisposed = false;

  function* judgingSteps(): Generator<void, Timeline> {
    const judged = yield* buildTimelineSteps(events, { ...judging(), now: now() });
    return { ...judged, deliveries: yield* keepUnchanged(timeline.deliveries, judged.deliveries) };
  }

  function current(): Timeline {
    if (!isStale || events.length > FEW_EVENTS) return timeline;
    isStale = false;
    timeline = runToEnd(judgingSteps());
    return timeline;
  }

  async function judge(): Promise<void> {
    timer = undefined;
    begun += 1;
    const startedAt = performance.now();
    isStale = true;
    if (events.length <= FEW_EVENTS) current();
    else if (!(await judgeInSlices())) return;
    const endedAt = performance.now();
    restsUntil = endedAt + (endedAt - startedAt) * REST_PER_JUDGING;
    tell();
  }

  /** Whether it came to an end before all events were replaced. */
  async function judgeInSlices(): Promise<boolean> {
    isStale = false;
    const own = {};
    running = own;
    try {
      const judged = await runWhileWanted(judgingSteps(), () => running === own);
      timeline = judged ?? timeline;
      return judged !== undefined;
    } finally {
      if (running === own) running = undefined;
    }
  }

  function tell(): void {
    changed.tell(timeline);
    const told = waiting.filter(({ forJudging }) => forJudging <= begun);
    waiting = waiting.filter(({ forJudging }) => forJudging > begun);
    for (const { resolve } of told) resolve();
    const { nextDecisionAt } = timeline;
    if (isStale) judgeSoon();
    else if (nextDecisionAt !== undefined && timer === undefined) {
      const delayMs = (nextDecisionAt - now()) / MICROSECONDS_PER_MILLISECOND;
      wakeIn(Math.max(coalesceMs, delayMs + 1));
    }
  }

  function judgeSoon(): void {
    isStale = true;
    // The one that is under way is followed by another.
    if (running !== undefined) return;
    wakeIn(waiting.length > 0 ? 0 : Math.max(coalesceMs, restsUntil - performance.now()));
  }

  function wakeIn(delayMs: number): void {
    if (isDisposed) return;
    clearTimeout(timer);
    timer = setTimeout(() => void judge(), delayMs);
  }

  function replaceWith(next: VoipEvent[]): void {
    events = next;
    running = undefined;
    replaced.tell(events);
    judgeSoon();
  }

  return {
    get events() {
      return events;
    },
    get timeline() {
      return current();
    },
    async upToDate() {
      const isUnderWay = running !== undefined && !isStale;
      if (isDisposed || (running === undefined && !isStale) || events.length <= FEW_EVENTS) return current();
      await new Promise<void>((resolve) => {
        waiting.push({ forJudging: isUnderWay ? begun : begun + 1, resolve });
        if (!isUnderWay) judgeSoon();
      });
      return timeline;
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
      // What `clear` kept is in what it gave, too: the starts of logs.
      const since = events.filter((event) => event.kind !== 'source.started' || !earlier.includes(event));
      replaceWith([...earlier, ...since]);
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
      running = undefined;
      clearTimeout(timer);
      for (const { resolve } of waiting) resolve();
      for (const listeners of [appended, replaced]) listeners.clear();
      changed.clear();
    },
  };
}
