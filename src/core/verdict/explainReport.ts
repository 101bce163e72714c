import type { Delivery } from '../correlation/delivery';
import { attemptOf } from '../correlation/draft';
import type { CallReportError } from '../events/event';
import { formatDuration } from '../time';
import { LINKS } from './links';
import type { Explanation, Verdict } from './verdict';

type VerdictOf<K extends Verdict['kind']> = Extract<Verdict, { kind: K }>;

export function explainReported(
  { reporting, reported, received }: Delivery,
  verdict: VerdictOf<'reported'>,
): Explanation {
  const api = (reporting ?? reported)?.api;
  const seenBy =
    api === undefined
      ? 'callservicesd saw the report itself; no line of the app was seen.'
      : `The app asked ${api} to show the call before its handler returned.`;
  const since = received === undefined ? 'the system delivered the push' : 'the app received the push';
  return {
    summary: `Reported: the call was reported ${formatDuration(verdict.latency)} after ${since}.`,
    why: [
      seenBy,
      ...(received === undefined
        ? [
            'Assumed, not observed: the system’s lines do not say whether a report was due, nor when the handler returned.',
          ]
        : []),
    ],
    nextSteps: [],
    links: [LINKS.mustReport],
  };
}

/** Domain `com.apple.CallKit.error.incomingcall`: https://developer.apple.com/documentation/callkit/cxerrorcodeincomingcallerror */
const INCOMING_CALL_ERRORS: Readonly<Record<number, { readonly name: string; readonly advice: string }>> = {
  0: { name: 'unknown', advice: 'Log the whole error; CallKit gives no more than this.' },
  1: { name: 'unentitled', advice: 'Add `voip` to UIBackgroundModes: without it CallKit shows no call.' },
  2: {
    name: 'callUUIDAlreadyExists',
    advice:
      'The UUID is that of a call that exists. While on a call this is the advised way to keep the contract; otherwise give every call a new UUID.',
  },
  3: {
    name: 'filteredByDoNotDisturb',
    advice: 'The user has Do Not Disturb on: no call is shown. End the call on your side.',
  },
  4: {
    name: 'filteredByBlockList',
    advice: 'The user has blocked this caller: no call is shown. End the call on your side.',
  },
  5: {
    name: 'filteredDuringRestrictedSharingMode',
    advice: 'The phone is in a restricted sharing mode: no call is shown.',
  },
  6: { name: 'callIsProtected', advice: 'The call is protected and was not shown.' },
  7: {
    name: 'filteredBySensitiveParticipants',
    advice: 'A participant is on the list of sensitive contacts: no call is shown.',
  },
};

export function explainReportedWithError(
  { reported }: Delivery,
  verdict: VerdictOf<'reported-with-error'>,
): Explanation {
  const error = reported?.error;
  const after = formatDuration(verdict.latency);
  const known = error?.domain === 'com.apple.CallKit.error.incomingcall' ? INCOMING_CALL_ERRORS[error.code] : undefined;
  const why = ['The attempt is what the contract asks for: a report that ends in an error is not a missing report.'];
  if (error?.code === 3 && known !== undefined) {
    why.push(
      'Whether a report filtered by Do Not Disturb always satisfies the check after seven seconds is not documented.',
    );
  }
  return {
    summary: `Reported with error: the app reported after ${after}, and ${reported?.api ?? 'CallKit'} answered ${errorName(error, known?.name)}.`,
    why,
    nextSteps: [known?.advice ?? 'Look the error up by its domain and code.'],
    links: [LINKS.block],
  };
}

function errorName(error: CallReportError | undefined, known: string | undefined): string {
  if (error === undefined) return 'with an error';
  const text = error.text === undefined ? '' : ` “${error.text}”`;
  return known === undefined ? `${error.domain} code ${error.code}${text}` : `code ${error.code}, ${known}`;
}

export function explainNotRequired(delivery: Delivery, { because }: VerdictOf<'not-required'>): Explanation {
  const { received } = delivery;
  const hasReported =
    attemptOf(delivery) !== undefined
      ? 'The app reported a call all the same.'
      : 'The app reported no call, and need not.';
  switch (because) {
    case 'must-report-false':
      return {
        summary: 'Not required: mustReport was false, so no call report was due.',
        why: [`iOS says false when ${exemption(received)}.`, hasReported],
        nextSteps: ['Do not rely on it: the same push needs a report when the app is in the background and idle.'],
        links: [LINKS.mustReport],
      };
    case 'foreground':
      return {
        summary: 'Not required, as far as known: the app said that it was in the foreground.',
        why: [
          'This iOS does not say mustReport. The system’s own view of the app decides, not the app’s.',
          hasReported,
        ],
        nextSteps: ['Send the push again with the app in the background: that is where the report is due.'],
        links: [LINKS.twoChecks],
      };
    case 'on-call':
      return {
        summary: 'Not required, as far as known: the app said that it was on a call.',
        why: [
          'This iOS does not say mustReport. The system’s own view of the call decides, not the app’s.',
          hasReported,
        ],
        nextSteps: ['To be sure, report the UUID of the call that exists: the error it gives satisfies the contract.'],
        links: [LINKS.block],
      };
  }
}

function exemption(received: Delivery['received']): string {
  if (received?.appState === 'foreground') return 'the app is in the foreground, as it was here';
  if (received?.onCall === true) return 'a call is active, as it was here';
  return 'the app is in the foreground, a call is active, or the network delivered the push late';
}
