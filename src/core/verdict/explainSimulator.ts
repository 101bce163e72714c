import type { Delivery } from '../correlation/delivery';
import type { PushFailedEvent } from '../events/event';
import { explainSimctlExit, mayHaveArrived } from '../simulators/exitCodes';
import { SIMULATOR_TEXTS } from '../simulators/simulatorTexts';
import { LINKS } from './links';
import type { Explanation, Verdict } from './verdict';

/** `printed` is what simctl wrote to stderr. */
export function explainRejectedBySimctl(exitCode: number, printed = ''): Explanation {
  const { meaning, remedy, url, said } = explainSimctlExit(exitCode, printed);
  return {
    summary: `Rejected: simctl ended with exit code ${exitCode}. ${meaning}`,
    why: [
      ...(said === undefined ? [] : [`simctl said: ${said}`]),
      ...(mayHaveArrived({ exitCode }) ? [] : ['The push did not reach the app.']),
    ],
    nextSteps: [remedy],
    links: [LINKS.simctlPush, ...(url === undefined || url === LINKS.simctlPush.url ? [] : [{ title: 'Apple', url }])],
  };
}

export function explainSimctlFailed(failure: PushFailedEvent | undefined): Explanation {
  if (failure?.code === 'cancelled') {
    return {
      summary: 'Not sent: the sending was cancelled.',
      why: ['If simctl had handed the push over already, the app may have got it.'],
      nextSteps: ['Send it again when you are ready.'],
      links: [],
    };
  }
  return {
    summary: `Not sent: ${failure?.message ?? 'simctl gave no answer.'}`,
    why: ['simctl did not say that it took this push, so nothing is known of it beyond this point.'],
    nextSteps: ['Mend what stands above, then send again.'],
    links: [],
  };
}

/** simctl took the push, a log was watched, and nothing VoIP came. */
export function explainNothingFollowed(): Explanation {
  return {
    summary: 'Undelivered: simctl took the push, and nothing VoIP followed: the bridge is not in the app.',
    why: [SIMULATOR_TEXTS.nothingFollowed],
    nextSteps: [
      'Insert the call probe with its bridge into the app, call the bridge from the delegate method for remote notifications, then build and run a debug build on this simulator.',
      'If the bridge is there, bring the app to the foreground, or put "content-available": 1 into "aps": without it, iOS hands a remote notification to the app’s code only in the foreground.',
    ],
    links: [LINKS.simctlPush, LINKS.backgroundPush],
  };
}

/** What must be known of a delivery on a simulator beside its verdict. */
export function simulatorNote({ sent, received }: Delivery, { kind }: Verdict): string | undefined {
  if (received?.via === 'bridge') return kind === 'killed' ? undefined : SIMULATOR_TEXTS.bridge;
  const isOpen = kind === 'pending' || kind === 'inconclusive';
  return isOpen && sent?.transport === 'simctl' && received === undefined ? SIMULATOR_TEXTS.target : undefined;
}
