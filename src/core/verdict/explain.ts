import { assertNever } from '../assertNever';
import type { Delivery } from '../correlation/delivery';
import { attemptOf } from '../correlation/draft';
import { formatDuration } from '../time';
import { likelyCauses } from './causes';
import type { ExplainContext } from './explainContext';
import { explainNotRequired, explainReported, explainReportedWithError } from './explainReport';
import { explainBlocked, explainRejected, explainSendFailed, explainUndelivered } from './explainSending';
import { simulatorNote } from './explainSimulator';
import { explainKilled, explainMissingReport, explainReportedLate } from './explainViolation';
import { LINKS } from './links';
import type { Explanation, Verdict } from './verdict';

/** Why the verdict is what it is and what to do next. Timeline, command line and exports all show this text. */
export function explain(delivery: Delivery, verdict: Verdict, context: ExplainContext): Explanation {
  const explanation = explainVerdict(delivery, verdict, context);
  const notes = [
    blockNote(delivery),
    simulatorNote(delivery, verdict),
    clockNote(delivery),
    orderNote(delivery),
  ].filter((note) => note !== undefined);
  return notes.length === 0 ? explanation : { ...explanation, why: [...explanation.why, ...notes] };
}

/** That only the foreground let a push through that would have been blocked. */
function blockNote({ blocked }: Delivery): string | undefined {
  if (blocked?.deliveredAnyway !== true) return undefined;
  return 'The app is blocked: iOS delivered this push only because the app was in the foreground, and would not have launched it. Deleting and reinstalling the app is reported to lift the block.';
}

/** That the clock of the log was set between two of the delivery's events. */
function clockNote({ joins }: Delivery): string | undefined {
  if (joins.every(({ event }) => event.loggedAt === undefined)) return undefined;
  const steps = joins.map(({ event: { at, loggedAt = at } }) => loggedAt - at);
  const step = Math.max(...steps) - Math.min(...steps);
  if (step === 0) return undefined;
  return `The device’s clock was set while this went on, by ${formatDuration(step)}. Times are counted as if it had not been.`;
}

/** That the sending and the delivery may not be the same push. */
function orderNote({ sent, joins }: Delivery): string | undefined {
  if (sent === undefined || !joins.some(({ event, by }) => by === 'order' && event.kind === 'push.received'))
    return undefined;
  return 'The sending and the receipt are joined by app and order in time alone: another sender’s push may be meant. A push id in the payload makes it sure.';
}

function explainVerdict(delivery: Delivery, verdict: Verdict, context: ExplainContext): Explanation {
  switch (verdict.kind) {
    case 'pending':
      return explainPending(delivery);
    case 'rejected':
      return explainRejected(delivery);
    case 'send-failed':
      return explainSendFailed(delivery);
    case 'undelivered':
      return explainUndelivered(delivery);
    case 'blocked':
      return explainBlocked(context.strikes);
    case 'reported':
      return explainReported(delivery, verdict);
    case 'reported-with-error':
      return explainReportedWithError(delivery, verdict);
    case 'reported-late':
      return explainReportedLate(delivery, verdict);
    case 'not-required':
      return explainNotRequired(delivery, verdict);
    case 'missing-report':
      return explainMissingReport(delivery, verdict, context);
    case 'killed':
      return explainKilled(delivery, verdict, context);
    case 'inconclusive':
      return verdict.doubt === undefined
        ? explainInconclusive(delivery, verdict.because)
        : explainDoubtfulClock(verdict.because, verdict.doubt);
    default:
      return assertNever(verdict);
  }
}

function explainPending({ received, sent }: Delivery): Explanation {
  const summary =
    received !== undefined
      ? 'Waiting for the call report: the deadline has not passed.'
      : sent !== undefined
        ? 'Waiting for the push to reach the app.'
        : 'Waiting for the app.';
  return { summary, why: [], nextSteps: [], links: [] };
}

const CLOCK_DOUBTS = {
  'clock-set-forward': {
    why: 'iOS ends an app about 7 s after a push without a report, unless it is being debugged or in the foreground: of an app that goes on for longer, a clock that was set is as likely.',
    step: 'Look into the log: if lines of others fill the time in between, the report was that late; if the time jumps from one line to the next, the clock was set.',
  },
  'clock-set-back': {
    why: 'A log that was put together from parts in another order looks the same.',
    step: 'Look into the log where its time goes back, and check the parts one by one if it was put together.',
  },
} as const;

function explainDoubtfulClock(because: string, doubt: keyof typeof CLOCK_DOUBTS): Explanation {
  const { why, step } = CLOCK_DOUBTS[doubt];
  return {
    summary: `Inconclusive: ${because}.`,
    why: [why],
    nextSteps: [
      step,
      'Or send the push again and watch the log live, or save it as JSON with `log` or pymobiledevice3: that tells the time by a second clock, which nobody sets.',
    ],
    links: [LINKS.sevenSeconds],
  };
}

function explainInconclusive(delivery: Delivery, because: string): Explanation {
  const { received, waiting } = delivery;
  const why = ['What nobody watched is not called missing.'];
  const links = [LINKS.twoChecks];
  if (attemptOf(delivery) !== undefined) {
    const nextSteps = ['Insert the call probe into the app: it says when each report is made, before it is answered.'];
    return { summary: `Inconclusive: ${because}.`, why, nextSteps, links };
  }
  if (received !== undefined) {
    return {
      summary: `Inconclusive: no call report was seen, but ${because}.`,
      why,
      nextSteps:
        received.mayReportUnseen === true
          ? ['Insert the call probe into the app, so that its reports are seen.']
          : ['Capture again, and keep the log running for at least ten seconds after the push.'],
      links,
    };
  }
  return {
    summary: `Inconclusive: ${because}.`,
    why,
    nextSteps: [
      ...(waiting === undefined ? [] : likelyCauses(delivery, false).map(({ step }) => step)),
      'Make the app say what it does: insert the call probe, which prints a line in its PushKit delegate and at its call report.',
      'Watch the log of the device from before the push until ten seconds after it.',
    ],
    links,
  };
}
