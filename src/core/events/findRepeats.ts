import { inSlices } from '../slices';
import type { Microseconds } from '../time';
import type { VoipEvent } from './event';

/** One going through a log, from its `source.started` to the next. */
interface Reading {
  readonly startedAt: Microseconds;
  endsAt: Microseconds;
}

/**
 * Tells, of each of `events` in turn, whether a log says it again because it was read again. A line that a log holds
 * twice stays twice.
 */
export function* findRepeats(events: readonly VoipEvent[]): Generator<void, (event: VoipEvent) => boolean> {
  const readAgain = yield* sourcesReadAgain(events);
  const readers = new Map([...readAgain].map((source) => [source, createRereader()]));
  return (event) => readers.size > 0 && readers.get(event.source)?.hasRead(event) === true;
}

/** Logs of which a part was read more than once: two readings tell of the same time. */
function* sourcesReadAgain(events: readonly VoipEvent[]): Generator<void, ReadonlySet<string>> {
  const readings = new Map<string, Reading[]>();
  yield* inSlices(events, (event) => {
    const known = readings.get(event.source);
    if (event.kind === 'source.started') {
      const reading = { startedAt: event.at, endsAt: event.at };
      if (known === undefined) readings.set(event.source, [reading]);
      else known.push(reading);
      return;
    }
    const latest = known?.at(-1);
    if (latest !== undefined && event.at > latest.endsAt) latest.endsAt = event.at;
  });
  const again = [...readings].filter(([, known]) => overlap(known));
  return new Set(again.map(([source]) => source));
}

function overlap(readings: readonly Reading[]): boolean {
  const inOrder = readings.toSorted((one, other) => one.startedAt - other.startedAt);
  return inOrder.some(({ startedAt }, index) => index > 0 && startedAt < (inOrder[index - 1]?.endsAt ?? 0));
}

interface Rereader {
  /** Whether an earlier reading told of this event as often as this one has by now. */
  hasRead(event: VoipEvent): boolean;
}

function createRereader(): Rereader {
  const seen = new Map<string, number>();
  let seenNow = new Map<string, number>();
  return {
    hasRead(event) {
      if (event.kind === 'source.started') {
        for (const [key, times] of seenNow) seen.set(key, Math.max(times, seen.get(key) ?? 0));
        seenNow = new Map();
      }
      const key = keyOf(event);
      const times = (seenNow.get(key) ?? 0) + 1;
      seenNow.set(key, times);
      return times <= (seen.get(key) ?? 0);
    },
  };
}

/** What makes two events the same. */
function keyOf(event: VoipEvent): string {
  const pid = 'pid' in event ? event.pid : undefined;
  return `${event.at} ${event.kind} ${pid ?? ''} ${event.line ?? ''}`;
}
