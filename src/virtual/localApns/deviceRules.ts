import { ApnsReason } from '../../core/apns/apnsReason';
import { assertNever } from '../../core/assertNever';

/** What the device behind the local APNs knows of a PushKit token. */
export type DeviceTokenState =
  | { readonly kind: 'active'; readonly bundleId: string }
  | { readonly kind: 'unregistered'; readonly sinceMs: number }
  | { readonly kind: 'unknown' };

/** Why a push to a device is refused. */
export interface DeviceFault {
  readonly reason: ApnsReason;
  /** With 410: since when the token has been invalid, in milliseconds since 1970. */
  readonly timestampMs?: number;
}

/** Hexadecimal bytes. Of any length: Apple says not to rely on one. */
const DEVICE_TOKEN = /^([0-9a-f]{2})+$/;

/** The token as the device writes it, or `undefined` when it is malformed. */
export function normalizeDeviceToken(text: string): string | undefined {
  const lowerCase = text.toLowerCase();
  return DEVICE_TOKEN.test(lowerCase) ? lowerCase : undefined;
}

/**
 * Whether a push with this topic may go to a PushKit token in this state.
 * - The app's bare bundle id, without `.voip`: TopicDisallowed, as senders saw it for PushKit tokens in
 *   https://github.com/node-apn/node-apn/issues/635 and https://github.com/Pr0Ger/PyAPNs2/issues/70
 * - Any other topic, `.voip.voip` among them: DeviceTokenNotForTopic, as in https://github.com/alexalok/dotAPNS/issues/90
 * - The right topic of an app that the key does not cover: TopicDisallowed, as for Apple's topic-specific keys.
 */
export function findDeviceFault(
  state: DeviceTokenState,
  topic: string,
  coveredBundleIds: readonly string[],
): DeviceFault | undefined {
  switch (state.kind) {
    case 'unknown':
      return { reason: ApnsReason.badDeviceToken };
    case 'unregistered':
      return { reason: ApnsReason.unregistered, timestampMs: state.sinceMs };
    case 'active':
      if (topic === state.bundleId) return { reason: ApnsReason.topicDisallowed };
      if (topic !== `${state.bundleId}.voip`) return { reason: ApnsReason.deviceTokenNotForTopic };
      return coveredBundleIds.includes(state.bundleId) ? undefined : { reason: ApnsReason.topicDisallowed };
    default:
      return assertNever(state);
  }
}
