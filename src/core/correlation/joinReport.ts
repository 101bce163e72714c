import type {
  CallAddedEvent,
  CallReportedEvent,
  CallReportingEvent,
  HandlerCompletedEvent,
  HandlerReturnedEvent,
} from '../events/event';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';
import type { JoinedBy } from './delivery';
import { assign, attemptOf, type Draft, type Fits, type Role } from './draft';
import { ACTIVITY_WINDOW, type OpenDrafts } from './openDrafts';

/** A process that is being ended is heard for this long. */
const LAST_WORDS: Microseconds = 5 * MICROSECONDS_PER_SECOND;
/** Longest time from an attempt to the system's line of it, while a push that was handed over since may be meant instead. */
const HEARD_WITHIN: Microseconds = 5 * MICROSECONDS_PER_SECOND;
const SEVEN_SECONDS: Microseconds = 7 * MICROSECONDS_PER_SECOND;

type AppStep = CallReportingEvent | CallReportedEvent | HandlerReturnedEvent | HandlerCompletedEvent;
type AppRole = Role & ('reporting' | 'reported' | 'returned' | 'completed');

/** Finds whose report, return or completion this is: by push id, else by call id, else by process and order. */
export function joinAppStep<R extends AppRole>(
  drafts: OpenDrafts,
  role: R,
  event: NonNullable<Draft[R]> & AppStep,
): boolean {
  const ofProcess = drafts.ofProcess(event);
  // Of a process that is gone nothing more is heard, but for what it said while it was being ended.
  const lacks = ({ [role]: known, terminated }: Draft): boolean =>
    known === undefined && (terminated === undefined || event.at - terminated.at <= LAST_WORDS);
  const byId = joinedById(ofProcess, event, lacks);
  if (byId !== undefined) {
    assign(byId.draft, role, event, byId.by);
    return true;
  }
  const draft = inOrder(recentOf(ofProcess, event).filter(lacks), role, event);
  if (draft === undefined) return false;
  assign(draft, role, event, 'process-and-order');
  return true;
}

/** A push sent again carries the same ids: the latest is meant. */
function joinedById(
  ofProcess: readonly Draft[],
  event: AppStep,
  lacks: (draft: Draft) => boolean,
): { draft: Draft; by: JoinedBy } | undefined {
  const latest = (key: 'pushId' | 'callId'): Draft | undefined => {
    const id = event[key];
    if (id === undefined) return undefined;
    return ofProcess.findLast((draft) => draft.received?.[key] === id && lacks(draft));
  };
  const byPush = latest('pushId');
  if (byPush !== undefined) return { draft: byPush, by: 'push-id' };
  const byCall = latest('callId');
  return byCall === undefined ? undefined : { draft: byCall, by: 'call-id' };
}

/** The receipts are in order of time: looking from the end finds where the recent ones begin. */
function recentOf(drafts: readonly Draft[], { at }: AppStep): readonly Draft[] {
  const latestOld = drafts.findLastIndex(({ received }) => at - (received?.at ?? 0) > ACTIVITY_WINDOW);
  return drafts.slice(latestOld + 1);
}

/**
 * Without an id: an answer belongs to an attempt; anything else to the delivery whose delegate method is running, since
 * it runs on one queue; else to the oldest that still has time to report; else to the latest.
 */
function inOrder(drafts: readonly Draft[], role: AppRole, event: AppStep): Draft | undefined {
  const attempted = role === 'reported' ? drafts.find(({ reporting }) => reporting !== undefined) : undefined;
  return (
    attempted ??
    drafts.findLast(({ returned }) => returned === undefined) ??
    drafts.find(({ received }) => event.at - (received?.at ?? 0) <= SEVEN_SECONDS) ??
    drafts.at(-1)
  );
}

/** The system hears of a report right after the app attempted it, and of none before the app had the push. */
export function joinCallAdded(drafts: OpenDrafts, event: CallAddedEvent, fits: Fits): boolean {
  const recent = drafts.recentAt(event.at);
  const isAlive = (draft: Draft): boolean => {
    const had = draft.received ?? draft.delivering;
    return (
      had !== undefined && draft.terminated === undefined && event.at - had.at <= ACTIVITY_WINDOW && fits(draft, event)
    );
  };
  const byCall = recent.findLast(
    (draft) =>
      event.callId !== undefined &&
      (draft.reporting?.callId ?? draft.received?.callId) === event.callId &&
      isAlive(draft),
  );
  if (byCall !== undefined) {
    assign(byCall, 'added', event, 'call-id');
    return true;
  }
  const attemptedWithin = (time: Microseconds): Draft | undefined =>
    recent.findLast(
      (one) =>
        one.added === undefined && one.reporting !== undefined && event.at - one.reporting.at <= time && isAlive(one),
    );
  const draft =
    attemptedWithin(HEARD_WITHIN) ??
    recent.findLast((one) => attemptOf(one) === undefined && isAlive(one)) ??
    attemptedWithin(ACTIVITY_WINDOW);
  if (draft === undefined) return false;
  assign(draft, 'added', event, 'order');
  return true;
}
