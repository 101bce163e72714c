import { otherEnvironment } from '../core/apns/environment';
import { explainReason } from '../core/apns/reasons';
import { voipTopic } from '../core/apns/voipPush';
import { shortenDeviceToken } from '../core/log/redact';
import type { PushOutcome } from '../core/ports';
import { explainSimctlExit } from '../core/simulators/exitCodes';
import { isApplesApns } from '../core/targets/origin';
import { formatDuration, MICROSECONDS_PER_MILLISECOND } from '../core/time';
import type { Destination } from './destination';
import { type Paint, printable } from './paint';

/** What `voip-push send --format json` prints for a simulator or a device. Stable: fields are only added. */
export interface SendReport {
  readonly version: 1;
  readonly outcome: PushOutcome['kind'];
  readonly transport: 'apns' | 'simctl';
  readonly target: string;
  readonly environment: string | null;
  readonly bundleId: string;
  readonly topic: string | null;
  /** Shortened. */
  readonly deviceToken: string | null;
  readonly latencyMs: number;
  readonly apnsId: string | null;
  readonly apnsUniqueId: string | null;
  readonly status: number | null;
  readonly exitCode: number | null;
  readonly reason: string | null;
  readonly explanation: string;
  readonly nextSteps: readonly string[];
  readonly url: string | null;
}

type SentTo = Exclude<Destination, { readonly kind: 'virtual' }>;

/** Apple's tool that shows what became of a sandbox push. */
const CONSOLE_URL = 'https://developer.apple.com/notifications/push-notifications-console/';

/** The outcome as data for machines. */
export function sendReport(outcome: PushOutcome, to: SentTo): SendReport {
  const isApns = to.kind === 'apns';
  const rejected = outcome.kind === 'rejected' ? outcome : undefined;
  return {
    version: 1,
    outcome: outcome.kind,
    transport: isApns ? 'apns' : 'simctl',
    target: isApns ? to.name : to.udid,
    environment: isApns ? to.environment : null,
    bundleId: to.bundleId,
    topic: isApns ? voipTopic(to.bundleId) : null,
    deviceToken: isApns ? shortenDeviceToken(to.deviceToken) : null,
    latencyMs: Math.round(outcome.latencyMs * 1000) / 1000,
    apnsId: outcome.apnsId ?? null,
    apnsUniqueId: outcome.apnsUniqueId ?? null,
    status: rejected?.status ?? null,
    exitCode: rejected?.exitCode ?? null,
    reason: rejected?.reason ?? null,
    ...explain(outcome, to),
  };
}

type Explained = Pick<SendReport, 'explanation' | 'nextSteps' | 'url'>;

function explain(outcome: PushOutcome, to: SentTo): Explained {
  if (outcome.kind === 'failed') return { explanation: outcome.message, nextSteps: [], url: null };
  if (to.kind === 'simulator') return explainSimctl(outcome);
  if (outcome.kind === 'accepted') {
    const isInConsole = outcome.apnsUniqueId !== undefined && isApplesApns(to.origin);
    return {
      explanation: 'APNs accepted the push. That is not delivered, and not run: only the log of the device tells.',
      nextSteps: isInConsole ? ['Look it up in the Push Notifications Console by its apns-unique-id.'] : [],
      url: isInConsole ? CONSOLE_URL : null,
    };
  }
  const { meaning, remedy, url } = explainReason(outcome.status, outcome.reason);
  const other = otherEnvironment(to.environment);
  const tryOther = `To try the other environment, add --environment ${other}.`;
  return { explanation: meaning, nextSteps: outcome.reason === 'BadDeviceToken' ? [remedy, tryOther] : [remedy], url };
}

function explainSimctl(outcome: Exclude<PushOutcome, { readonly kind: 'failed' }>): Explained {
  if (outcome.kind === 'accepted') {
    return {
      explanation:
        'simctl took the push, as an ordinary remote notification: it cannot deliver PushKit pushes. The app’s VoIP handler runs only if the call probe’s bridge is in the app.',
      nextSteps: [],
      url: null,
    };
  }
  const { meaning, remedy, url } = explainSimctlExit(outcome.exitCode ?? 1, outcome.body);
  return { explanation: meaning, nextSteps: [remedy], url: url ?? null };
}

const TITLES = { accepted: '✔ Accepted', rejected: '✖ Rejected', failed: '✖ Not sent' } as const;

/** The outcome for people: a line that says all, then what it means and what to do. */
export function renderSendReport(report: SendReport, paint: Paint): string {
  const { outcome, status, exitCode, reason, environment } = report;
  const answer = [status, exitCode === null ? null : `exit code ${exitCode}`, reason].filter((part) => part !== null);
  const head = [
    paint(outcome === 'accepted' ? 'none' : 'error', printable([TITLES[outcome], ...answer].join(' '))),
    paint('strong', printable(report.target)),
    ...(environment === null ? [] : [environment]),
    report.topic ?? report.bundleId,
    ...(report.deviceToken === null ? [] : [report.deviceToken]),
    formatDuration(report.latencyMs * MICROSECONDS_PER_MILLISECOND),
  ];
  const ids = [
    ...(report.apnsId === null ? [] : [`apns-id ${report.apnsId}`]),
    ...(report.apnsUniqueId === null ? [] : [`apns-unique-id ${report.apnsUniqueId}`]),
  ];
  const lines = [
    head.join('  '),
    ...ids.map((id) => paint('faint', `  ${printable(id)}`)),
    `  ${printable(report.explanation)}`,
    ...report.nextSteps.map((step, index) => `  ${index + 1}. ${printable(step)}`),
    ...(report.url === null ? [] : [paint('faint', `  ${report.url}`)]),
  ];
  return `${lines.join('\n')}\n`;
}
