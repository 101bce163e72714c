import type { Delivery } from '../correlation/delivery';
import { HANDLER_WINDOW } from '../correlation/deviceDrafts';
import { attemptOf } from '../correlation/draft';
import { canTellOf, type OwnLogs } from '../correlation/ownLogs';
import type { AppTerminatedEvent, PushReceivedEvent, VoipEvent } from '../events/event';
import { exemptionOf } from '../events/exemption';
import { formatDuration, MICROSECONDS_PER_SECOND, type Microseconds } from '../time';
import {
  type Coverage,
  clockMayHaveBeenSet,
  gapBetween,
  LONG_SILENCE,
  type SourceCoverage,
  tellsReportsOf,
  unwatchedBetween,
} from './coverage';
import type { Certainty, KillCheck, Verdict } from './verdict';

/** callservicesd checks about 7 s after delivery. https://developer.apple.com/forums/thread/781211 */
export const DEFAULT_DEADLINE: Microseconds = 7 * MICROSECONDS_PER_SECOND;
export const DEFAULT_UNDELIVERED_AFTER: Microseconds = 30 * MICROSECONDS_PER_SECOND;
/** Log lines arrive late: silence is believed only this long after the deadline. */
const ARRIVAL_GRACE: Microseconds = MICROSECONDS_PER_SECOND / 2;
/** A push that the app was ended for was delivered no longer before. */
const CHECKED_WITHIN: Microseconds = 10 * MICROSECONDS_PER_SECOND;

/** What judging needs to know beside the delivery itself. */
export interface JudgeContext {
  readonly coverage: Coverage;
  readonly ownLogs: OwnLogs;
  readonly deadline: Microseconds;
  readonly undeliveredAfter: Microseconds;
  /** The host's clock, while capturing; `undefined` for what is over. */
  readonly now?: Microseconds;
}

/** The verdict on one delivery. What was seen decides first; silence decides only where somebody watched. */
export function judge(delivery: Delivery, context: JudgeContext): Verdict {
  const { received, terminated, blocked, answer } = delivery;
  if (terminated !== undefined && terminated.cause !== 'other') {
    const hidden = hiddenPushBefore(delivery, terminated, context);
    return hidden === undefined ? killed(delivery) : inconclusive(hidden);
  }
  if (received !== undefined) return judgeReceived(delivery, received, context);
  if (blocked !== undefined && !blocked.deliveredAnyway) return { kind: 'blocked', severity: 'error', ...OBSERVED };
  if (answer?.kind === 'push.rejected') return { kind: 'rejected', severity: 'error', ...OBSERVED };
  if ((delivery.delivering ?? delivery.arrived) !== undefined) return judgeUnreceived(delivery, context);
  if (answer?.kind === 'push.failed') {
    const severity = answer.code === 'cancelled' ? 'info' : 'error';
    return { kind: 'send-failed', severity, ...OBSERVED };
  }
  return judgeUnseen(delivery, context);
}

const OBSERVED = { certainty: 'observed' } as const;

/** Of an app that kept the contract as far as was seen, a kill is of another push where one may be hidden. */
function hiddenPushBefore(
  delivery: Delivery,
  { at }: AppTerminatedEvent,
  { coverage }: JudgeContext,
): string | undefined {
  const { received } = delivery;
  if (received === undefined) return undefined;
  const isKept =
    received.mustReport === false || exemptionOf(received) !== undefined || attemptOf(delivery) !== undefined;
  const from = Math.min(received.at, at - CHECKED_WITHIN);
  const why = isKept ? gapBetween(coverage.get(received.source), from, at) : undefined;
  return why === undefined ? undefined : `the app was ended, and the push that it was ended for may be hidden: ${why}`;
}

function killed({ terminated, received }: Delivery): Verdict {
  const check: KillCheck = terminated?.cause === 'pushkit-exception' ? 'handler-return' : 'seven-seconds';
  // The exception is thrown when the handler returns, so it ran, even if only a crash report tells of it.
  const handlerRan = received !== undefined || check === 'handler-return';
  return { kind: 'killed', severity: 'error', ...OBSERVED, check, handlerRan };
}

function judgeReceived(delivery: Delivery, received: PushReceivedEvent, context: JudgeContext): Verdict {
  if (received.mustReport === false) {
    return { kind: 'not-required', severity: 'none', ...OBSERVED, because: 'must-report-false' };
  }
  const attempt = attemptOf(delivery);
  const because = exemptionOf(received);
  const judged = attempt === undefined ? undefined : judgeAttempt(delivery, received, attempt.at, context);
  // Where none was due, none is late.
  if (judged !== undefined && (because === undefined || judged.severity === 'none' || judged.severity === 'info'))
    return judged;
  // The system's own view counts, not the app's: what the app said of itself is only an assumption.
  if (because !== undefined) return { kind: 'not-required', severity: 'none', certainty: 'assumed', because };
  return judgeSilence(received, context);
}

/**
 * The attempt is judged, not its success. https://developer.apple.com/forums/thread/768136
 * What only followed from it came after it: it shows that the attempt was in time, but never that it was late.
 */
function judgeAttempt(
  delivery: Delivery,
  received: PushReceivedEvent,
  attemptAt: Microseconds,
  context: JudgeContext,
): Verdict {
  const { returned, reporting, reported } = delivery;
  const certainty = certaintyOf(received);
  const latency = attemptAt - received.at;
  const source = context.coverage.get(received.source);
  if (latency < 0) return clockSetBack(-latency);
  const silence = silenceBefore(attemptAt, received, source, context.deadline);
  if (latency > context.deadline && silence === undefined) {
    const late = { kind: 'reported-late', severity: 'error', certainty, latency, late: 'after-deadline' } as const;
    return unlessHidden(late, gapBetween(source, received.at, attemptAt));
  }
  if (returned !== undefined && returned.at < attemptAt) {
    const severity = isAsyncConversation(delivery) ? 'warning' : 'error';
    const late = { kind: 'reported-late', severity, certainty, latency, late: 'after-return' } as const;
    const seen =
      reporting === undefined
        ? inconclusive('only what followed from the report was seen, not when it was made')
        : { ...late, ...(silence !== undefined && { silence }) };
    return unlessHidden(seen, gapBetween(source, received.at, returned.at));
  }
  if (silence !== undefined) return clockSetForward(silence);
  if (reported?.error !== undefined) return { kind: 'reported-with-error', severity: 'info', certainty, latency };
  return { kind: 'reported', severity: 'none', certainty, latency };
}

function unlessHidden(verdict: Verdict, hidden: string | undefined): Verdict {
  return hidden === undefined ? verdict : inconclusive(`an earlier report may be hidden: ${hidden}`);
}

/**
 * How long the log has no evidence before a report so late that iOS would have ended the app over it long before, unless it
 * was being debugged; `undefined` where the report is not so late, or other evidence shows that the time passed.
 */
function silenceBefore(
  attemptAt: Microseconds,
  { at }: PushReceivedEvent,
  source: SourceCoverage | undefined,
  deadline: Microseconds,
): Microseconds | undefined {
  if (attemptAt - at <= deadline + LONG_SILENCE) return undefined;
  return clockMayHaveBeenSet(source, at, attemptAt, deadline);
}

function clockSetForward(silence: Microseconds): Verdict {
  const because = `by the log’s times ${formatDuration(silence)} passed between the push and its report without a word of the app or of callservicesd: either the device’s clock was set forward, or the report was that late`;
  return { ...inconclusive(because), doubt: 'clock-set-forward' };
}

/** Only a report that stands after its push in the log joins it with a time before it. */
function clockSetBack(by: Microseconds): Verdict {
  const because = `the report stands after the push in the log, with a time ${formatDuration(by)} before it: the device’s clock was set back, and nobody can tell how long the report took`;
  return { ...inconclusive(because), doubt: 'clock-set-back' };
}

/** Apple's own sample reports a conversation from the async form of the metadata delegate method. */
function isAsyncConversation({ received, returned, reporting, reported }: Delivery): boolean {
  const api = (reporting ?? reported)?.api;
  return api === 'LiveCommunicationKit' && received?.via === 'metadata' && returned?.isAsync === true;
}

function judgeSilence(received: PushReceivedEvent, context: JudgeContext): Verdict {
  const source = context.coverage.get(received.source);
  const undecided = undecidedBy(received, source, context);
  if (undecided !== undefined) return undecided;
  if (received.mayReportUnseen === true && !tellsReportsOf(source, received.process)) {
    return inconclusive('no report of any kind was ever seen of it in this log, and the app may report without a line');
  }
  return { kind: 'missing-report', severity: 'error', certainty: certaintyOf(received) };
}

/** While silence after `seen` proves nothing: it is not over yet, or nobody watched. */
function undecidedBy(
  seen: VoipEvent,
  source: SourceCoverage | undefined,
  { deadline, now }: JudgeContext,
): Verdict | undefined {
  const deadlineAt = seen.at + deadline;
  const isLive = now !== undefined && source !== undefined && source.ended === undefined;
  if (isLive && Math.max(sourceNow(source, now), source.last) < deadlineAt + ARRIVAL_GRACE) {
    const decidesAt = deadlineAt + ARRIVAL_GRACE - (source.clockOffset ?? 0);
    return { kind: 'pending', severity: 'none', ...OBSERVED, decidesAt };
  }
  const watchedUntil = isLive || source === undefined ? source : { ...source, ended: source.ended ?? source.last };
  const because = unwatchedBetween(watchedUntil, seen.at, deadlineAt);
  return because === undefined ? undefined : inconclusive(because);
}

function inconclusive(because: string): Extract<Verdict, { kind: 'inconclusive' }> {
  return { kind: 'inconclusive', severity: 'warning', ...OBSERVED, because };
}

function sourceNow(source: SourceCoverage, now: Microseconds): Microseconds {
  return now + (source.clockOffset ?? 0);
}

function certaintyOf(received: PushReceivedEvent): Certainty {
  return received.mustReport === 'unknown' ? 'assumed' : 'observed';
}

/**
 * The system had the push, but no line of the app says that its handler ran. The system's own line of a report tells of
 * one; where it has told of others, its silence tells that there was none. Whether one was due, it does not say.
 */
function judgeUnreceived(delivery: Delivery, context: JudgeContext): Verdict {
  const { added, delivering, arrived, waiting } = delivery;
  const seen = delivering ?? arrived;
  if (seen === undefined) return { kind: 'pending', severity: 'none', ...OBSERVED };
  if (added !== undefined) {
    const latency = added.at - seen.at;
    return latency > context.deadline
      ? { kind: 'reported-late', severity: 'error', certainty: 'assumed', latency, late: 'after-deadline' }
      : { kind: 'reported', severity: 'none', certainty: 'assumed', latency };
  }
  const source = context.coverage.get(seen.source);
  const undecided = undecidedBy(seen, source, context);
  if (undecided?.kind === 'pending') return undecided;
  if (delivering === undefined) {
    return inconclusive(
      waiting === undefined
        ? 'the push reached the device, and no line says that it was handed to the app'
        : 'the push waited for the app’s push registry, and no line says that it was handed to the app',
    );
  }
  if (undecided !== undefined) return undecided;
  if (source?.tellsSystemReports !== true) {
    return inconclusive('the system handed the push to the app, and no line of the app says what it did with it');
  }
  // What was said of this push may have been counted to one whose own lines a gap hides: the oldest that waits goes first.
  const hidden = gapBetween(source, seen.at - HANDLER_WINDOW, seen.at);
  if (hidden !== undefined) return inconclusive(`what became of a push just before it may be hidden: ${hidden}`);
  return { kind: 'missing-report', severity: 'error', certainty: 'assumed' };
}

/** Nothing but the sending is known. */
function judgeUnseen({ sent, answer }: Delivery, context: JudgeContext): Verdict {
  const { now } = context;
  if (sent === undefined) return { kind: 'pending', severity: 'none', ...OBSERVED };
  if (answer === undefined) {
    if (now !== undefined) return { kind: 'pending', severity: 'none', ...OBSERVED };
    return inconclusive('the recording ends before the answer');
  }
  const decidesAt = answer.at + context.undeliveredAfter;
  if (now !== undefined && now < decidesAt) return { kind: 'pending', severity: 'none', ...OBSERVED, decidesAt };
  const isWatched = [...context.coverage].some(([name, source]) => {
    if (!canTellOf(sent, name, context.ownLogs)) return false;
    const offset = source.clockOffset ?? 0;
    const ended = source.ended ?? (now === undefined ? source.last : undefined);
    const watched = { ...source, ...(ended !== undefined && { ended }) };
    return unwatchedBetween(watched, sent.at + offset, decidesAt + offset) === undefined;
  });
  if (isWatched) return { kind: 'undelivered', severity: 'warning', ...OBSERVED };
  return inconclusive('no log was watched all the time in which the push should have arrived');
}
