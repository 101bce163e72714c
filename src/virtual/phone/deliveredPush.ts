import { parsePayload } from '../../core/payload/parsePayload';
import { findCallId, findPushId, isUuid } from '../../core/payload/payloadIds';
import type { PhoneSystem } from '../../core/virtualApp';
import type { AppScript } from './appScript';
import type { ProbeIds } from './probeWords';

/** A push on the phone: what it carries, the app it meets and how far it got. */
export interface DeliveredPush {
  /** What the app reads in the payload. */
  readonly ids: ProbeIds;
  /** The call the app will report: the payload's, or one it makes up. */
  readonly callUuid: string;
  readonly app: AppScript;
  readonly system: PhoneSystem;
  readonly mustReport: boolean;
  /** The app asked for a call to be shown. */
  hasAttempted: boolean;
  /** callservicesd's deadline is over. */
  isOverdue: boolean;
}

/** The ids an app finds in a payload; none in bytes that are no JSON object, for which PushKit hands over an empty dictionary. */
export function readProbeIds(body: Uint8Array): ProbeIds {
  const payload = parsePayload(new TextDecoder().decode(body));
  const push = findPushId(payload);
  const call = findCallId(payload)?.value;
  return {
    ...(push === undefined ? {} : { push }),
    // An app takes the id through `UUID(uuidString:)`: anything else is no call.
    ...(call === undefined || !isUuid(call) ? {} : { call }),
  };
}
