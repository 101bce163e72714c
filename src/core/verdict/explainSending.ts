import { explainReason } from '../apns/reasons';
import type { Delivery } from '../correlation/delivery';
import { isInApplesConsole } from '../events/sending';
import { explainNothingFollowed, explainRejectedBySimctl, explainSimctlFailed } from './explainSimulator';
import { LINKS } from './links';
import type { Explanation } from './verdict';

export function explainRejected({ answer }: Delivery): Explanation {
  if (answer?.kind !== 'push.rejected') return { summary: 'Rejected.', why: [], nextSteps: [], links: [] };
  if (answer.exitCode !== undefined) return explainRejectedBySimctl(answer.exitCode, answer.line);
  const { status, reason } = answer;
  const known = explainReason(status, reason);
  return {
    summary: `Rejected: APNs answered ${[status, known.reason].filter((part) => part !== undefined).join(' ')}. ${known.meaning}`,
    why: ['The push never left APNs: the app did not see it.'],
    nextSteps: [known.remedy],
    links: [{ title: 'Apple: Handling notification responses from APNs', url: known.url }],
  };
}

export function explainSendFailed({ answer, sent }: Delivery): Explanation {
  const failure = answer?.kind === 'push.failed' ? answer : undefined;
  if (sent?.transport === 'simctl') return explainSimctlFailed(failure);
  if (failure?.code === 'cancelled') {
    return {
      summary: 'Not sent: the sending was cancelled.',
      why: ['If the request was already on its way, APNs may have taken it.'],
      nextSteps: ['Send it again when you are ready.'],
      links: [],
    };
  }
  return {
    summary: `Not sent: ${failure?.message ?? 'no answer came.'}`,
    why: ['APNs gave no answer to this push, so nothing is known of it beyond this point.'],
    nextSteps: ['Fix the connection, then send again.'],
    links: [],
  };
}

export function explainUndelivered({ sent }: Delivery): Explanation {
  if (sent?.transport === 'simctl') return explainNothingFollowed();
  const nextSteps = [
    'Check that the phone is on, online and unlocked once since its last start: before that, VoIP pushes wait or are dropped.',
    'If the app was killed for missing reports before, iOS may have stopped delivering to it: reinstall it and send again.',
  ];
  if (isInApplesConsole(sent)) {
    nextSteps.push('Look the push up in Apple’s Push Notifications Console with its apns-unique-id.');
  }
  return {
    summary: 'Undelivered: APNs accepted the push, and nothing of it was seen on the device.',
    why: ['Accepted by APNs does not mean delivered. A log was being watched all the time.'],
    nextSteps,
    links: [LINKS.accepted, LINKS.block],
  };
}

/** `strikes`: violations in a row of this app that were seen before. */
export function explainBlocked(strikes: number): Explanation {
  return {
    summary:
      'Blocked: iOS refused to launch the app for this push, because it failed to report calls too many times before.',
    why: [
      'APNs still answers 200, and the app cannot find out: this line of callservicesd is the only trace.',
      strikes === 0
        ? 'The failures that led here are earlier deliveries, from before this log.'
        : `The failures that led here are earlier deliveries: ${strikes === 1 ? 'one was' : `${strikes} in a row were`} seen.`,
    ],
    nextSteps: [
      'Fix the missing reports first.',
      'Then delete and reinstall the app: that is reported to lift the block. A push reported while the app is in the foreground may also clear the count.',
    ],
    links: [LINKS.block],
  };
}
