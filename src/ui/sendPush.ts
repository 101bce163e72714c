import { createHash } from 'node:crypto';
import { buildVoipPush } from '../core/apns/voipPush';
import { answerEvent, pushSentEvent } from '../core/events/sending';
import { shortenDeviceToken } from '../core/log/redact';
import type { CancelSignal, OutgoingPush, PushOutcome } from '../core/ports';
import { isApplesApns } from '../core/targets/origin';
import type { Microseconds } from '../core/time';
import type { PreparedTarget, Target } from './targets';
import type { TimelineSession } from './timelineSession';

export interface Sending {
  readonly target: Pick<Target, 'label' | 'environment' | 'kind' | 'logSource'>;
  readonly prepared: PreparedTarget;
  /** The exact text; its UTF-8 is what goes out. */
  readonly payload: string;
  readonly signal?: CancelSignal;
}

/** What a sending takes from the world. */
export interface SendWorld {
  readonly session: Pick<TimelineSession, 'append'>;
  readonly now: () => Microseconds;
  readonly newUuid: () => string;
  /** Told as soon as a sending is on the timeline. */
  readonly onSent: (deliveryId: string) => void;
}

/** What became of a sending, and where it is on the timeline. */
export type SentOutcome = PushOutcome & { readonly deliveryId: string };

/** Sends one push and puts it and its answer on the timeline; never rejects. */
export async function sendPush({ target, prepared, payload, signal }: Sending, world: SendWorld): Promise<SentOutcome> {
  const { session, now } = world;
  const sendId = world.newUuid();
  const body = new TextEncoder().encode(payload);
  const { deviceToken, bundleId } = prepared;
  const isApns = target.kind !== 'simctl';
  const origin = target.kind === 'apns' ? prepared.apns?.origin : undefined;
  const push: OutgoingPush = isApns
    ? buildVoipPush({ bundleId, deviceToken, body, apnsId: sendId })
    : { deviceToken, body, headers: {} };
  const sent = pushSentEvent({
    at: now(),
    source: SENDER,
    sendId,
    transport: target.kind,
    target: target.label,
    environment: target.environment,
    ...(origin !== undefined && !isApplesApns(origin) && { origin }),
    bundleId,
    payload,
    payloadBytes: body.byteLength,
    payloadSha256: createHash('sha256').update(body).digest('hex'),
    ...(isApns && { deviceToken: shortenDeviceToken(deviceToken), apnsId: sendId }),
    ...(target.kind !== 'apns' && { logSource: target.logSource }),
    headers: push.headers,
  });
  session.append([sent]);
  world.onSent(sent.sendId);
  const outcome = await prepared.transport.send(push, signal);
  session.append([answerEvent(sent, outcome, now())]);
  return { ...outcome, deliveryId: sent.sendId };
}

/** The source of the events of a sending. */
const SENDER = 'sender';
