import { createHash } from 'node:crypto';
import type { VoipEvent } from '../../src/core/events/event';
import { pushSentEvent } from '../../src/core/events/sending';

/** 8 September 2026, 8:11:34 UTC. */
export const START = 1_788_855_094_000_000;

export const SECOND = 1_000_000;

/** A sending at `at` that nobody answered. */
export function sentEvent(sendId: string, at: number = START): VoipEvent {
  const payload = '{"aps":{}}';
  return pushSentEvent({
    at,
    source: 'sender',
    sendId,
    transport: 'virtual',
    target: 'Virtual iPhone',
    environment: 'virtual',
    bundleId: 'com.example.app',
    payload,
    payloadBytes: payload.length,
    payloadSha256: createHash('sha256').update(payload).digest('hex'),
    headers: {},
  });
}

/** APNs took that sending. */
export function acceptedEvent(sendId: string, at: number = START): VoipEvent {
  return { kind: 'push.accepted', at, source: 'sender', sendId, latencyMs: 1 };
}

/** APNs refused that sending. */
export function rejectedEvent(sendId: string, at: number = START): VoipEvent {
  return { kind: 'push.rejected', at, source: 'sender', sendId, latencyMs: 1, status: 400, reason: 'BadDeviceToken' };
}

/** The app got a push that it must report, as its log says. */
export function receivedEvent(at: number, source: string): VoipEvent {
  const app = { bundleId: 'com.example.app', process: 'Example', pid: 4711 };
  return { kind: 'push.received', at, arrivedAt: at, source, ...app, mustReport: true, via: 'metadata' };
}
