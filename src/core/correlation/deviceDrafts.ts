import { assertNever } from '../assertNever';
import type { AppEvent, PushReceivedEvent, SystemEvent } from '../events/event';
import { inSlices } from '../slices';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';
import { assign, type Draft, type Fits, fitsBundle } from './draft';
import { joinAppStep, joinCallAdded } from './joinReport';
import { joinTermination } from './joinTermination';
import { beganAt, createOpenDrafts, isWaiting, LAUNCH_WINDOW, type OpenDrafts } from './openDrafts';

/** Logs that tell what a device's system does: two of them are two devices. */
export type SystemLogs = ReadonlySet<string>;

/**
 * Deliveries as the device tells them: the events of the system's and the app's lines, in order of time, each counted
 * to one delivery. Ids join first; without ids the process and the order in time do. `onUnjoined` gets what belongs to
 * none, but for what says nothing alone.
 */
export function* deviceDrafts(
  events: readonly (SystemEvent | AppEvent)[],
  systemLogs: SystemLogs,
  onUnjoined: (event: SystemEvent | AppEvent) => void,
): Generator<void, readonly Draft[]> {
  const drafts = createOpenDrafts();
  const fits = (draft: Draft, event: SystemEvent | AppEvent): boolean =>
    fitsBundle(draft, event.bundleId) && isSameDevice(draft, event, systemLogs);
  yield* inSlices(events, (event) => {
    if (!join(drafts, event, fits)) onUnjoined(event);
  });
  return drafts.all;
}

function isSameDevice(draft: Draft, { source }: SystemEvent | AppEvent, systemLogs: SystemLogs): boolean {
  if (!systemLogs.has(source)) return true;
  for (const { event } of draft.joins) {
    if (event.source === source) return true;
    if (systemLogs.has(event.source)) return false;
  }
  return true;
}

/** Whether the event became part of a delivery. */
function join(drafts: OpenDrafts, event: SystemEvent | AppEvent, fits: Fits): boolean {
  switch (event.kind) {
    case 'push.arrived':
      assign(drafts.open(), 'arrived', event, 'order');
      return true;
    case 'app.launched':
      return joinSystemStep(drafts, 'launched', event, fits);
    case 'push.waiting':
      return joinSystemStep(drafts, 'waiting', event, fits);
    case 'push.delivering':
      // Pushes that waited for the same launch are told of in one line.
      for (let left = Math.min(event.count, MOST_AT_ONCE); left > 0; left -= 1) {
        assign(waitingFor(drafts, 'delivering', event, fits) ?? drafts.open(), 'delivering', event, 'order');
      }
      return true;
    case 'launch.blocked':
      assign(waitingFor(drafts, 'blocked', event, fits) ?? drafts.open(), 'blocked', event, 'order');
      return true;
    case 'push.received': {
      const draft = waitingFor(drafts, 'received', event, fits) ?? drafts.open();
      assign(draft, 'received', event, 'process-and-order');
      drafts.noteReceipt(draft, event);
      return true;
    }
    case 'call.reporting':
      return joinAppStep(drafts, 'reporting', event);
    case 'call.reported':
      return joinAppStep(drafts, 'reported', event);
    case 'handler.returned':
      return joinAppStep(drafts, 'returned', event);
    case 'handler.completed':
      return joinAppStep(drafts, 'completed', event);
    case 'call.added':
      return joinCallAdded(drafts, event, fits);
    case 'app.terminated':
      return joinTermination(drafts, event, fits);
    default:
      return assertNever(event);
  }
}

/** Longest time from the handing over to the delegate method: longer, and the system would have ended the app. */
export const HANDLER_WINDOW: Microseconds = 10 * MICROSECONDS_PER_SECOND;

/** A count in a log line is only believed so far. */
const MOST_AT_ONCE = 64;

/** The oldest delivery that still waits for this step: one to one, in order. */
function waitingFor(
  drafts: OpenDrafts,
  role: 'delivering' | 'blocked' | 'received',
  event: SystemEvent | PushReceivedEvent,
  fits: Fits,
): Draft | undefined {
  let oldest: Draft | undefined;
  for (const draft of drafts.waitingAt(event.at)) {
    if (!isOpenFor(draft, role) || !isWaiting(draft) || !isSoon(draft, event) || !fits(draft, event)) continue;
    // A handler runs right after the handing over: what was handed over long ago has been handled, though nobody said so.
    if (event.at - (draft.delivering?.at ?? event.at) <= HANDLER_WINDOW) return draft;
    oldest ??= draft;
  }
  return oldest;
}

/** What was handed over was not blocked before. */
function isOpenFor(draft: Draft, role: 'delivering' | 'blocked' | 'received'): boolean {
  return draft[role] === undefined && (role !== 'blocked' || draft.delivering === undefined);
}

function joinSystemStep<R extends 'launched' | 'waiting'>(
  drafts: OpenDrafts,
  role: R,
  event: NonNullable<Draft[R]>,
  fits: Fits,
): boolean {
  const draft = drafts
    .waitingAt(event.at)
    .findLast((one) => one.received === undefined && one.terminated === undefined && fits(one, event));
  if (draft === undefined || !isSoon(draft, event)) return false;
  assign(draft, role, event, 'order');
  return true;
}

function isSoon(draft: Draft, event: SystemEvent | PushReceivedEvent): boolean {
  return event.at - beganAt(draft) <= LAUNCH_WINDOW;
}
