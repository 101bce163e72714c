import type { VoipEvent } from '../events/event';
import { agreedRate } from '../events/tickingClock';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';

/** What nobody watched of one source; absence of a line means nothing there. */
export interface SourceCoverage {
  readonly started?: Microseconds;
  readonly ended?: Microseconds;
  /** The latest time the source spoke of, by its own clock. */
  readonly last: Microseconds;
  /** In order of time, none reaching into the next. */
  readonly gaps: readonly Gap[];
  /** Long times without evidence, of which no second clock says that they passed: its clock may have been set instead. */
  readonly silences: readonly Silence[];
  /** Source clock minus host clock, from the latest event captured live. */
  readonly clockOffset?: Microseconds;
  /** The apps, by process name, whose own reports were seen in it: its silence about one means something. */
  readonly reporters?: ReadonlySet<string>;
  /** The system's line of a report was seen in it, of whichever app. */
  readonly tellsSystemReports?: boolean;
}

interface Gap {
  readonly from: Microseconds;
  readonly to: Microseconds;
  readonly why: string;
}

interface Silence {
  readonly from: Microseconds;
  readonly to: Microseconds;
}

/** Who sets a clock forward by less cannot be told from an app that is slow. */
export const LONG_SILENCE: Microseconds = 60 * MICROSECONDS_PER_SECOND;

/** Which stretches of time each log source was watched, from its own events. */
export type Coverage = ReadonlyMap<string, SourceCoverage>;

type Draft = { -readonly [K in keyof Omit<SourceCoverage, 'reporters' | 'gaps' | 'silences'>]: SourceCoverage[K] } & {
  reporters?: Set<string>;
  gaps: Gap[];
  silences: Silence[];
  latest: VoipEvent;
};

/** Takes events in order, and says what of every source that has a `source.started` they cover. */
export function createCoverage(): { add(event: VoipEvent): void; read(): Coverage } {
  const sources = new Map<string, Draft>();
  const startsByHost = new Map<Draft, HostStart>();
  return {
    add(event) {
      const source = sources.get(event.source);
      if (source !== undefined) {
        cover(source, event);
        learnOffset(startsByHost.get(source), event);
      } else if (event.kind === 'source.started') {
        const started: Draft = { started: event.at, last: event.at, gaps: [], silences: [], latest: event };
        if (event.arrivedAt !== undefined) started.clockOffset = event.at - event.arrivedAt;
        if (event.arrivedAt === event.at) startsByHost.set(started, { at: event.at });
        sources.set(event.source, started);
      }
    },
    read() {
      for (const [source, { at, leastOffset = 0 }] of startsByHost) source.started = at + leastOffset;
      for (const source of sources.values()) {
        source.gaps = disjoint(source.gaps);
        source.silences.sort((one, other) => one.from - other.from);
      }
      return sources;
    },
  };
}

function disjoint(gaps: readonly Gap[]): Gap[] {
  const merged: Gap[] = [];
  for (const gap of gaps.toSorted((one, other) => one.from - other.from)) {
    const last = merged.at(-1);
    if (last === undefined || gap.from > last.to) merged.push(gap);
    else if (gap.to > last.to) merged[merged.length - 1] = { ...last, to: gap.to };
  }
  return merged;
}

/**
 * When a log was watched before its first line, by the host's clock: only lines show the log's own. They arrive late,
 * never early, so the least offset is sure not to start it after a line that came.
 */
interface HostStart {
  readonly at: Microseconds;
  leastOffset?: Microseconds;
}

function learnOffset(start: HostStart | undefined, { at, arrivedAt }: VoipEvent): void {
  if (start === undefined || arrivedAt === undefined) return;
  start.leastOffset = Math.min(start.leastOffset ?? at - arrivedAt, at - arrivedAt);
}

function cover(source: Draft, event: VoipEvent): void {
  listen(source, event);
  source.last = Math.max(source.last, event.at);
  if (event.arrivedAt !== undefined) source.clockOffset = event.at - event.arrivedAt;
  if (event.kind === 'call.reporting' || event.kind === 'call.reported') {
    source.reporters = (source.reporters ?? new Set()).add(event.process ?? '');
  } else if (event.kind === 'call.added') source.tellsSystemReports = true;
  else if (event.kind === 'source.gap') {
    source.gaps.push({ from: event.from, to: event.at, why: event.why });
    // Found again: it is being watched from the end of the gap on.
    delete source.ended;
  } else if (event.kind === 'source.ended') source.ended = event.at;
  else if (event.kind === 'source.started') reopen(source, event.at);
}

function listen(source: Draft, event: VoipEvent): void {
  const { latest } = source;
  if (event.at < latest.at) return;
  source.latest = event;
  if (event.at - latest.at <= LONG_SILENCE) return;
  const isTimed = latest.arrivedAt !== undefined && event.arrivedAt !== undefined;
  if (!isTimed && agreedRate(latest, event) === undefined) source.silences.push({ from: latest.at, to: event.at });
}

/** A source that starts again after it ended was not watched in between. */
function reopen(source: Draft, at: Microseconds): void {
  if (source.ended === undefined) return;
  source.gaps.push({ from: source.ended, to: at, why: 'the log was not watched for a while' });
  delete source.ended;
}

/** Whether the source would have told of a report of this app, going by what it told so far. */
export function tellsReportsOf(source: SourceCoverage | undefined, process: string | undefined): boolean {
  return source?.tellsSystemReports === true || source?.reporters?.has(process ?? '') === true;
}

/** Why silence between `from` and `to` proves nothing; `undefined` when the source was watched throughout. */
export function unwatchedBetween(
  source: SourceCoverage | undefined,
  from: Microseconds,
  to: Microseconds,
): string | undefined {
  if (source === undefined) return 'no log was being watched';
  if (source.started !== undefined && source.started > from) return 'the log starts later';
  if (source.ended !== undefined && source.ended < to) return 'the log ends before the deadline';
  return gapBetween(source, from, to);
}

/** Why the source was not watched for a part of the time; `undefined` when it has no gap there. */
export function gapBetween(
  source: SourceCoverage | undefined,
  from: Microseconds,
  to: Microseconds,
): string | undefined {
  return gapsBetween(source, from, to)[0]?.why;
}

/** The gaps that overlap a stretch of time, in order. */
export function gapsBetween(source: SourceCoverage | undefined, from: Microseconds, to: Microseconds): readonly Gap[] {
  const gaps = source?.gaps ?? [];
  const first = firstIndex(gaps, (gap) => gap.to > from);
  const end = firstIndex(gaps, (gap) => gap.from >= to);
  return gaps.slice(first, end);
}

/**
 * How long the source gave no evidence at once between `from` and `to`, where its clock may have been set forward instead
 * so that no more than `most` really passed; `undefined` where it cannot be.
 */
export function clockMayHaveBeenSet(
  source: SourceCoverage | undefined,
  from: Microseconds,
  to: Microseconds,
  most: Microseconds,
): Microseconds | undefined {
  const silences = source?.silences ?? [];
  for (let index = firstIndex(silences, (silence) => silence.from >= from); ; index += 1) {
    const silence = silences[index];
    if (silence === undefined || silence.from > from + most || silence.to > to) return undefined;
    const length = silence.to - silence.from;
    if (to - from - length <= most) return length;
  }
}

/** Where, in a list that fails a test at first and then passes it, the passing begins. */
function firstIndex<T>(items: readonly T[], passes: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && passes(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
