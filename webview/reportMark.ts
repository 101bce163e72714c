import type { EventKind } from '../src/core/events/event';
import type { Microseconds } from '../src/core/time';
import type { DeliverySummary, Mark, Tone } from '../src/core/timeline/deliveryView';
import type { VerdictSeverity } from '../src/core/verdict/verdict';

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

/** Total over what a verdict can say of the delivery. */
const LATE_TONES: { readonly [K in VerdictSeverity]: Tone } = {
  error: 'bad',
  warning: 'warning',
  info: 'good',
  none: 'good',
};

/**
 * A mark's tone on its delivery. A report after the deadline is as bad as the verdict says, since the two stand side by
 * side: red where it is flagged, a warning where it is in doubt, because the clock may have been set for example. Where
 * nothing is blamed it stays good: no report was due, or the attempt came in time and only its answer after the deadline.
 */
export function toneOf(mark: Pick<Mark, 'kind' | 'tone' | 'offset'>, delivery: DeliverySummary): Tone {
  const { deadline, severity } = delivery;
  const isLate = deadline !== undefined && mark.offset > deadline.to;
  return isLate && mark.tone === 'good' && REPORT_KINDS.has(mark.kind) ? LATE_TONES[severity] : mark.tone;
}
