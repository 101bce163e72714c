import { attemptOf } from '../correlation/draft';
import type { EventKind, MustReport } from '../events/event';
import { isoFromMicroseconds, MICROSECONDS_PER_MILLISECOND } from '../time';
import type { Certainty, VerdictKind, VerdictSeverity } from '../verdict/verdict';
import { loggedTime } from './alignedTime';
import { appOf } from './deliverySummary';
import { latencyOf } from './latency';
import type { JudgedDelivery, Timeline } from './timeline';

/** What `voip-push check --format json` prints. Stable: fields are only added. */
export interface CheckReport {
  readonly version: 1;
  readonly summary: { readonly deliveries: number; readonly flagged: number; readonly inconclusive: number };
  readonly deliveries: readonly CheckedDelivery[];
  /** What an app or the system said, and belongs to no delivery that was seen: a call report without a push. */
  readonly unjoined: readonly UnjoinedEvent[];
}

interface UnjoinedEvent {
  readonly kind: EventKind;
  /** ISO 8601 with microseconds, by the clock of the log. */
  readonly at: string;
  readonly source: string;
}

export interface CheckedDelivery {
  readonly verdict: VerdictKind;
  readonly severity: VerdictSeverity;
  readonly mustReport: MustReport;
  readonly certainty: Certainty;
  readonly app: string;
  /** When the app's handler ran, ISO 8601 with microseconds, by the clock of the log. */
  readonly receivedAt: string | null;
  /** When the app attempted the report. */
  readonly reportedAt: string | null;
  /** From the receipt to the attempt; null also where the device's clock seems to have been set in between. */
  readonly latencyMs: number | null;
  readonly pushId: string | null;
  readonly callId: string | null;
  readonly explanation: string;
  readonly why: readonly string[];
  readonly nextSteps: readonly string[];
}

/** The timeline as data for machines. */
export function checkReport({ deliveries, unjoined, flagged, inconclusive }: Timeline): CheckReport {
  return {
    version: 1,
    summary: { deliveries: deliveries.length, flagged, inconclusive },
    deliveries: deliveries.map(checkedDelivery),
    unjoined: unjoined.map((event) => ({
      kind: event.kind,
      at: isoFromMicroseconds(loggedTime(event)),
      source: event.source,
    })),
  };
}

/** One delivery as data for machines. */
export function checkedDelivery(judged: JudgedDelivery): CheckedDelivery {
  const { delivery, verdict, explanation } = judged;
  const { received, sent, reporting } = delivery;
  const attempt = attemptOf(delivery);
  const latency = latencyOf(judged);
  return {
    verdict: verdict.kind,
    severity: verdict.severity,
    mustReport: received?.mustReport ?? 'unknown',
    certainty: verdict.certainty,
    app: appOf(delivery),
    receivedAt: received === undefined ? null : isoFromMicroseconds(loggedTime(received)),
    reportedAt: attempt === undefined ? null : isoFromMicroseconds(loggedTime(attempt)),
    latencyMs: latency === undefined ? null : latency / MICROSECONDS_PER_MILLISECOND,
    pushId: received?.pushId ?? sent?.pushId ?? null,
    callId: received?.callId ?? sent?.callId ?? reporting?.callId ?? null,
    explanation: explanation.summary,
    why: explanation.why,
    nextSteps: explanation.nextSteps,
  };
}
