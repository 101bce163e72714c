import type { AppTerminatedEvent } from '../events/event';
import { exemptionOf } from '../events/exemption';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';
import { assign, attemptOf, bundleIdOf, type Draft, type Fits, fitsBundle } from './draft';
import { ACTIVITY_WINDOW, beganAt, type OpenDrafts } from './openDrafts';

/** The lines that tell of one kill come within this time. */
const KILL_WINDOW: Microseconds = 5 * MICROSECONDS_PER_SECOND;
/** An exception is thrown as the delegate method returns; its line may come a little later. */
const RETURN_WINDOW: Microseconds = MICROSECONDS_PER_SECOND;
/** callservicesd looks about seven seconds after delivery: neither so early nor so late. */
const EARLIEST_KILL: Microseconds = 5 * MICROSECONDS_PER_SECOND;
const LATEST_KILL: Microseconds = 10 * MICROSECONDS_PER_SECOND;

/**
 * A kill belongs to the oldest delivery of that process that broke the contract, and takes along what else the process
 * had not reported yet. Several lines, and a crash report that is read later, tell of one kill. A kill that fits none is
 * of a push nobody saw. An end for another reason joins what it ended, and is no delivery of its own.
 */
export function joinTermination(drafts: OpenDrafts, event: AppTerminatedEvent, fits: Fits): boolean {
  const ofApp = drafts.recentAt(event.at).filter((draft) => isOfApp(draft, event, fits));
  const told = ofApp.filter((draft) => tellsSameEnd(draft, event));
  const hit = told.length > 0 ? told : endedBy(event, ofApp.filter(canEnd), drafts);
  for (const draft of hit) {
    if (isSameReport(draft.terminated, event)) continue;
    // What is known to be a kill goes before what could not be told.
    if (draft.terminated?.cause === 'other' && event.cause !== 'other') draft.terminated = event;
    assign(draft, 'terminated', event, 'process-and-order');
  }
  return hit.length > 0;
}

/** A crash report that was imported twice. */
function isSameReport(known: AppTerminatedEvent | undefined, { source, at, line }: AppTerminatedEvent): boolean {
  return line === undefined && known?.line === undefined && known?.source === source && known.at === at;
}

function tellsSameEnd({ terminated, received }: Draft, event: AppTerminatedEvent): boolean {
  if (terminated === undefined || event.at - terminated.at > KILL_WINDOW) return false;
  // A process that speaks for itself is not the one that died before it; a crash report speaks of the dead.
  return (
    event.pid === undefined || received !== undefined || event.pid === terminated.pid || event.cause === '0xbaadca11'
  );
}

function canEnd({ terminated, blocked }: Draft): boolean {
  return terminated === undefined && (blocked === undefined || blocked.deliveredAnyway);
}

function endedBy(event: AppTerminatedEvent, alive: readonly Draft[], drafts: OpenDrafts): readonly Draft[] {
  const unreported = alive.filter(
    (one) =>
      (one.received ?? one.delivering ?? one.arrived) !== undefined &&
      attemptOf(one) === undefined &&
      one.received?.mustReport !== false &&
      (!isExempt(one) || isChecked(one, event)),
  );
  if (unreported.length > 0)
    return event.cause === '0xbaadca11' || event.cause === 'callservicesd-kill'
      ? endedByCheck(event, unreported)
      : unreported;
  if (event.cause === 'other') return alive.filter(({ received }) => received !== undefined).slice(-1);
  const fitting = alive.findLast((one) => isTimely(one, event));
  return [fitting ?? drafts.open()];
}

/** The check after seven seconds is over the oldest of that age, and its kill takes along what came to that app since. */
function endedByCheck({ at }: AppTerminatedEvent, unreported: readonly Draft[]): readonly Draft[] {
  const ageOf = (draft: Draft): Microseconds => at - handedOverAt(draft);
  const first = unreported.findIndex((draft) => ageOf(draft) >= EARLIEST_KILL && ageOf(draft) <= LATEST_KILL);
  const checked = unreported[first];
  if (checked === undefined) return unreported;
  return unreported.slice(first).filter((draft) => fitsBundle(draft, bundleIdOf(checked)));
}

function handedOverAt(draft: Draft): Microseconds {
  return (draft.delivering ?? draft.received)?.at ?? beganAt(draft);
}

/** The app said why no report was due: it is only ended over it where the system, when it checked, saw that otherwise. */
function isExempt({ received }: Draft): boolean {
  return received !== undefined && exemptionOf(received) !== undefined;
}

function isChecked(draft: Draft, { at, cause }: AppTerminatedEvent): boolean {
  if (cause === 'other') return true;
  const { received, returned } = draft;
  const began = handedOverAt(draft);
  if (cause === 'pushkit-exception') return at - ((returned ?? received)?.at ?? began) <= RETURN_WINDOW;
  return at - began >= EARLIEST_KILL && at - began <= LATEST_KILL;
}

/**
 * Whether a kill comes when the check over this delivery would make it, though a report was made or none was due: an
 * exception as the handler returned without one, or the later kill where the report failed or came late.
 */
function isTimely(draft: Draft, event: AppTerminatedEvent): boolean {
  const { returned, reported } = draft;
  const attempt = attemptOf(draft);
  if (event.cause === 'pushkit-exception') {
    const wasReported = returned !== undefined && attempt !== undefined && attempt.at <= returned.at;
    return !wasReported && isChecked(draft, event);
  }
  const isLate = attempt !== undefined && attempt.at - handedOverAt(draft) >= EARLIEST_KILL;
  return (reported?.error !== undefined || isLate) && isChecked(draft, event);
}

function isOfApp(draft: Draft, event: AppTerminatedEvent, fits: Fits): boolean {
  const { received } = draft;
  if (event.at - (received?.at ?? beganAt(draft)) > ACTIVITY_WINDOW) return false;
  if (received === undefined || event.pid === undefined) return fits(draft, event);
  // Process ids are used again: a report from elsewhere must be of that app.
  if (received.source !== event.source && !fits(draft, event)) return false;
  return received.pid === undefined ? received.process === event.process : received.pid === event.pid;
}
