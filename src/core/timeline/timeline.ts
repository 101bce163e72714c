import { correlateSteps } from '../correlation/correlate';
import type { Delivery } from '../correlation/delivery';
import { createSortedEvents } from '../correlation/sortedEvents';
import type { AppEvent, SystemEvent, VoipEvent } from '../events/event';
import { findRepeats } from '../events/findRepeats';
import { createSteadyClocks } from '../events/steadyClocks';
import { tickRatesOf } from '../events/tickingClock';
import { inDeliverySlices, inSlices, runToEnd } from '../slices';
import type { Microseconds } from '../time';
import { createAppHistory } from '../verdict/appHistory';
import { createCoverage, gapsBetween } from '../verdict/coverage';
import { explain } from '../verdict/explain';
import type { ExplainContext } from '../verdict/explainContext';
import { DEFAULT_DEADLINE, DEFAULT_UNDELIVERED_AFTER, type JudgeContext, judge } from '../verdict/judge';
import type { Explanation, Verdict } from '../verdict/verdict';

export interface TimelineOptions {
  /** From the receipt to when a report is due; 7 s unless told. */
  readonly deadline?: Microseconds;
  /** How long an accepted push may stay unseen; 30 s unless told. */
  readonly undeliveredAfter?: Microseconds;
  /** JSON pointers to the call id in the user's payloads, tried before the shapes that are known. */
  readonly callIdPointers?: readonly string[];
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
  /** What an app or the system said, and belongs to no delivery that was seen: a call report without a push. */
  readonly unjoined: readonly (SystemEvent | AppEvent)[];
  /** How many are flagged: severity `error`. */
  readonly flagged: number;
  readonly inconclusive: number;
  /** Host time at which silence decides the next pending delivery: judge again then. */
  readonly nextDecisionAt?: Microseconds;
}

/** Events in, verdicts out: live capture, an imported log, a recording and a test all come through here. */
export function buildTimeline(events: readonly VoipEvent[], options: TimelineOptions = {}): Timeline {
  return runToEnd(buildTimelineSteps(events, options));
}

/**
 * `buildTimeline` in slices: it yields after some milliseconds of work each, so that a host with other things to do can
 * pause in between. Events that are added to the array meanwhile are not part of it.
 */
export function* buildTimelineSteps(
  given: readonly VoipEvent[],
  options: TimelineOptions = {},
): Generator<void, Timeline> {
  const all = given.slice();
  const isRepeated = yield* findRepeats(all);
  const clocks = createSteadyClocks(yield* tickRatesOf(all));
  const coverage = createCoverage();
  const events = createSortedEvents();
  const take = (event: VoipEvent): void => {
    coverage.add(event);
    events.add(event);
  };
  // All in one pass: what costs with millions of events is to fetch them from memory.
  yield* inSlices(all, (event) => {
    const steady = isRepeated(event) ? undefined : clocks.add(event);
    if (steady !== undefined) take(steady);
  });
  clocks.end().forEach(take);
  const deadline = options.deadline ?? DEFAULT_DEADLINE;
  const context = {
    coverage: coverage.read(),
    ownLogs: events.ownLogs,
    deadline,
    undeliveredAfter: options.undeliveredAfter ?? DEFAULT_UNDELIVERED_AFTER,
    ...(options.now !== undefined && { now: options.now }),
  };
  const follow = createAppHistory(events.installs, deadline);
  const deliveries: JudgedDelivery[] = [];
  const correlation = yield* correlateSteps(events, options.callIdPointers ?? []);
  yield* inDeliverySlices(correlation.deliveries, (delivery) => {
    const verdict = judge(delivery, context);
    deliveries.push(new LazilyExplained(delivery, verdict, follow(delivery, verdict), context));
  });
  return { ...(yield* summed(deliveries)), unjoined: correlation.unjoined };
}

function* summed(deliveries: readonly JudgedDelivery[]): Generator<void, Omit<Timeline, 'unjoined'>> {
  let flagged = 0;
  let inconclusive = 0;
  let nextDecisionAt: Microseconds | undefined;
  yield* inDeliverySlices(deliveries, ({ verdict }) => {
    if (verdict.severity === 'error') flagged += 1;
    if (verdict.kind === 'inconclusive') inconclusive += 1;
    if (verdict.kind !== 'pending' || verdict.decidesAt === undefined) return;
    nextDecisionAt = Math.min(nextDecisionAt ?? verdict.decidesAt, verdict.decidesAt);
  });
  return { deliveries, flagged, inconclusive, ...(nextDecisionAt !== undefined && { nextDecisionAt }) };
}

/** Of a long recording few deliveries are looked at: what is only shown is made when it is asked for. */
class LazilyExplained implements JudgedDelivery {
  readonly delivery: Delivery;
  readonly verdict: Verdict;
  private readonly explaining: ExplainContext;
  private readonly judging: JudgeContext;

  constructor(delivery: Delivery, verdict: Verdict, explaining: ExplainContext, judging: JudgeContext) {
    this.delivery = delivery;
    this.verdict = verdict;
    this.explaining = explaining;
    this.judging = judging;
  }

  get explanation(): Explanation {
    return explain(this.delivery, this.verdict, this.explaining);
  }

  get deadline(): Microseconds {
    return this.judging.deadline;
  }

  get unwatched(): JudgedDelivery['unwatched'] {
    const { received } = this.delivery;
    if (received === undefined) return [];
    return gapsBetween(this.judging.coverage.get(received.source), received.at, received.at + this.deadline);
  }
}
