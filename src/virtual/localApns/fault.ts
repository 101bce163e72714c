import type { ApnsReason } from '../../core/apns/apnsReason';

/** What the local APNs does instead of following its rules. */
export type FaultAction =
  /** Answers with this status, and with this reason if there is one. */
  | { readonly kind: 'answer'; readonly status: number; readonly reason?: ApnsReason | (string & {}) }
  /** GOAWAY first, then the push is processed and answered by the rules: the answer counts. */
  | { readonly kind: 'goaway' }
  /** GOAWAY with a last stream id below the push: it was not processed and may be sent again elsewhere. */
  | { readonly kind: 'goaway-unprocessed' }
  /** RST_STREAM with INTERNAL_ERROR: nobody knows whether the push was processed. */
  | { readonly kind: 'reset' }
  /** RST_STREAM with REFUSED_STREAM: it was not processed and may be sent again. */
  | { readonly kind: 'refuse' }
  /** The connection is gone without a word. */
  | { readonly kind: 'drop' }
  /** 503 Shutdown, with a GOAWAY that says so. */
  | { readonly kind: 'shutdown' };

/** A fault on demand. Without an action it only delays; without a delay it acts at once. */
export interface ApnsFault {
  readonly action?: FaultAction;
  readonly delayMs?: number;
  /** How many pushes it hits before it is over; without it, all until it is taken back. */
  readonly times?: number;
}

/** Hands a fault to the pushes it is meant for. */
export interface FaultSource {
  set(fault: ApnsFault | undefined): void;
  /** The fault for the push that has just come in, if any. */
  take(): ApnsFault | undefined;
}

/** A source that counts `times` down. */
export function createFaultSource(): FaultSource {
  let current: ApnsFault | undefined;
  let remaining = 0;
  return {
    set(fault) {
      current = fault;
      remaining = fault?.times ?? Number.POSITIVE_INFINITY;
    },
    take() {
      if (current === undefined || remaining <= 0) return undefined;
      remaining -= 1;
      return current;
    },
  };
}
