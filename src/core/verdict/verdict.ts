import type { Microseconds } from '../time';

/** Every verdict on a delivery, by the word users see in commands, JSON and documents. */
export const VerdictKind = {
  pending: 'pending',
  rejected: 'rejected',
  sendFailed: 'send-failed',
  undelivered: 'undelivered',
  blocked: 'blocked',
  reported: 'reported',
  reportedWithError: 'reported-with-error',
  reportedLate: 'reported-late',
  notRequired: 'not-required',
  missingReport: 'missing-report',
  killed: 'killed',
  inconclusive: 'inconclusive',
} as const;
export type VerdictKind = (typeof VerdictKind)[keyof typeof VerdictKind];

/** `error` is what the timeline and the command line call flagged. */
export type VerdictSeverity = 'error' | 'warning' | 'info' | 'none';

/** `observed`: the log says so. `assumed`: it follows from a rule, because the system did not say mustReport. */
export type Certainty = 'observed' | 'assumed';

/** Which of the system's two checks ended the app. https://developer.apple.com/forums/thread/817976 */
export type KillCheck = 'handler-return' | 'seven-seconds' | 'unknown';

interface VerdictBase {
  readonly severity: VerdictSeverity;
  readonly certainty: Certainty;
}

export type Verdict =
  // `decidesAt`: when silence will decide, by the host's clock.
  | (VerdictBase & { readonly kind: 'pending'; readonly decidesAt?: Microseconds })
  | (VerdictBase & { readonly kind: 'rejected' })
  // No answer: no connection, dropped, timed out or cancelled. It is not refused, and may even have been taken.
  | (VerdictBase & { readonly kind: 'send-failed' })
  | (VerdictBase & { readonly kind: 'undelivered' })
  | (VerdictBase & { readonly kind: 'blocked' })
  | (VerdictBase & { readonly kind: 'reported'; readonly latency: Microseconds })
  | (VerdictBase & { readonly kind: 'reported-with-error'; readonly latency: Microseconds })
  | (VerdictBase & {
      readonly kind: 'reported-late';
      readonly latency: Microseconds;
      readonly late: 'after-deadline' | 'after-return';
      // How long the log has no evidence before the report, where its clock may have been set instead: `latency` is not
      // sure then.
      readonly silence?: Microseconds;
    })
  | (VerdictBase & { readonly kind: 'not-required'; readonly because: 'must-report-false' | 'foreground' | 'on-call' })
  | (VerdictBase & { readonly kind: 'missing-report' })
  | (VerdictBase & { readonly kind: 'killed'; readonly check: KillCheck; readonly handlerRan: boolean })
  | (VerdictBase & {
      readonly kind: 'inconclusive';
      readonly because: string;
      readonly doubt?: 'clock-set-forward' | 'clock-set-back';
    });

export interface Link {
  readonly title: string;
  readonly url: string;
}

/** Why a verdict is what it is and what to do next; written once for timeline, command line and exports. */
export interface Explanation {
  /** One sentence that stands alone. */
  readonly summary: string;
  /** Facts from the evidence, one sentence each. */
  readonly why: readonly string[];
  /** What to do, most useful first. */
  readonly nextSteps: readonly string[];
  /** The sources of what is said. */
  readonly links: readonly Link[];
}
