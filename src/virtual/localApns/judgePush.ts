import type { ServerHttp2Stream } from 'node:http2';
import { APNS_REASON_STATUS, type ApnsReason } from '../../core/apns/apnsReason';
import type { ApnsAnswer } from './answer';
import { type ApnsRequest, headersWithoutSecrets } from './apnsRequest';
import { type DeviceFault, type DeviceTokenState, findDeviceFault, normalizeDeviceToken } from './deviceRules';
import type { ProviderTokenCheck } from './providerTokenRules';
import { readBody } from './requestBody';
import {
  deviceTokenOf,
  findEnvelopeFault,
  findHeaderFault,
  findPayloadFault,
  findRouteFault,
  payloadLimitOf,
  topicOf,
} from './requestRules';

/** A push that passed every rule. */
export interface AcceptedPush {
  /** Lower-case hexadecimal. */
  readonly deviceToken: string;
  readonly topic: string;
  /** The request's, or the one made for the answer. */
  readonly apnsId: string;
  /** The bytes as they came. */
  readonly body: Uint8Array;
  /** Lower-case names, without pseudo-headers and without `authorization`. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface PushJudge {
  readonly bundleIds: readonly string[];
  readonly tokenState: (deviceToken: string) => DeviceTokenState;
  readonly onAccepted: (push: AcceptedPush) => void;
}

/** Applies every rule in the order that requestRules.ts lists, and hands over the push that passes them all. */
export async function judgePush(
  judge: PushJudge,
  stream: ServerHttp2Stream,
  request: ApnsRequest,
  apnsId: string,
  checkProviderToken: ProviderTokenCheck,
): Promise<ApnsAnswer> {
  const earlyReason =
    findRouteFault(request) ??
    findEnvelopeFault(request) ??
    checkProviderToken(request.headers.get('authorization')) ??
    findHeaderFault(request);
  if (earlyReason !== undefined) return refuse({ reason: earlyReason });

  const body = await readBody(stream, payloadLimitOf(request));
  const payloadReason = findPayloadFault(body);
  if (body === undefined || payloadReason !== undefined) return refuse({ reason: payloadReason ?? 'PayloadTooLarge' });

  const deviceToken = normalizeDeviceToken(deviceTokenOf(request));
  if (deviceToken === undefined) return refuse({ reason: 'BadDeviceToken' });
  const topic = topicOf(request);
  try {
    const deviceFault = findDeviceFault(judge.tokenState(deviceToken), topic, judge.bundleIds);
    if (deviceFault !== undefined) return refuse(deviceFault);
    judge.onAccepted({ deviceToken, topic, apnsId, body, headers: headersWithoutSecrets(request) });
    return { status: 200 };
  } catch {
    // The device behind us failed; a real APNs would say no more than this.
    return refuse({ reason: 'InternalServerError' });
  }
}

function refuse({ reason, timestampMs }: DeviceFault): ApnsAnswer {
  const status: number = APNS_REASON_STATUS[reason satisfies ApnsReason];
  return { status, reason, ...(timestampMs === undefined ? {} : { timestampMs }) };
}
