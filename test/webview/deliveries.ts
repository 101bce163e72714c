import type { DeliveryDetail, DeliverySummary, Evidence, Mark } from '../../src/core/timeline/deliveryView';
import type { VerdictKind } from '../../src/core/verdict/verdict';

/** 2026-09-08T08:11:34.092155Z */
export const START = 1_788_855_094_092_155;

const MS = 1_000;

const SENT: Mark = { lane: 'sender', kind: 'push.sent', label: 'Sent', offset: 0, tone: 'neutral' };
const ACCEPTED: Mark = { lane: 'apns', kind: 'push.accepted', label: 'Accepted', offset: 31 * MS, tone: 'good' };
const ARRIVED: Mark = {
  lane: 'system',
  kind: 'push.arrived',
  label: 'Reached the device',
  offset: 74 * MS,
  tone: 'neutral',
};
const DELIVERING: Mark = {
  lane: 'system',
  kind: 'push.delivering',
  label: 'Delivering to the app',
  offset: 96 * MS,
  tone: 'neutral',
};
const RECEIVED: Mark = { lane: 'app', kind: 'push.received', label: 'Handler ran', offset: 120 * MS, tone: 'neutral' };
const DELIVERED = [SENT, ACCEPTED, ARRIVED, DELIVERING, RECEIVED] as const;
const DEADLINE = { from: 120 * MS, to: 7_120 * MS };

function mark(lane: Mark['lane'], kind: Mark['kind'], label: string, offsetMs: number, tone: Mark['tone']): Mark {
  return { lane, kind, label, offset: offsetMs * MS, tone };
}

const BASE = {
  certainty: 'observed',
  app: 'com.example.app',
  mustReport: true,
  gaps: [],
  canSendAgain: true,
} as const;

/** One delivery of every verdict, as the core describes them; the newest first. */
export const DELIVERIES: { readonly [K in VerdictKind]: DeliverySummary } = {
  pending: {
    ...BASE,
    id: 'd-pending',
    verdict: 'pending',
    severity: 'none',
    title: 'Pending',
    headline: 'The app has 7.0 s from the receipt to report a call.',
    at: START + 3_600_000_000,
    marks: DELIVERED,
    deadline: DEADLINE,
  },
  killed: {
    ...BASE,
    id: 'd-killed',
    verdict: 'killed',
    severity: 'error',
    title: 'Killed',
    headline: 'iOS ended the app 7.0 s after the delivery because no call had been reported.',
    at: START + 3_200_000_000,
    marks: [...DELIVERED, mark('app', 'app.terminated', 'App killed', 7_160, 'bad')],
    deadline: DEADLINE,
  },
  'missing-report': {
    ...BASE,
    id: 'd-missing',
    verdict: 'missing-report',
    severity: 'error',
    certainty: 'assumed',
    title: 'Missing report',
    headline: 'The app did not report a call within 7.0 s of the delivery.',
    mustReport: 'unknown',
    at: START + 3_000_000_000,
    marks: [...DELIVERED, mark('app', 'handler.returned', 'Handler returned', 131, 'neutral')],
    deadline: DEADLINE,
  },
  reported: {
    ...BASE,
    id: 'd-reported',
    verdict: 'reported',
    severity: 'none',
    title: 'Reported',
    headline: 'The app reported the call 42 ms after the delivery.',
    at: START + 2_800_000_000,
    marks: [
      ...DELIVERED,
      mark('call', 'call.reporting', 'Report attempted', 162, 'good'),
      mark('app', 'handler.returned', 'Handler returned', 165, 'neutral'),
      mark('call', 'call.reported', 'Report answered', 190, 'good'),
    ],
    deadline: DEADLINE,
    latency: 42 * MS,
  },
  'reported-late': {
    ...BASE,
    id: 'd-late',
    verdict: 'reported-late',
    severity: 'error',
    title: 'Reported late',
    headline: 'The report came 9.3 s after the delivery: 2.3 s too late.',
    at: START + 2_600_000_000,
    marks: [...DELIVERED, mark('call', 'call.reporting', 'Report attempted', 9_420, 'good')],
    deadline: DEADLINE,
    latency: 9_300 * MS,
  },
  'reported-with-error': {
    ...BASE,
    id: 'd-error',
    verdict: 'reported-with-error',
    severity: 'info',
    title: 'Reported with error',
    headline: 'The app reported the call, and CallKit answered that the UUID already exists.',
    at: START + 2_400_000_000,
    marks: [
      ...DELIVERED,
      mark('call', 'call.reporting', 'Report attempted', 170, 'good'),
      mark('call', 'call.reported', 'Report ended in an error', 205, 'warning'),
    ],
    deadline: DEADLINE,
    latency: 50 * MS,
  },
  'not-required': {
    ...BASE,
    id: 'd-not-required',
    verdict: 'not-required',
    severity: 'none',
    title: 'Not required',
    headline: 'iOS said mustReport false: no call report was due.',
    mustReport: false,
    at: START + 2_200_000_000,
    marks: [...DELIVERED, mark('app', 'handler.returned', 'Handler returned', 128, 'neutral')],
  },
  inconclusive: {
    ...BASE,
    id: 'd-inconclusive',
    verdict: 'inconclusive',
    severity: 'warning',
    title: 'Inconclusive',
    headline: 'The log was not watched for 5.9 s before the deadline.',
    at: START + 2_000_000_000,
    marks: DELIVERED,
    deadline: DEADLINE,
    gaps: [{ from: 400 * MS, to: 6_300 * MS }],
  },
  blocked: {
    ...BASE,
    id: 'd-blocked',
    verdict: 'blocked',
    severity: 'error',
    title: 'Blocked',
    headline: 'iOS did not launch the app: it failed to report a call too many times.',
    mustReport: 'unknown',
    at: START + 1_800_000_000,
    marks: [SENT, ACCEPTED, ARRIVED, mark('system', 'launch.blocked', 'Launch blocked', 92, 'bad')],
  },
  undelivered: {
    ...BASE,
    id: 'd-undelivered',
    verdict: 'undelivered',
    severity: 'warning',
    title: 'Undelivered',
    headline: 'APNs took the push, and nothing was seen of it for 30 s.',
    mustReport: 'unknown',
    at: START + 1_600_000_000,
    marks: [SENT, ACCEPTED],
  },
  rejected: {
    ...BASE,
    id: 'd-rejected',
    verdict: 'rejected',
    severity: 'error',
    title: 'Rejected',
    headline: 'APNs refused the push: BadDeviceToken.',
    mustReport: 'unknown',
    at: START + 1_400_000_000,
    marks: [SENT, mark('apns', 'push.rejected', 'Rejected', 58, 'bad')],
  },
  'send-failed': {
    ...BASE,
    id: 'd-failed',
    verdict: 'send-failed',
    severity: 'error',
    title: 'Not sent',
    headline: 'APNs could not be reached: the connection was refused.',
    mustReport: 'unknown',
    at: START + 1_200_000_000,
    marks: [SENT, mark('apns', 'push.failed', 'No answer', 12, 'bad')],
  },
};

/** Names from outside that try to be something else. */
export const HOSTILE_NAMES = {
  markup: '</script><img src=x onerror=window.hacked=1>',
  rightToLeft: 'تطبيق \u202Eالمكالمات',
  loneSurrogate: 'com.example.\uD83D.app',
  long: 'com.example.'.padEnd(300, 'very-long-name.'),
} as const;

/** The detail of a delivery, with a raw line for every mark. */
export function detailOf(summary: DeliverySummary): DeliveryDetail {
  const evidence = summary.marks.map(
    (event, index): Evidence => ({
      ...event,
      at: summary.at + event.offset,
      source: event.lane === 'sender' || event.lane === 'apns' ? 'virtual-apns' : 'virtual-iphone',
      joinedBy: index < 2 ? 'send-id' : 'push-id',
      detail: event.kind === 'push.received' ? 'mustReport true, background, metadata delegate, pid 4711' : '',
      ...(index > 1 && { line: `2026-09-08 10:11:34.092155+0200 callservicesd[101] ${event.label} <private>` }),
    }),
  );
  return {
    summary,
    explanation: {
      summary: summary.headline,
      why: [
        'mustReport was true, so iOS demanded a call report for this delivery.',
        'No report attempt was logged between the delivery and the deadline.',
      ],
      nextSteps: [
        'Report the call in the push handler before anything that can return early or wait.',
        'Check that the payload has the call id the handler looks for; when it has none, report a call and end it.',
        'Send the push again and watch this timeline.',
      ],
      links: [
        {
          title: 'PKVoIPPushMetadata.mustReport',
          url: 'https://developer.apple.com/documentation/pushkit/pkvoippushmetadata/mustreport',
        },
        { title: 'Apple DTS on the two checks', url: 'https://developer.apple.com/forums/thread/817976' },
      ],
    },
    evidence,
    payload: {
      text: '{"aps":{},"callId":"0b6f6e6e-6f0a-4a63-9b6e-2f5f5e0f8a11","handle":"</pre><b>Ada</b>","at":12345678901234567890}',
      bytes: 105,
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
    request: [
      ['Target', 'Virtual iPhone'],
      ['Environment', 'virtual'],
      ['apns-topic', 'com.example.app.voip'],
      ['apns-push-type', 'voip'],
      ['apns-priority', '10'],
      ['apns-expiration', '0'],
    ],
    answer: answerOf(summary),
    clockOffset: 1_204_000,
  };
}

function answerOf({ verdict }: DeliverySummary): NonNullable<DeliveryDetail['answer']> {
  const fields = [
    ['Latency', '31 ms'],
    ['apns-id', 'eabeae54-14a8-11e5-b60b-1697f925ec7b'],
    ['apns-unique-id', '3d1a6b5e-1c0b-4f0e-8d4c-2f7a2c8a9d10'],
  ] as const;
  if (verdict !== 'rejected') {
    return { title: '200 accepted', meaning: 'APNs took the push. That does not mean delivered.', fields };
  }
  return {
    title: '400 BadDeviceToken',
    meaning: 'The token is not one APNs knows in this environment.',
    remedy: 'Send to the other environment: builds from Xcode have sandbox tokens, all others production tokens.',
    fields,
  };
}
