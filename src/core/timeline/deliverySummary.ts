import type { Delivery } from '../correlation/delivery';
import { bundleIdOf } from '../correlation/draft';
import type { VoipEvent } from '../events/event';
import type { Microseconds } from '../time';
import { VERDICT_TITLES } from '../verdict/verdictText';
import { alignClocks } from './alignedTime';
import type { DeliverySummary, Mark, Span } from './deliveryView';
import { latencyOf } from './latency';
import { markStyleOf } from './mark';
import type { JudgedDelivery } from './timeline';

/** What a list of deliveries needs of this one. */
export function summariseDelivery(judged: JudgedDelivery): DeliverySummary {
  const { delivery, verdict, explanation } = judged;
  const { timeOf, deviceOffset = 0 } = alignClocks(delivery);
  const times = delivery.joins.map(({ event }) => timeOf(event));
  const start = times.length === 0 ? 0 : Math.min(...times);
  const marks = delivery.joins
    .map(({ event }) => markOf(event, timeOf(event) - start))
    .sort((one, other) => one.offset - other.offset);
  const { received } = delivery;
  const deadline = received === undefined ? undefined : deadlineSpan(judged, timeOf(received) - start);
  const latency = latencyOf(judged);
  return {
    id: delivery.id,
    verdict: verdict.kind,
    severity: verdict.severity,
    certainty: verdict.certainty,
    title: VERDICT_TITLES[verdict.kind],
    headline: explanation.summary,
    app: appOf(delivery),
    mustReport: received?.mustReport ?? 'unknown',
    at: start,
    marks,
    ...(deadline !== undefined && { deadline }),
    ...(latency !== undefined && { latency }),
    gaps: judged.unwatched.map(({ from, to }) => ({
      from: from - deviceOffset - start,
      to: to - deviceOffset - start,
    })),
    canSendAgain: delivery.sent !== undefined,
  };
}

/** Field by field: a spread takes ten times as long, and this is done for every event of a long recording. */
function markOf(event: VoipEvent, offset: Microseconds): Mark {
  const { lane, label, tone } = markStyleOf(event);
  return { lane, kind: event.kind, label, offset, tone };
}

/** Bundle id, else process name. */
export function appOf(delivery: Delivery): string {
  return bundleIdOf(delivery) ?? delivery.received?.process ?? delivery.terminated?.process ?? 'unknown app';
}

/** No deadline is drawn where no report was due. */
function deadlineSpan({ verdict, deadline }: JudgedDelivery, from: number): Span | undefined {
  return verdict.kind === 'not-required' ? undefined : { from, to: from + deadline };
}
