import type { VoipEvent } from '../core/events/event';
import type { JudgedDelivery } from '../core/timeline/timeline';
import type { ReadLog } from './logTools';
import type { TimelineSession } from './timelineSession';

/** A log that was read, under the name that its events have. */
export interface NamedLog {
  readonly source: string;
  readonly log: ReadLog;
}

/**
 * Puts logs into the timeline, without what is there already, and says what was found:
 * `12 deliveries, 1 crash report joined.`
 */
export function addLogs(session: TimelineSession, logs: readonly NamedLog[]): string {
  const before = new Set(session.timeline.deliveries.map(({ delivery }) => delivery.id));
  const fresh = withoutKnown(
    logs.flatMap(({ log }) => log.events),
    session.events,
  );
  if (fresh.length === 0) return `${namesOf(logs)} ${logs.length === 1 ? 'is' : 'are'} in the timeline already.`;
  session.append(fresh);
  const { deliveries } = session.timeline;
  const added = deliveries.filter(({ delivery }) => !before.has(delivery.id)).length;
  const parts = [count(added, 'delivery', 'deliveries'), ...crashParts(logs, deliveries)];
  const found = parts.filter((part) => part !== undefined);
  return found.length === 0 ? `No VoIP push in ${namesOf(logs)}.` : `${found.join(', ')}.`;
}

function withoutKnown(events: readonly VoipEvent[], known: readonly VoipEvent[]): readonly VoipEvent[] {
  const sources = new Set(events.map(({ source }) => source));
  const seen = new Set(known.filter(({ source }) => sources.has(source)).map((event) => JSON.stringify(event)));
  return events.filter((event) => !seen.has(JSON.stringify(event)));
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
