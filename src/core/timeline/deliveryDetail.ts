import { explainReason } from '../apns/reasons';
import { explainSimctlExit } from '../simulators/exitCodes';
import { SIMULATOR_TEXTS } from '../simulators/simulatorTexts';
import { formatDuration, isoFromMicroseconds, MICROSECONDS_PER_MILLISECOND } from '../time';
import { alignClocks, loggedTime } from './alignedTime';
import { summariseDelivery } from './deliverySummary';
import type { AnswerView, DeliveryDetail, Evidence } from './deliveryView';
import { describeEvent, markStyleOf } from './mark';
import type { JudgedDelivery } from './timeline';

/** Everything about one delivery: the verdict with its reasons, and the proof line by line. */
export function describeDelivery(judged: JudgedDelivery): DeliveryDetail {
  const { delivery, explanation } = judged;
  const summary = summariseDelivery(judged);
  const { timeOf, deviceOffset } = alignClocks(delivery);
  const evidence = delivery.joins
    .map(
      ({ event, by }): Evidence => ({
        ...markStyleOf(event),
        kind: event.kind,
        at: loggedTime(event),
        offset: timeOf(event) - summary.at,
        source: event.source,
        joinedBy: by,
        detail: describeEvent(event),
        ...(event.line !== undefined && { line: event.line }),
      }),
    )
    .sort((one, other) => one.offset - other.offset);
  const { sent } = delivery;
  const answer = answerView(judged);
  return {
    summary,
    explanation,
    evidence,
    ...(sent !== undefined && {
      payload: { text: sent.payload, bytes: sent.payloadBytes, sha256: sent.payloadSha256 },
      request: [
        ['Target', sent.target],
        ['Environment', sent.environment],
        ['App', sent.bundleId],
        ...(sent.deviceToken === undefined ? [] : [['Device token', sent.deviceToken] as const]),
        ...Object.entries(sent.headers),
      ],
    }),
    ...(answer !== undefined && { answer }),
    ...(deviceOffset !== undefined && { clockOffset: deviceOffset }),
  };
}

function answerView({ delivery: { answer, sent } }: JudgedDelivery): AnswerView | undefined {
  if (answer === undefined) return undefined;
  const latency = formatDuration(answer.latencyMs * MICROSECONDS_PER_MILLISECOND);
  const fields: (readonly [string, string])[] = [['Latency', latency]];
  if (answer.apnsId !== undefined) fields.push(['apns-id', answer.apnsId]);
  if (answer.apnsUniqueId !== undefined) fields.push(['apns-unique-id', answer.apnsUniqueId]);
  switch (answer.kind) {
    case 'push.accepted':
      if (sent?.transport === 'simctl') return { title: 'Taken by simctl', meaning: SIMULATOR_TEXTS.accepted, fields };
      return { title: '200 accepted', meaning: 'APNs took the push. That does not mean delivered.', fields };
    case 'push.rejected': {
      if (answer.exitCode !== undefined) {
        const { meaning, remedy } = explainSimctlExit(answer.exitCode, answer.line ?? '');
        return { title: `simctl exit code ${answer.exitCode}`, meaning, remedy, fields };
      }
      const { meaning, remedy, reason } = explainReason(answer.status, answer.reason);
      if (answer.unregisteredSince !== undefined) {
        fields.push(['Unregistered since', isoFromMicroseconds(answer.unregisteredSince)]);
      }
      const title = [answer.status, reason].filter((part) => part !== undefined).join(' ');
      return { title, meaning, remedy, fields };
    }
    case 'push.failed':
      return { title: `No answer (${answer.code})`, meaning: answer.message, fields };
  }
}
