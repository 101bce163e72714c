import type { OutgoingPush } from '../ports';
import { normalizeBundleId } from '../targets/bundleId';

export interface VoipPushInput {
  /** With or without `.voip`. */
  readonly bundleId: string;
  /** Hexadecimal, as PushKit gave it. Goes out as it is. */
  readonly deviceToken: string;
  /** Exactly the bytes to send. */
  readonly body: Uint8Array;
  /** UUID, in either case. */
  readonly apnsId: string;
  /** UNIX time in seconds until which APNs may try; default 0: one try, nothing is stored. */
  readonly expirationSeconds?: number;
  /** 10 (default), 5 or 1. */
  readonly priority?: number;
  /** At most 64 bytes. */
  readonly collapseId?: string;
}

/**
 * The topic of an app's VoIP pushes: its bundle id and `.voip`, once.
 * A bundle id that already ends in `.voip` is taken for a topic, and a doubled `.voip.voip` is mended.
 * https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
 */
export function voipTopic(bundleId: string): string {
  return `${normalizeBundleId(bundleId)}.voip`;
}

/** A VoIP push with every header APNs wants for it, except `authorization`, which the transport adds. */
export function buildVoipPush(input: VoipPushInput): OutgoingPush {
  return {
    deviceToken: input.deviceToken,
    headers: {
      'apns-topic': voipTopic(input.bundleId),
      'apns-push-type': 'voip',
      'apns-priority': String(input.priority ?? 10),
      'apns-expiration': String(input.expirationSeconds ?? 0),
      'apns-id': input.apnsId.toLowerCase(),
      ...(input.collapseId === undefined ? {} : { 'apns-collapse-id': input.collapseId }),
    },
    body: input.body,
  };
}
