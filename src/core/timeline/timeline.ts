import { correlate } from '../correlation/correlate';
import type { Delivery } from '../correlation/delivery';
import { bundleIdOf } from '../correlation/draft';
import { ownLogsOf } from '../correlation/ownLogs';
import type { AppTerminatedEvent, VoipEvent } from '../events/event';
import type { Microseconds } from '../time';
import { type Coverage, coverageOf } from '../verdict/coverage';
import { type ExplainContext, explain } from '../verdict/explain';
import { DEFAULT_DEADLINE, DEFAULT_UNDELIVERED_AFTER, judge } from '../verdict/judge';
import type { Explanation, Verdict } from '../verdict/verdict';

export interface TimelineOptions {
  /** From the receipt to when a report is due; 7 s unless told. */
  readonly deadline?: Microseconds;
  /** How long an accepted push may stay unseen; 30 s unless told. */
  readonly undeliveredAfter?: Microseconds;
  /** The host's clock, while capturing; leave it out for what is over. */
  readonly now?: Microseconds;
}

export interface JudgedDelivery {
  readonly delivery: Delivery;
  readonly verdict: Verdict;
  readonly explanation: Explanation;
  /** The deadline it was judged by. */
  readonly deadline: Microseconds;
  /** Stretches of the app's log that nobody watched while a report was due, by the log's clock. */
  readonly unwatched: readonly { readonly from: Microseconds; readonly to: Microseconds }[];
}

export interface Timeline {
  /** In order of time. */
  readonly deliveries: readonly JudgedDelivery[];
  /** How many are flagged: severity `error`. */
  readonly flagged: number;
  readonly inconclusive: number;
  /** Host time at which silence decides the next pending delivery: judge again then. */
  readonly nextDecisionAt?: Microseconds;
}

/** Events in, verdicts out: live capture, an imported log, a recording and a test all come through here. */
export function buildTimeline(events: readonly VoipEvent[], options: TimelineOptions = {}): Timeline {
  const deadline = options.deadline ?? DEFAULT_DEADLINE;
  const context = {
    coverage: coverageOf(events),
    ownLogs: ownLogsOf(events),
    deadline,
    undeliveredAfter: options.undeliveredAfter ?? DEFAULT_UNDELIVERED_AFTER,
    ...(options.now !== undefined && { now: options.now }),
  };
  const countStrike = strikeCounter(events);
  const deliveries = correlate(events).map((delivery) => {
    const verdict = judge(delivery, context);
    const explanation = explain(delivery, verdict, countStrike(delivery, verdict));
    const unwatched = unwatchedGaps(delivery, context.coverage, deadline);
    return { delivery, verdict, explanation, deadline, unwatched };
  });
  const nextDecisionAt = nextDecision(deliveries);
  return {
    deliveries,
    flagged: deliveries.filter(({ verdict }) => verdict.severity === 'error').length,
    inconclusive: deliveries.filter(({ verdict }) => verdict.kind === 'inconclusive').length,
    ...(nextDecisionAt !== undefined && { nextDecisionAt }),
  };
}

function unwatchedGaps({ received }: Delivery, coverage: Coverage, deadline: Microseconds) {
  if (received === undefined) return [];
  const gaps = coverage.get(received.source)?.gaps ?? [];
  return gaps.filter(({ from, to }) => from < received.at + deadline && to > received.at);
}

/**
 * Counts violations in a row of each app, as the system seems to: one kill counts once, a good report clears the count,
 * and so does installing the app anew. https://developer.apple.com/forums/thread/768136
 */
function strikeCounter(events: readonly VoipEvent[]): (delivery: Delivery, verdict: Verdict) => ExplainContext {
  const installs = events.filter((event) => event.kind === 'app.installed').sort((one, other) => one.at - other.at);
  const strikes = new Map<string | undefined, number>();
  const kills = new Set<AppTerminatedEvent>();
  const forgetInstalled = (at: Microseconds): void => {
    while (installs[0] !== undefined && installs[0].at <= at) strikes.delete(installs.shift()?.bundleId);
  };
  return (delivery, { kind }) => {
    const { terminated, received, delivering, arrived } = delivery;
    forgetInstalled((arrived ?? delivering ?? received)?.at ?? 0);
    const app = bundleIdOf(delivery);
    const before = strikes.get(app) ?? 0;
    const isKilledWithAnother = terminated !== undefined && kills.has(terminated);
    if (terminated !== undefined) kills.add(terminated);
    const isViolation = (kind === 'killed' && !isKilledWithAnother) || kind === 'missing-report';
    const after = isViolation ? before + 1 : kind === 'reported' || kind === 'reported-with-error' ? 0 : before;
    strikes.set(app, after);
    return { strikes: after, isKilledWithAnother };
  };
}

function nextDecision(deliveries: readonly JudgedDelivery[]): Microseconds | undefined {
  let next: Microseconds | undefined;
  for (const { verdict } of deliveries) {
    if (verdict.kind !== 'pending' || verdict.decidesAt === undefined) continue;
    next = Math.min(next ?? verdict.decidesAt, verdict.decidesAt);
  }
  return next;
}
