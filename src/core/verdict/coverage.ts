import type { EventKind, VoipEvent } from '../events/event';
import { inSlices } from '../slices';
import type { Microseconds } from '../time';

/** What nobody watched of one source; absence of a line means nothing there. */
export interface SourceCoverage {
  readonly started?: Microseconds;
  readonly ended?: Microseconds;
  /** The latest time the source spoke of, by its own clock. */
  readonly last: Microseconds;
  readonly gaps: readonly { readonly from: Microseconds; readonly to: Microseconds; readonly why: string }[];
  /** Source clock minus host clock, from the latest event captured live. */
  readonly clockOffset?: Microseconds;
  /** A report of some kind was seen in it: its silence about one means something. */
  readonly tellsReports?: boolean;
}

/** Which stretches of time each log source was watched, from its own events. */
export type Coverage = ReadonlyMap<string, SourceCoverage>;

type Draft = { -readonly [K in keyof SourceCoverage]: SourceCoverage[K] };

/** Reads the coverage of every source that has a `source.started`. */
export function* coverageOf(events: readonly VoipEvent[]): Generator<void, Coverage> {
  const sources = new Map<string, Draft>();
  const startsByHost = new Map<Draft, HostStart>();
  yield* inSlices(events, (event) => {
    const source = sources.get(event.source);
    if (source !== undefined) {
      cover(source, event);
      learnOffset(startsByHost.get(source), event);
    } else if (event.kind === 'source.started') {
      const started: Draft = { started: event.at, last: event.at, gaps: [] };
      if (event.arrivedAt !== undefined) started.clockOffset = event.at - event.arrivedAt;
      if (event.arrivedAt === event.at) startsByHost.set(started, { at: event.at });
      sources.set(event.source, started);
    }
  });
  for (const [source, { at, leastOffset = 0 }] of startsByHost) source.started = at + leastOffset;
  return sources;
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

const REPORT_KINDS: ReadonlySet<EventKind> = new Set(['call.reporting', 'call.reported', 'call.added']);

function cover(source: Draft, event: VoipEvent): void {
  source.last = Math.max(source.last, event.at);
  if (event.arrivedAt !== undefined) source.clockOffset = event.at - event.arrivedAt;
  if (REPORT_KINDS.has(event.kind)) source.tellsReports = true;
  if (event.kind === 'source.gap') {
    source.gaps = [...source.gaps, { from: event.from, to: event.at, why: event.why }];
    // Found again: it is being watched from the end of the gap on.
    delete source.ended;
  } else if (event.kind === 'source.ended') source.ended = event.at;
  else if (event.kind === 'source.started') reopen(source, event.at);
}

/** A source that starts again after it ended was not watched in between. */
function reopen(source: Draft, at: Microseconds): void {
  if (source.ended === undefined) return;
  source.gaps = [...source.gaps, { from: source.ended, to: at, why: 'the log was not watched for a while' }];
  delete source.ended;
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
  return source.gaps.find((gap) => gap.from < to && gap.to > from)?.why;
}
