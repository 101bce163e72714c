import type { VoipEvent } from '../src/core/events/event';
import { answerEvent, pushSentEvent } from '../src/core/events/sending';
import { MICROSECONDS_PER_MILLISECOND, MICROSECONDS_PER_SECOND, type Microseconds } from '../src/core/time';

/** Gives the events of so many more deliveries, in the order in which they would arrive. */
export interface StoryTeller {
  next(deliveries: number): readonly VoipEvent[];
}

const SOURCES = ['iPhone of A', 'iPhone of B', 'simulator'] as const;
const APPS = ['com.example.phone', 'com.example.talk', 'com.example.desktop'] as const;
/** From the start of a delivery to that of the next: several are under way at once. */
const PACE = 2 * MICROSECONDS_PER_SECOND;

/** A story: what happens when, in milliseconds from its start. */
type Beat = readonly [atMs: number, who: 'send' | 'system' | 'app', what: (cast: Cast) => object];

interface Cast {
  readonly number: number;
  readonly app: string;
  readonly callId: string;
  readonly at: Microseconds;
}

const received =
  (mustReport: boolean | 'unknown') =>
  ({ callId }: Cast) => ({
    kind: 'push.received',
    mustReport,
    via: mustReport === 'unknown' ? 'legacy' : 'metadata',
    appState: 'background',
    callId,
  });
const ARRIVED: Beat = [100, 'system', () => ({ kind: 'push.arrived' })];
const DELIVERING: Beat = [160, 'system', () => ({ kind: 'push.delivering', count: 1 })];
const RECEIVED: Beat = [200, 'app', received(true)];
const REPORTING: Beat = [240, 'app', ({ callId }) => ({ kind: 'call.reporting', api: 'CallKit', callId })];
const REPORTED: Beat = [245, 'app', ({ callId }) => ({ kind: 'call.reported', api: 'CallKit', callId })];
const ADDED: Beat = [242, 'system', ({ callId }) => ({ kind: 'call.added', callId })];
const RETURNED: Beat = [246, 'app', ({ callId }) => ({ kind: 'handler.returned', callId })];
const SENT: Beat = [0, 'send', () => ({})];
const KILL: Beat = [7_200, 'system', () => ({ kind: 'app.terminated', cause: 'callservicesd-kill' })];
const EXCEPTION: Beat = [250, 'app', () => ({ kind: 'app.terminated', cause: 'pushkit-exception' })];

const withoutIds = ([atMs, who, what]: Beat): Beat => [
  atMs,
  who,
  (cast) => {
    const { callId: _, ...rest } = { callId: '', ...what(cast) };
    return rest;
  },
];

const GOOD = [SENT, ARRIVED, DELIVERING, RECEIVED, REPORTING, ADDED, REPORTED, RETURNED] as const;

/** Every kind of delivery, weighted by how often it stands here. */
const STORIES: readonly (readonly Beat[])[] = [
  GOOD,
  GOOD,
  GOOD,
  GOOD.slice(1),
  GOOD.map(withoutIds),
  [ARRIVED, DELIVERING, ADDED],
  [ARRIVED, DELIVERING, KILL],
  [SENT, ARRIVED, DELIVERING, RECEIVED, RETURNED, EXCEPTION],
  [SENT, ARRIVED, DELIVERING, RECEIVED, KILL],
  [SENT, RECEIVED, RETURNED],
  [SENT],
  [SENT, [200, 'app', received(false)], RETURNED],
  [[200, 'app', received('unknown')], REPORTING, RETURNED],
  [SENT, RECEIVED, REPORTING, REPORTING, REPORTED, RETURNED],
];

/** Deliveries of every kind on several logs and apps, overlapping, with ids and without. */
export function mixedStories(): StoryTeller {
  let number = 0;
  let clock = Date.UTC(2026, 0, 1) * 1000;
  let isStarted = false;
  return {
    next(deliveries) {
      const events: VoipEvent[] = isStarted
        ? []
        : SOURCES.map((source) => ({ kind: 'source.started', source, at: clock }));
      isStarted = true;
      for (let told = 0; told < deliveries; told += 1) {
        number += 1;
        clock += PACE;
        events.push(...storyEvents(number, clock));
      }
      // Noise of the watched logs is no event; what shows that they were watched to the end is their end.
      return events.sort((one, other) => one.at - other.at);
    },
  };
}

function storyEvents(number: number, startAt: Microseconds): VoipEvent[] {
  const chance = scattered(number);
  const story = STORIES[chance % STORIES.length] ?? GOOD;
  const source = SOURCES[(chance >>> 8) % SOURCES.length] ?? SOURCES[0];
  const app = APPS[(chance >>> 12) % APPS.length] ?? APPS[0];
  const callId = `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
  return story.flatMap(([atMs, who, what]) => {
    const at = startAt + atMs * MICROSECONDS_PER_MILLISECOND;
    const cast = { number, app, callId, at };
    return who === 'send' ? sending(cast) : [logged(cast, source, who, what(cast))];
  });
}

/** The same for the same number, and without a pattern: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function scattered(number: number): number {
  return (Math.imul(Math.imul(number, 1_664_525) + 1_013_904_223, 22_695_477) >>> 4) & 0xff_ffff;
}

function sending({ number, app, callId, at }: Cast): VoipEvent[] {
  const payload = JSON.stringify({ aps: {}, uuid: callId, caller: 'Ada Lovelace', handle: '+491700000000' });
  const sent = pushSentEvent({
    at,
    source: 'sender',
    sendId: `send-${number}`,
    transport: 'apns',
    target: 'Test phone',
    environment: 'sandbox',
    bundleId: app,
    payload,
    payloadBytes: payload.length,
    payloadSha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    headers: { 'apns-topic': `${app}.voip`, 'apns-push-type': 'voip', 'apns-priority': '10', 'apns-expiration': '0' },
  });
  return [sent, answerEvent(sent, { kind: 'accepted', latencyMs: 30 }, at + 30 * MICROSECONDS_PER_MILLISECOND)];
}

/** With a raw line as long as those of `log stream --style ndjson`. */
function logged({ app, at, number }: Cast, source: string, who: 'system' | 'app', what: object): VoipEvent {
  const pid = 100 + app.length;
  const line = JSON.stringify({
    timezoneName: '',
    messageType: 'Default',
    eventType: 'logEvent',
    subsystem: who === 'app' ? app : 'com.apple.calls.callservicesd',
    category: 'Default',
    threadID: 4_711_000 + number,
    senderImagePath: '/System/Library/PrivateFrameworks/TelephonyUtilities.framework/callservicesd',
    processID: who === 'app' ? pid : 77,
    eventMessage: `voip-push 1 ${JSON.stringify(what)}`,
    timestamp: at,
  });
  const base = {
    at,
    arrivedAt: at + 3_000,
    source,
    bundleId: app,
    line,
    ...(who === 'app' && { process: 'Example', pid }),
  };
  // A beat gives the kind and what that kind needs.
  return { ...base, ...what } as VoipEvent;
}
