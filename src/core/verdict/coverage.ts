import type { VoipEvent } from '../events/event';
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
}

/** Which stretches of time each log source was watched, from its own events. */
export type Coverage = ReadonlyMap<string, SourceCoverage>;

/** Reads the coverage of every source that has a `source.started`. */
export function coverageOf(events: readonly VoipEvent[]): Coverage {
  const sources = new Map<string, { -readonly [K in keyof SourceCoverage]: SourceCoverage[K] }>();
  for (const event of events) {
    let source = sources.get(event.source);
    if (source === undefined) {
      if (event.kind !== 'source.started') continue;
      source = { started: event.at, last: event.at, gaps: [] };
      sources.set(event.source, source);
    }
    source.last = Math.max(source.last, event.at);
    if (event.arrivedAt !== undefined) source.clockOffset = event.at - event.arrivedAt;
    if (event.kind === 'source.gap') source.gaps = [...source.gaps, { from: event.from, to: event.at, why: event.why }];
    if (event.kind === 'source.ended') source.ended = event.at;
    else if (event.kind === 'source.started') reopen(source, event.at);
  }
  return sources;
}

/** A source that starts again after it ended was not watched in between. */
function reopen(source: { -readonly [K in keyof SourceCoverage]: SourceCoverage[K] }, at: Microseconds): void {
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
