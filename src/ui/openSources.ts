import type { VoipEvent } from '../core/events/event';
import { inSlices } from '../core/slices';
import type { Microseconds } from '../core/time';

/** The latest `source.started` of each source that has not ended: from then on it is watched, whatever else is forgotten. */
export function startsOfRunningSources(events: readonly VoipEvent[]): VoipEvent[] {
  const running = new Map<string, VoipEvent>();
  for (const event of events) {
    if (event.kind === 'source.started') running.set(event.source, event);
    else if (event.kind === 'source.ended') running.delete(event.source);
  }
  return [...running.values()];
}

/** Something happened beside the watching itself: only then is there anything to keep. */
export function sayMoreThanWatching(events: readonly VoipEvent[]): boolean {
  return events.some(({ kind }) => kind !== 'source.started' && kind !== 'source.gap' && kind !== 'source.ended');
}

/**
 * The `source.ended` events of a recording that ends while its logs are watched: what was silent until `now` was silent.
 * Yields as `inSlices` does.
 */
export function* endRunningSources(
  events: readonly VoipEvent[],
  now: Microseconds,
  why: string,
): Generator<void, readonly VoipEvent[]> {
  const offsets = new Map<string, Microseconds>();
  yield* inSlices(events, ({ kind, source, at, arrivedAt }) => {
    if (kind === 'source.ended') offsets.delete(source);
    else if (arrivedAt !== undefined && (kind === 'source.started' || offsets.has(source)))
      offsets.set(source, at - arrivedAt);
  });
  return [...offsets].map(([source, offset]) => ({
    kind: 'source.ended',
    source,
    at: now + offset,
    arrivedAt: now,
    why,
  }));
}

/**
 * The `source.ended` events that are missing from a recording whose window was closed without a word: silence after the
 * last line of such a source proves nothing. Yields as `inSlices` does.
 */
export function* endOpenSources(events: readonly VoipEvent[], why: string): Generator<void, readonly VoipEvent[]> {
  const lastAt = new Map<string, Microseconds>();
  yield* inSlices(events, ({ kind, source, at }) => {
    if (kind === 'source.ended') lastAt.delete(source);
    else if (kind === 'source.started' || lastAt.has(source))
      lastAt.set(source, Math.max(at, lastAt.get(source) ?? at));
  });
  return [...lastAt].map(([source, at]) => ({ kind: 'source.ended', source, at, why }));
}
