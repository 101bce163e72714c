import { APNS_REASON_STATUS, ApnsReason, isApnsReason } from './apnsReason';
import { type MeaningAndRemedy, REASON_TEXTS } from './reasonTexts';

/** Apple's page that lists statuses and reasons. */
const APNS_RESPONSES_URL =
  'https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns';

/** What a refusal of APNs means and what to do about it. */
export interface ReasonText {
  readonly status?: number;
  /** As it came; empty when APNs gave none. */
  readonly reason: string;
  readonly meaning: string;
  readonly remedy: string;
  readonly url: string;
  /** The same push may succeed when sent again soon, unchanged. */
  readonly canRetry: boolean;
}

/**
 * Explains an answer of APNs. Total: an unknown reason or status is shown as it came.
 * `canRetry` is true for 429, 500 and 503 only, and false for TooManyProviderTokenUpdates (429), which needs 20 minutes.
 */
export function explainReason(status: number | undefined, reason: string | undefined): ReasonText {
  const known = reason !== undefined && isApnsReason(reason) ? reason : undefined;
  const effectiveStatus = status ?? (known === undefined ? undefined : APNS_REASON_STATUS[known]);
  const { meaning, remedy } = known === undefined ? unknownReason(effectiveStatus, reason) : REASON_TEXTS[known];
  return {
    ...(effectiveStatus === undefined ? {} : { status: effectiveStatus }),
    reason: reason ?? '',
    meaning,
    remedy,
    url: APNS_RESPONSES_URL,
    canRetry: isRetryStatus(effectiveStatus) && known !== ApnsReason.tooManyProviderTokenUpdates,
  };
}

function isRetryStatus(status: number | undefined): boolean {
  return status === 429 || status === 500 || status === 503;
}

function unknownReason(status: number | undefined, reason: string | undefined): MeaningAndRemedy {
  const said = status === undefined ? 'The push was refused' : `The push was refused with status ${status}`;
  if (reason !== undefined && reason !== '') {
    return {
      meaning: `${said} and the reason "${reason}", which this version does not know.`,
      remedy: "Look the reason up on Apple's page.",
    };
  }
  return {
    meaning: `${said} and no reason.`,
    remedy:
      'An answer without a reason may not come from APNs: check the address, and any proxy or firewall on the way.',
  };
}
