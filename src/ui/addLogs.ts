import type { VoipEvent } from '../core/events/event';
import type { ReadLog } from '../core/log/readLog';
import { inSlices } from '../core/slices';
import type { JudgedDelivery } from '../core/timeline/timeline';
import { runInSlices } from './runInSlices';
import type { TimelineSession } from './timelineSession';

/** A log that was read, under the name that its events have. */
export interface NamedLog {
  readonly source: string;
  readonly log: ReadLog;
}

/** So many events are appended, and recorded, in a few milliseconds. */
const AT_ONCE = 500;

/**
 * Puts logs into the timeline, without what is there already, and says what was found:
 * `12 deliveries, 1 crash report joined.`
 */
export async function addLogs(session: TimelineSession, logs: readonly NamedLog[]): Promise<string> {
  const before = new Set(session.timeline.deliveries.map(({ delivery }) => delivery.id));
  const all = logs.flatMap(({ log }) => log.events);
  const fresh = await runInSlices(withoutKnown(all, session.events));
  if (fresh.length === 0) return `${namesOf(logs)} ${logs.length === 1 ? 'is' : 'are'} in the timeline already.`;
  await runInSlices(appendSteps(session, fresh));
  const { deliveries } = await session.upToDate();
  const added = deliveries.filter(({ delivery }) => !before.has(delivery.id)).length;
  const parts = [count(added, 'delivery', 'deliveries'), ...crashParts(logs, deliveries)];
  const found = parts.filter((part) => part !== undefined);
  return found.length === 0 ? `No VoIP push in ${namesOf(logs)}.` : `${namesOf(logs)}: ${found.join(', ')}.`;
}

function* withoutKnown(events: readonly VoipEvent[], known: readonly VoipEvent[]): Generator<void, VoipEvent[]> {
  const sources = new Set(events.map(({ source }) => source));
  const seen = new Set<string>();
  yield* inSlices(known, (event) => {
    if (sources.has(event.source)) seen.add(JSON.stringify(event));
  });
  const fresh: VoipEvent[] = [];
  yield* inSlices(events, (event) => {
    if (seen.size === 0 || !seen.has(JSON.stringify(event))) fresh.push(event);
  });
  return fresh;
}

function* appendSteps(session: TimelineSession, events: readonly VoipEvent[]): Generator<void, void> {
  for (let from = 0; from < events.length; from += AT_ONCE) {
    session.append(events.slice(from, from + AT_ONCE));
    yield;
  }
}

function crashParts(logs: readonly NamedLog[], deliveries: readonly JudgedDelivery[]): readonly (string | undefined)[] {
  const crashes = logs.filter(({ log }) => log.kind === 'crash').map(({ source }) => source);
  const joined = crashes.filter((crash) =>
    deliveries.some(({ delivery }) => delivery.joins.some(({ event }) => event.source === crash)),
  );
  const apart = crashes.length - joined.length;
  return [
    suffixed(count(joined.length, 'crash report', 'crash reports'), 'joined'),
    suffixed(count(apart, 'crash report', 'crash reports'), 'that no VoIP push led to'),
  ];
}

function suffixed(text: string | undefined, suffix: string): string | undefined {
  return text === undefined ? undefined : `${text} ${suffix}`;
}

function count(number: number, one: string, many: string): string | undefined {
  return number === 0 ? undefined : `${number} ${number === 1 ? one : many}`;
}

function namesOf(logs: readonly NamedLog[]): string {
  return logs.map(({ source }) => source).join(', ');
}
