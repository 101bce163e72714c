import { assertNever } from '../assertNever';
import type {
  AppEvent,
  AppTerminatedEvent,
  CallAddedEvent,
  CallReportedEvent,
  CallReportingEvent,
  HandlerCompletedEvent,
  HandlerReturnedEvent,
  PushReceivedEvent,
  SystemEvent,
} from '../events/event';
import { inSlices } from '../slices';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';
import type { JoinedBy } from './delivery';
import { assign, attemptOf, type Draft, fitsBundle, newDraft, type Role } from './draft';

/** Longest time from the push's arrival on the device to the app's delegate method: a cold launch takes seconds. */
const LAUNCH_WINDOW: Microseconds = 30 * MICROSECONDS_PER_SECOND;
/** Longest time after a receipt in which events without any id are still counted to it. */
const ACTIVITY_WINDOW: Microseconds = 60 * MICROSECONDS_PER_SECOND;
/** The lines that tell of one kill come within this time. */
const KILL_WINDOW: Microseconds = 5 * MICROSECONDS_PER_SECOND;

type AppStep = CallReportingEvent | CallReportedEvent | HandlerReturnedEvent | HandlerCompletedEvent;

/**
 * Deliveries as the device tells them: the events of the system's and the app's lines, in order of time, each counted
 * to one delivery. Ids join first; without ids the process and the order in time do.
 */
export function* deviceDrafts(events: readonly (SystemEvent | AppEvent)[]): Generator<void, readonly Draft[]> {
  const drafts: Draft[] = [];
  // Only the latest deliveries can still change: looking further back would make long logs quadratic.
  const recent = (): readonly Draft[] => drafts.slice(-RECENT);
  const open = (): Draft => {
    const draft = newDraft();
    drafts.push(draft);
    return draft;
  };
  yield* inSlices(events, (event) => {
    switch (event.kind) {
      case 'push.arrived':
        assign(open(), 'arrived', event, 'order');
        break;
      case 'app.launched':
        joinSystemStep(recent(), 'launched', event);
        break;
      case 'push.waiting':
        joinSystemStep(recent(), 'waiting', event);
        break;
      case 'push.delivering':
        // Pushes that waited for the same launch are told of in one line.
        for (let left = Math.min(event.count, RECENT); left > 0; left -= 1) {
          assign(waitingFor(recent(), 'delivering', event) ?? open(), 'delivering', event, 'order');
        }
        break;
      case 'launch.blocked':
        assign(waitingFor(recent(), 'blocked', event) ?? open(), 'blocked', event, 'order');
        break;
      case 'push.received':
        assign(waitingFor(recent(), 'received', event) ?? open(), 'received', event, 'process-and-order');
        break;
      case 'call.reporting':
        joinAppStep(recent(), 'reporting', event);
        break;
      case 'call.reported':
        joinAppStep(recent(), 'reported', event);
        break;
      case 'handler.returned':
        joinAppStep(recent(), 'returned', event);
        break;
      case 'handler.completed':
        joinAppStep(recent(), 'completed', event);
        break;
      case 'call.added':
        joinCallAdded(recent(), event);
        break;
      case 'app.terminated':
        joinTermination(recent(), event, open);
        break;
      default:
        assertNever(event);
    }
  });
  return drafts;
}

const RECENT = 64;

function startOf(draft: Draft): Microseconds {
  return (draft.arrived ?? draft.delivering ?? draft.blocked ?? draft.received)?.at ?? 0;
}

/** The oldest delivery that still waits for this step: one to one, in order. */
function waitingFor(
  drafts: readonly Draft[],
  role: 'delivering' | 'blocked' | 'received',
  event: SystemEvent | PushReceivedEvent,
): Draft | undefined {
  return drafts.find(
    (draft) =>
      draft[role] === undefined &&
      draft.received === undefined &&
      draft.terminated === undefined &&
      (draft.blocked === undefined || draft.blocked.deliveredAnyway) &&
      event.at - startOf(draft) <= LAUNCH_WINDOW &&
      fitsBundle(draft, event.bundleId),
  );
}

function joinSystemStep<R extends 'launched' | 'waiting'>(
  drafts: readonly Draft[],
  role: R,
  event: NonNullable<Draft[R]>,
): void {
  const draft = drafts.findLast(
    (one) => one.received === undefined && one.terminated === undefined && fitsBundle(one, event.bundleId),
  );
  if (draft !== undefined && event.at - startOf(draft) <= LAUNCH_WINDOW) assign(draft, role, event, 'order');
}

/** Finds whose report, return or completion this is: by push id, else by call id, else by process and order. */
function joinAppStep<R extends Role & ('reporting' | 'reported' | 'returned' | 'completed')>(
  drafts: readonly Draft[],
  role: R,
  event: NonNullable<Draft[R]> & AppStep,
): void {
  // Of a process that is gone nothing more is heard, but for what it said while it was being ended.
  const lacking = drafts.filter(
    ({ [role]: known, received, terminated }) =>
      known === undefined &&
      sameProcess(received, event) &&
      (terminated === undefined || event.at - terminated.at <= KILL_WINDOW),
  );
  const byId = joinedById(lacking, event);
  if (byId !== undefined) {
    assign(byId.draft, role, event, byId.by);
    return;
  }
  const inTime = lacking.filter(({ received }) => event.at - (received?.at ?? 0) <= ACTIVITY_WINDOW);
  // An answer belongs to an attempt.
  const attempted = role === 'reported' ? inTime.find(({ reporting }) => reporting !== undefined) : undefined;
  const draft = attempted ?? inOrder(inTime, event);
  if (draft !== undefined) assign(draft, role, event, 'process-and-order');
}

/** A push sent again carries the same ids: the latest is meant. */
function joinedById(drafts: readonly Draft[], event: AppStep): { draft: Draft; by: JoinedBy } | undefined {
  const byPush = drafts.findLast(({ received }) => event.pushId !== undefined && received?.pushId === event.pushId);
  if (byPush !== undefined) return { draft: byPush, by: 'push-id' };
  const byCall = drafts.findLast(({ received }) => event.callId !== undefined && received?.callId === event.callId);
  return byCall === undefined ? undefined : { draft: byCall, by: 'call-id' };
}

/**
 * Without an id: the delivery whose delegate method is running, since it runs on one queue; else the oldest that still
 * has time to report; else the latest.
 */
function inOrder(drafts: readonly Draft[], event: AppStep): Draft | undefined {
  return (
    drafts.findLast(({ returned, received }) => returned === undefined && (received?.at ?? 0) <= event.at) ??
    drafts.find(({ received }) => event.at - (received?.at ?? 0) <= SEVEN_SECONDS) ??
    drafts.at(-1)
  );
}

const SEVEN_SECONDS: Microseconds = 7 * MICROSECONDS_PER_SECOND;

function sameProcess(received: PushReceivedEvent | undefined, event: AppStep | AppTerminatedEvent): boolean {
  if (received === undefined) return false;
  if (received.pid !== undefined && event.pid !== undefined) return received.pid === event.pid;
  return received.process === event.process;
}

/** The system hears of a report right after the app attempted it, and of none before the app had the push. */
function joinCallAdded(drafts: readonly Draft[], event: CallAddedEvent): void {
  const alive = drafts.filter((draft) => {
    const had = draft.received ?? draft.delivering;
    return (
      had !== undefined &&
      had.at <= event.at &&
      draft.terminated === undefined &&
      event.at - startOf(draft) <= ACTIVITY_WINDOW &&
      fitsBundle(draft, event.bundleId)
    );
  });
  const byCall = alive.findLast(
    ({ received, reporting }) => event.callId !== undefined && (reporting?.callId ?? received?.callId) === event.callId,
  );
  if (byCall !== undefined) {
    assign(byCall, 'added', event, 'call-id');
    return;
  }
  const draft =
    alive.findLast(({ added, reporting }) => added === undefined && reporting !== undefined) ??
    alive.findLast((one) => attemptOf(one) === undefined);
  if (draft !== undefined) assign(draft, 'added', event, 'order');
}

/**
 * A kill belongs to the oldest delivery of that process that broke the contract, and takes along what else the process
 * had not reported yet. Several lines, and a crash report that is read later, tell of one kill. An end for another
 * reason joins what it ended, and is no delivery of its own.
 */
function joinTermination(drafts: readonly Draft[], event: AppTerminatedEvent, open: () => Draft): void {
  const ofApp = drafts.filter((draft) => isOfApp(draft, event));
  const told = ofApp.filter(
    ({ terminated, received }) =>
      terminated !== undefined &&
      event.at - terminated.at <= KILL_WINDOW &&
      // A process that speaks for itself is not the one that died before it; a crash report speaks of the dead.
      (event.pid === undefined ||
        received !== undefined ||
        event.pid === terminated.pid ||
        event.cause === '0xbaadca11'),
  );
  const alive = ofApp.filter(
    ({ terminated, blocked }) => terminated === undefined && (blocked === undefined || blocked.deliveredAnyway),
  );
  const unreported = alive.filter(
    (one) =>
      (one.received ?? one.delivering ?? one.arrived) !== undefined &&
      attemptOf(one) === undefined &&
      one.received?.mustReport !== false,
  );
  const fallback = (): readonly Draft[] => {
    if (event.cause === 'other') return alive.filter(({ received }) => received !== undefined).slice(-1);
    return [alive.at(-1) ?? open()];
  };
  const hit = told.length > 0 ? told : unreported.length > 0 ? unreported : fallback();
  for (const draft of hit) {
    // What is known to be a kill goes before what could not be told.
    if (draft.terminated?.cause === 'other' && event.cause !== 'other') draft.terminated = event;
    assign(draft, 'terminated', event, 'process-and-order');
  }
}

function isOfApp(draft: Draft, event: AppTerminatedEvent): boolean {
  const { received } = draft;
  const isNear = event.at - startOf(draft) <= ACTIVITY_WINDOW;
  if (received === undefined || event.pid === undefined) return fitsBundle(draft, event.bundleId) && isNear;
  // Process ids are used again: a report from elsewhere must be of that time and that app.
  const isPlausible = received.source === event.source || (isNear && fitsBundle(draft, event.bundleId));
  return isPlausible && sameProcess(received, event);
}
