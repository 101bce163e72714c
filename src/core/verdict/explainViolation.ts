import type { Delivery } from '../correlation/delivery';
import { formatDuration } from '../time';
import { LINKS } from './links';
import type { Explanation, Verdict } from './verdict';

type VerdictOf<K extends Verdict['kind']> = Extract<Verdict, { kind: K }>;

export function explainKilled(
  delivery: Delivery,
  verdict: VerdictOf<'killed'>,
  { strikes, isKilledWithAnother }: { readonly strikes: number; readonly isKilledWithAnother: boolean },
): Explanation {
  if (isKilledWithAnother && !verdict.handlerRan) return KILLED_WHILE_HELD_UP;
  return {
    summary: killedSummary(delivery, verdict),
    why: [...facts(delivery), ...lateAttempt(delivery), strikesSentence(strikes)],
    nextSteps: causes(delivery, verdict.handlerRan),
    links: [LINKS.twoChecks, verdict.check === 'handler-return' ? LINKS.responding : LINKS.sevenSeconds],
  };
}

const KILLED_WHILE_HELD_UP: Explanation = {
  summary: 'Killed: the app was ended over an earlier push, before its handler ran for this one.',
  why: ['The earlier push was still being handled, and held this one up.'],
  nextSteps: ['Look at the delivery before this one: report and return at once, so that the next push can be handled.'],
  links: [LINKS.twoChecks],
};

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
  return `Killed: ${must}, and ${after} after delivery no call had been reported, so callservicesd ended the app (check 2).`;
}

export function explainMissingReport(
  delivery: Delivery,
  { certainty }: VerdictOf<'missing-report'>,
  strikes: number,
): Explanation {
  return {
    summary: `Missing report: ${mustReportWords(delivery)}, and no call was reported by the deadline.`,
    why: [
      ...facts(delivery),
      ...(certainty === 'assumed'
        ? ['Assumed, not observed: without mustReport an exemption that the log does not show is possible.']
        : []),
      ...(delivery.terminated === undefined
        ? []
        : ['The app ended soon after, for another reason: see its crash report.']),
      'The app was not seen to be killed. iOS spares apps in the foreground, under a debugger, or started with a console attached: on a user’s phone it would be killed.',
      strikesSentence(strikes),
    ],
    nextSteps: [...causes(delivery, true), 'Run the app without debugger or console to see what users see.'],
    links: [LINKS.mustReport, LINKS.twoChecks],
  };
}

export function explainReportedLate(delivery: Delivery, verdict: VerdictOf<'reported-late'>): Explanation {
  const { returned, received, reporting } = delivery;
  const after = formatDuration(verdict.latency);
  if (verdict.late === 'after-deadline') {
    return {
      summary: `Reported late: the report came ${after} after the push, past the deadline.`,
      why: [...facts(delivery), 'callservicesd ends the app about 7 s after delivery; here no kill was seen.'],
      nextSteps: causes(delivery, true),
      links: [LINKS.sevenSeconds, LINKS.twoChecks],
    };
  }
  const gap =
    returned === undefined || received === undefined
      ? ''
      : ` ${formatDuration(returned.at - received.at)} after the push`;
  const why = [
    `The handler returned${gap}, and the report came ${after} after the push. PushKit checks when the handler returns.`,
  ];
  if (verdict.severity === 'warning') {
    why.push(
      'Apple’s own sample reports a conversation from the async form of the delegate method, and iOS 26.4 or later accepts it. Older systems end the app for it.',
    );
  }
  return {
    summary: `Reported late: the handler returned before ${reporting?.api ?? 'the app'} was asked to show the call.`,
    why,
    nextSteps: [
      'Report first, in the delegate method itself, before anything is awaited; fetch details afterwards and update the call.',
    ],
    links: [LINKS.twoChecks, LINKS.asyncReport],
  };
}

function mustReportWords({ received }: Delivery): string {
  return received?.mustReport === true
    ? 'mustReport was true'
    : 'this iOS does not say mustReport and no exemption is known';
}

/** What the evidence says of the handler, one sentence each. */
function facts({ received, returned, reporting, completed, waiting }: Delivery): string[] {
  const sentences: string[] = [];
  if (received === undefined) {
    sentences.push(
      waiting === undefined
        ? 'No line of the app says that its handler ran.'
        : 'The push waited for the app’s push registry, and no line of the app says that its handler ran.',
    );
    return sentences;
  }
  const state = received.appState === undefined ? '' : ` in the ${received.appState}`;
  sentences.push(`The handler ran${state}${received.onCall === true ? ', on a call' : ''}.`);
  if (returned !== undefined && (reporting === undefined || returned.at < reporting.at)) {
    sentences.push(`It returned after ${formatDuration(returned.at - received.at)} without a report.`);
  } else if (reporting === undefined) {
    sentences.push('It was not seen to return.');
  }
  if (completed !== undefined && reporting === undefined) {
    sentences.push('It called the completion handler, which is not a report and plays no part in either check.');
  }
  return sentences;
}

function lateAttempt({ reporting, received, terminated }: Delivery): string[] {
  if (reporting === undefined || received === undefined || terminated === undefined) return [];
  if (reporting.at <= terminated.at) return [];
  return [
    `The app did ask for the call ${formatDuration(reporting.at - received.at)} after the push, when the system had already decided.`,
  ];
}

/** Likely causes with their fix, best supported by the evidence first. */
function causes(delivery: Delivery, handlerRan: boolean): string[] {
  const { received, returned, reporting, sent } = delivery;
  if (!handlerRan) {
    return [
      'Create the PKPushRegistry and set its delegate at launch, on every launch, and keep it alive: a registry made later misses the push.',
    ];
  }
  const steps: string[] = [];
  const hasCallId = (received?.callId ?? sent?.callId) !== undefined;
  if (!hasCallId) {
    steps.push(
      'The payload carries no call id: apps often return early without one. Send a UUID, and report a call even when the payload is not understood.',
    );
  }
  if (returned !== undefined && (reporting === undefined || returned.at < reporting.at)) {
    steps.push(
      'Report on every path through the handler, also when the user is logged out, the payload is bad or the call is already gone: report, then end the call.',
      'Report in the delegate method itself: a report started in a task or after an await comes after the check.',
    );
  } else {
    steps.push(
      'Report first, before the network, the database or a bridge to JavaScript or Dart is waited for, and update the call later.',
    );
  }
  return steps;
}

function strikesSentence(strikes: number): string {
  const count = strikes === 1 ? 'the first violation' : `violation ${strikes} in a row`;
  return `This is ${count} seen of this app. After repeated ones iOS stops launching it for VoIP pushes.`;
}
