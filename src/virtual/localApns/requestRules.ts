import { ApnsReason } from '../../core/apns/apnsReason';
import {
  COLLAPSE_ID_LIMIT_BYTES,
  REMOTE_NOTIFICATION_PAYLOAD_LIMIT_BYTES,
  VOIP_PAYLOAD_LIMIT_BYTES,
} from '../../core/apns/limits';
import { isPushType } from '../../core/apns/pushType';
import type { ApnsRequest } from './apnsRequest';

/*
 * The rules of https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns, each
 * with the reason of https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns
 *
 * Apple does not document in which order APNs checks. Here the first that fails answers:
 *   1. method, path, device token present      (findRouteFault)
 *   2. repeated headers, apns-id               (findEnvelopeFault)
 *   3. provider token                          (providerTokenRules.ts)
 *   4. topic, push type, priority, expiration, collapse id  (findHeaderFault)
 *   5. payload present, payload size           (findPayloadFault)
 *   6. device token, and whether it goes with the topic     (deviceRules.ts)
 */

const DEVICE_PATH = '/3/device/';
/** 123e4567-e89b-12d3-a456-4266554400a0. Apple documents lower case; libraries also send upper case. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** com.example.app.voip: what a bundle id may hold, and at least one dot. */
const TOPIC = /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;
/** UNIX time in seconds: 0 or 1788855094. A time that has passed is allowed. */
const UNIX_SECONDS = /^\d{1,15}$/;
const PRIORITIES = ['10', '5', '1'];
const VOIP_SUFFIX = '.voip';

/** Step 1: POST /3/device/<token>. */
export function findRouteFault(request: ApnsRequest): ApnsReason | undefined {
  if (request.method !== 'POST') return ApnsReason.methodNotAllowed;
  if (request.path === DEVICE_PATH || request.path === DEVICE_PATH.slice(0, -1)) return ApnsReason.missingDeviceToken;
  const isDevicePath = request.path.startsWith(DEVICE_PATH) && !deviceTokenOf(request).includes('/');
  return isDevicePath ? undefined : ApnsReason.badPath;
}

/** The device token of the path, as it came; empty when the path has none. */
export function deviceTokenOf({ path }: ApnsRequest): string {
  return path.startsWith(DEVICE_PATH) ? path.slice(DEVICE_PATH.length) : '';
}

/** Step 2. */
export function findEnvelopeFault(request: ApnsRequest): ApnsReason | undefined {
  if (request.repeatedHeader !== undefined) return ApnsReason.duplicateHeaders;
  const apnsId = request.headers.get('apns-id');
  return apnsId === undefined || isUuid(apnsId) ? undefined : ApnsReason.badMessageId;
}

/** Whether a text is a UUID in its canonical form, in either case. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/**
 * Step 4. `apns-push-type` may be left out (Apple recommends it, and requires it only on watchOS); a `.voip` topic with
 * another push type is InvalidPushType, as seen in https://github.com/AndrewBarba/apns2/issues/23
 */
export function findHeaderFault(request: ApnsRequest): ApnsReason | undefined {
  const topic = request.headers.get('apns-topic');
  if (topic === undefined || topic === '') return ApnsReason.missingTopic;
  if (!TOPIC.test(topic)) return ApnsReason.badTopic;
  const pushType = request.headers.get('apns-push-type');
  if (pushType !== undefined && !isPushType(pushType)) return ApnsReason.invalidPushType;
  if (pushType !== undefined && pushType !== 'voip' && topic.endsWith(VOIP_SUFFIX)) return ApnsReason.invalidPushType;
  return findOptionFault(request);
}

function findOptionFault({ headers }: ApnsRequest): ApnsReason | undefined {
  const priority = headers.get('apns-priority');
  if (priority !== undefined && !PRIORITIES.includes(priority)) return ApnsReason.badPriority;
  const expiration = headers.get('apns-expiration');
  if (expiration !== undefined && !UNIX_SECONDS.test(expiration)) return ApnsReason.badExpirationDate;
  const collapseId = headers.get('apns-collapse-id');
  // Node hands over header bytes as Latin-1: one character is one byte.
  if (collapseId !== undefined && collapseId.length > COLLAPSE_ID_LIMIT_BYTES) return ApnsReason.badCollapseId;
  return undefined;
}

/** The largest payload for this request, in bytes. Without a push type the topic decides. */
export function payloadLimitOf(request: ApnsRequest): number {
  const pushType = request.headers.get('apns-push-type');
  const isVoip = pushType === undefined ? topicOf(request).endsWith(VOIP_SUFFIX) : pushType === 'voip';
  return isVoip ? VOIP_PAYLOAD_LIMIT_BYTES : REMOTE_NOTIFICATION_PAYLOAD_LIMIT_BYTES;
}

/** The topic; empty when the request has none. */
export function topicOf(request: ApnsRequest): string {
  return request.headers.get('apns-topic') ?? '';
}

/**
 * Step 5. Any bytes will do for the rest: Apple documents no reason for a payload that is not JSON, so none is made up
 * here. `undefined` for a body that went past the limit.
 */
export function findPayloadFault(body: Uint8Array | undefined): ApnsReason | undefined {
  if (body === undefined) return ApnsReason.payloadTooLarge;
  return body.byteLength === 0 ? ApnsReason.payloadEmpty : undefined;
}
