import type { Delivery } from '../correlation/delivery';
import { attemptOf } from '../correlation/draft';
import type { AppState } from '../events/event';
import { formatDuration } from '../time';
import { type Cause, likelyCauses } from './causes';
import type { ExplainContext } from './explainContext';
import { LINKS } from './links';
import type { Explanation, Link, Verdict } from './verdict';

type VerdictOf<K extends Verdict['kind']> = Extract<Verdict, { kind: K }>;

export function explainKilled(
  delivery: Delivery,
  verdict: VerdictOf<'killed'>,
  { strikes, isKilledWithAnother }: ExplainContext,
): Explanation {
  if (isKilledWithAnother) return verdict.handlerRan ? killedAlong(delivery) : KILLED_WHILE_HELD_UP;
  const causes = likelyCauses(delivery, verdict.handlerRan);
  return {
    summary: killedSummary(delivery, verdict),
    why: [...facts(delivery), ...lateAttempt(delivery), strikesSentence(strikes)],
    nextSteps: causes.map(({ step }) => step),
    links: linksOf(
      [LINKS.twoChecks, verdict.check === 'handler-return' ? LINKS.responding : LINKS.sevenSeconds],
      causes,
    ),
  };
}

/** Sources of the verdict, then of its causes, each once. */
function linksOf(links: readonly Link[], causes: readonly Cause[]): readonly Link[] {
  return [...new Set([...links, ...causes.map(({ link }) => link)])];
}

const KILLED_WHILE_HELD_UP: Explanation = {
  summary: 'Killed: the app was ended over an earlier push, before its handler ran for this one.',
  why: ['The earlier push was still being handled, and held this one up.'],
  nextSteps: ['Look at the delivery before this one: report and return at once, so that the next push can be handled.'],
  links: [LINKS.twoChecks],
};

function killedAlong(delivery: Delivery): Explanation {
  const { received, terminated } = delivery;
  const after =
    received === undefined || terminated === undefined
      ? ''
      : `, ${formatDuration(terminated.at - received.at)} after this one`;
  return {
    summary: `Killed: the app was ended over an earlier push${after}.`,
    why: [...facts(delivery), 'One kill ends all that the app was doing, and counts once.'],
    nextSteps: ['Look at the delivery before this one: it is the one whose report the system missed.'],
    links: [LINKS.twoChecks],
  };
}

function killedSummary(delivery: Delivery, { check, handlerRan }: VerdictOf<'killed'>): string {
  const { received, delivering, arrived, terminated } = delivery;
  if ((received ?? delivering ?? arrived) === undefined) {
    return check === 'handler-return'
      ? 'Killed: the PushKit handler returned without reporting a call, so PushKit ended the app (check 1).'
      : 'Killed: no call was reported for a VoIP push in time, so callservicesd ended the app (check 2).';
  }
  if (!handlerRan) {
    return 'Killed: the system delivered the push, the app’s PushKit handler never ran, and callservicesd ended the app.';
  }
  const must = mustReportWords(delivery);
  if (check === 'handler-return') {
    return `Killed: ${must}, and the handler returned without reporting a call, so PushKit ended the app (check 1).`;
  }
  const from = (delivering ?? received)?.at;
  const after = from === undefined || terminated === undefined ? 'about 7 s' : formatDuration(terminated.at - from);
  const attempt = attemptOf(delivery);
  const isTooLate = attempt !== undefined && terminated !== undefined && attempt.at <= terminated.at;
  const silence = isTooLate ? 'the system had taken no report in time' : 'no call had been reported';
  return `Killed: ${must}, and ${after} after delivery ${silence}, so callservicesd ended the app (check 2).`;
}

export function explainMissingReport(
  delivery: Delivery,
  { certainty }: VerdictOf<'missing-report'>,
  { strikes, sameApp }: ExplainContext,
): Explanation {
  if (delivery.received === undefined) return missingBySystem(delivery, strikes);
  const causes = likelyCauses(delivery, true);
  return {
    summary: `Missing report: ${mustReportWords(delivery)}, and no call was reported by the deadline.`,
    why: [
      ...facts(delivery),
      ...(certainty === 'assumed'
        ? ['Assumed, not observed: without mustReport an exemption that the log does not show is possible.']
        : []),
      ...(certainty === 'assumed' && sameApp !== undefined ? [SAME_APP[sameApp]] : []),
      ...(delivery.terminated === undefined
        ? []
        : ['The app ended soon after, for another reason: see its crash report.']),
      SPARED,
      strikesSentence(strikes),
    ],
    nextSteps: [...causes.map(({ step }) => step), 'Run the app without debugger or console to see what users see.'],
    links: linksOf([LINKS.mustReport, LINKS.twoChecks], causes),
  };
}

const SPARED =
  'The app was not seen to be killed. iOS spares apps in the foreground, under a debugger, or started with a console attached: on a user’s phone it would be killed.';

/** What went on in the app when a push came of which iOS did not say whether it needs a report. */
const SAME_APP = {
  open: 'Another push of this app was still open. iOS may ask for no report of its own then.',
  call: 'The app had reported a call shortly before. While it lasts, no report is due.',
} as const;

/** callservicesd handed the push over, tells of reports, and told of none. */
function missingBySystem(delivery: Delivery, strikes: number): Explanation {
  const causes = likelyCauses(delivery, true);
  return {
    summary: 'Missing report: the system handed the push to the app, and saw no call report by the deadline.',
    why: [
      'Only the system’s lines tell of this push. They tell of reports in this log, and of none for it.',
      'Assumed, not observed: the system’s lines do not say mustReport, and none is due in the foreground or on a call.',
      SPARED,
      strikesSentence(strikes),
    ],
    nextSteps: [
      'Insert the call probe into the app: its lines say whether a report was due and what the handler did.',
      ...causes.map(({ step }) => step),
    ],
    links: linksOf([LINKS.twoChecks], causes),
  };
}

export function explainReportedLate(delivery: Delivery, verdict: VerdictOf<'reported-late'>): Explanation {
  const { returned, received, reporting } = delivery;
  const after = formatDuration(verdict.latency);
  const causes = likelyCauses(delivery, true, verdict.silence === undefined);
  const nextSteps = causes.map(({ step }) => step);
  if (verdict.late === 'after-deadline') {
    return {
      summary: `Reported late: the report came ${after} after the push, past the deadline.`,
      why: [...facts(delivery), 'callservicesd ends the app about 7 s after delivery; here no kill was seen.'],
      nextSteps,
      links: linksOf([LINKS.sevenSeconds, LINKS.twoChecks], causes),
    };
  }
  const gap =
    returned === undefined || received === undefined
      ? ''
      : ` ${formatDuration(returned.at - received.at)} after the push`;
  const cameAfter =
    verdict.silence === undefined
      ? `the report came ${after} after the push`
      : `the report came later; how much later cannot be told: by the log’s times ${formatDuration(verdict.silence)} passed without a word before it, as if the device’s clock had been set`;
  const why = [`The handler returned${gap}, and ${cameAfter}. PushKit checks when the handler returns.`];
  if (verdict.severity === 'warning') {
    why.push(
      'Apple’s own sample reports a conversation from the async form of the delegate method, and iOS 26.4 or later accepts it. Older systems end the app for it.',
    );
  }
  return {
    summary: `Reported late: the handler returned before ${reporting?.api ?? 'the app'} was asked to show the call.`,
    why,
    nextSteps,
    links: linksOf([LINKS.twoChecks, LINKS.asyncReport], causes),
  };
}

function mustReportWords({ received }: Delivery): string {
  if (received === undefined) return 'a report was due';
  if (received.mustReport === true) return 'mustReport was true';
  if (received.mustReport === false) return 'mustReport was false, yet the system demanded a report';
  if (received.appState === 'foreground') {
    return 'the app said that it was in the foreground, yet the system demanded a report';
  }
  if (received.onCall === true) return 'the app said that it was on a call, yet the system demanded a report';
  return 'this iOS does not say mustReport and no exemption is known';
}

/** What the evidence says of the handler, one sentence each. */
function facts({ received, returned, reporting, completed, waiting, terminated }: Delivery): string[] {
  const sentences: string[] = [];
  if (received === undefined) {
    sentences.push(
      waiting === undefined
        ? 'No line of the app says that its handler ran.'
        : 'The push waited for the app’s push registry, and no line of the app says that its handler ran.',
    );
    return sentences;
  }
  sentences.push(`The handler ran${stateWords(received.appState)}${received.onCall === true ? ', on a call' : ''}.`);
  if (returned !== undefined && (reporting === undefined || returned.at < reporting.at)) {
    sentences.push(`It returned after ${formatDuration(returned.at - received.at)} without a report.`);
  } else if (reporting === undefined && terminated?.cause !== 'pushkit-exception') {
    // PushKit raises its exception when the handler returns: then it did.
    sentences.push('It was not seen to return.');
  }
  if (completed !== undefined && reporting === undefined) {
    sentences.push('It called the completion handler, which is not a report and plays no part in either check.');
  }
  return sentences;
}

function stateWords(appState: AppState | undefined): string {
  if (appState === undefined) return '';
  return appState === 'inactive' ? ' while the app was inactive' : ` in the ${appState}`;
}

function lateAttempt({ reporting, received, terminated }: Delivery): string[] {
  if (reporting === undefined || received === undefined || terminated === undefined) return [];
  if (reporting.at <= terminated.at) return [];
  return [
    `The app did ask for the call ${formatDuration(reporting.at - received.at)} after the push, when the system had already decided.`,
  ];
}

function strikesSentence(strikes: number): string {
  const count = strikes === 1 ? 'the first violation' : `violation ${strikes} in a row`;
  return `This is ${count} seen of this app. After repeated ones iOS stops launching it for VoIP pushes.`;
}
