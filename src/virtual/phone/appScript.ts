import type { CallApi, CallReportError } from '../../core/events/event';
import type { AppBehavior, PhoneSystem } from '../../core/virtualApp';
import type { AppSituation } from './voipContract';

/** One thing the app's delegate method does, in milliseconds after it was called. */
export type HandlerStep =
  | { readonly afterMs: number; readonly does: 'report'; readonly api: CallApi }
  | { readonly afterMs: number; readonly does: 'learn-answer'; readonly api: CallApi; readonly error?: CallReportError }
  | { readonly afterMs: number; readonly does: 'return' }
  | { readonly afterMs: number; readonly does: 'complete' };

/** What the delegate method does with one push. */
export interface HandlerScript {
  /** Swift's `async` form: PushKit's check waits for its completion instead of its return. */
  readonly isAsync: boolean;
  readonly steps: readonly HandlerStep[];
}

/** An app: the situation a push finds it in, and what it does with it. */
export interface AppScript {
  readonly situation: AppSituation;
  /** How long the network holds a push before it reaches the phone. */
  readonly heldByNetworkMs: number;
  readonly handler: (system: PhoneSystem) => HandlerScript;
}

const IN_BACKGROUND: AppSituation = { state: 'background', isOnCall: false, isDeliveredLate: false };

const REPORTS_IN_TIME = reports(40);
const RETURNS_WITHOUT_REPORT: readonly HandlerStep[] = [
  { afterMs: 3, does: 'return' },
  { afterMs: 5, does: 'complete' },
];
// The wait inside the delegate method ends on its own at last, as a semaphore with a time limit does.
const STUCK: readonly HandlerStep[] = [
  { afterMs: 8000, does: 'return' },
  { afterMs: 8002, does: 'complete' },
];
// 12 ms after the delivery the method is called: the attempt comes out 20 ms after callservicesd decided.
const REPORTS_LATE: readonly HandlerStep[] = [
  { afterMs: 7008, does: 'report', api: 'CallKit' },
  { afterMs: 7045, does: 'return' },
  { afterMs: 7052, does: 'learn-answer', api: 'CallKit' },
  { afterMs: 7054, does: 'complete' },
];
const REPORTS_FROM_A_TASK: readonly HandlerStep[] = [
  { afterMs: 2, does: 'return' },
  { afterMs: 350, does: 'report', api: 'LiveCommunicationKit' },
  { afterMs: 378, does: 'learn-answer', api: 'LiveCommunicationKit' },
  { afterMs: 380, does: 'complete' },
];

export const APP_SCRIPTS: { readonly [B in AppBehavior]: AppScript } = {
  'reports-in-time': inBackground(REPORTS_IN_TIME),
  'reports-after-await': {
    ...inBackground(REPORTS_FROM_A_TASK),
    // The legacy delegate method has no async form: there the task outlives the method.
    handler: (system) => ({ isAsync: system === 'ios-26.4', steps: REPORTS_FROM_A_TASK }),
  },
  'reports-late': inBackground(REPORTS_LATE),
  'never-reports': inBackground(STUCK),
  'returns-early': inBackground(RETURNS_WITHOUT_REPORT),
  'reports-existing-call': inBackground(reports(40, incomingCallError(2))),
  'do-not-disturb': inBackground(reports(40, incomingCallError(3))),
  foreground: inSituation({ ...IN_BACKGROUND, state: 'foreground' }, RETURNS_WITHOUT_REPORT),
  'on-call': inSituation({ ...IN_BACKGROUND, isOnCall: true }, RETURNS_WITHOUT_REPORT),
  'delivered-late': {
    ...inSituation({ ...IN_BACKGROUND, isDeliveredLate: true }, RETURNS_WITHOUT_REPORT),
    heldByNetworkMs: 12_000,
  },
  'logged-out': inBackground([
    { afterMs: 1, does: 'return' },
    { afterMs: 2, does: 'complete' },
  ]),
};

function inBackground(steps: readonly HandlerStep[]): AppScript {
  return inSituation(IN_BACKGROUND, steps);
}

function inSituation(situation: AppSituation, steps: readonly HandlerStep[]): AppScript {
  return { situation, heldByNetworkMs: 0, handler: () => ({ isAsync: false, steps }) };
}

function reports(afterMs: number, error?: CallReportError): readonly HandlerStep[] {
  return [
    { afterMs, does: 'report', api: 'CallKit' },
    { afterMs: afterMs + 6, does: 'return' },
    { afterMs: afterMs + 22, does: 'learn-answer', api: 'CallKit', ...(error === undefined ? {} : { error }) },
    { afterMs: afterMs + 24, does: 'complete' },
  ];
}

/** https://developer.apple.com/documentation/callkit/cxerrorcodeincomingcallerror-swift.struct/code */
function incomingCallError(code: number): CallReportError {
  const domain = 'com.apple.CallKit.error.incomingcall';
  return { domain, code, text: `The operation couldn’t be completed. (${domain} error ${code}.)` };
}
