import type {
  CallAddedEvent,
  CallReportedEvent,
  CallReportingEvent,
  HandlerCompletedEvent,
  HandlerReturnedEvent,
} from '../events/event';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';
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
  for (const [key, by] of IDS) {
    const draft = latestWithId(ofProcess, key, role, event);
    if (draft === undefined) continue;
    assign(draft, role, event, by);
    return true;
  }
  const draft = inOrder(recentOf(ofProcess, role, event), role, event);
  if (draft === undefined) return false;
  assign(draft, role, event, 'process-and-order');
  return true;
}

const IDS = [
  ['pushId', 'push-id'],
  ['callId', 'call-id'],
] as const;

/** A push sent again carries the same ids: the latest is meant. */
function latestWithId(
  ofProcess: readonly Draft[],
  key: 'pushId' | 'callId',
  role: AppRole,
  event: AppStep,
): Draft | undefined {
  const id = event[key];
  if (id === undefined) return undefined;
  return ofProcess.findLast((draft) => draft.received?.[key] === id && lacks(draft, role, event));
}

/** Of a process that is gone nothing more is heard, but for what it said while it was being ended. */
function lacks(draft: Draft, role: AppRole, { at }: AppStep): boolean {
  const { terminated } = draft;
  return draft[role] === undefined && (terminated === undefined || at - terminated.at <= LAST_WORDS);
}

/** The receipts are in order of time: looking from the end finds where the recent ones begin. */
function recentOf(drafts: readonly Draft[], role: AppRole, event: AppStep): readonly Draft[] {
  const latestOld = drafts.findLastIndex(({ received }) => event.at - (received?.at ?? 0) > ACTIVITY_WINDOW);
  return drafts.slice(latestOld + 1).filter((draft) => lacks(draft, role, event));
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
