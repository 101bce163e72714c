import type { EventKind } from '../src/core/events/event';
import type { Microseconds } from '../src/core/time';
import type { DeliverySummary, Mark, Tone } from '../src/core/timeline/deliveryView';

/** A report that is not there: where it would have had to be, from the start of the delivery. */
export interface AbsentReport {
  readonly kind: 'missing' | 'due';
  readonly offset: Microseconds;
}

const REPORT_KINDS: ReadonlySet<EventKind> = new Set(['call.reporting', 'call.reported', 'call.added']);

/**
 * The absent report of a delivery, `undefined` where one was attempted, none is owed, or nobody can say.
 * It stands at the deadline, or at the end of the app when that came first.
 */
export function reportOf(delivery: DeliverySummary): AbsentReport | undefined {
  const { deadline, marks, verdict } = delivery;
  if (deadline === undefined || marks.some(({ kind }) => REPORT_KINDS.has(kind))) return undefined;
  if (verdict === 'pending') return { kind: 'due', offset: deadline.to };
  if (verdict !== 'missing-report' && verdict !== 'killed') return undefined;
  const ended = marks.find(({ kind }) => kind === 'app.terminated');
  return { kind: 'missing', offset: Math.min(deadline.to, ended?.offset ?? deadline.to) };
}

/** A mark's tone on its delivery: a report that came after the deadline is not a good one. */
export function toneOf(mark: Pick<Mark, 'kind' | 'tone' | 'offset'>, delivery: DeliverySummary): Tone {
  const { deadline } = delivery;
  const isLate = deadline !== undefined && mark.offset > deadline.to;
  return isLate && mark.tone === 'good' && REPORT_KINDS.has(mark.kind) ? 'bad' : mark.tone;
}
