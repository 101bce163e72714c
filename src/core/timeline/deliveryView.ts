import type { JoinedBy } from '../correlation/delivery';
import type { EventKind, MustReport } from '../events/event';
import type { Microseconds } from '../time';
import type { Certainty, Explanation, VerdictKind, VerdictSeverity } from '../verdict/verdict';

/** The columns a delivery passes through, left to right. */
export const LANES = ['sender', 'apns', 'system', 'app', 'call'] as const;
export type Lane = (typeof LANES)[number];

/** How a mark is drawn: neutral, good, a warning, or what broke the contract. */
export type Tone = 'neutral' | 'good' | 'warning' | 'bad';

/** One event on a delivery's row. */
export interface Mark {
  readonly lane: Lane;
  readonly kind: EventKind;
  /** Short words for people, for example `Report attempted`. */
  readonly label: string;
  /** From the start of the delivery, aligned to one clock. */
  readonly offset: Microseconds;
  readonly tone: Tone;
}

/** A stretch of a delivery's row, from its start. */
export interface Span {
  readonly from: Microseconds;
  readonly to: Microseconds;
}

/** What a list of deliveries needs of each. */
export interface DeliverySummary {
  readonly id: string;
  readonly verdict: VerdictKind;
  readonly severity: VerdictSeverity;
  readonly certainty: Certainty;
  /** The verdict in words, for example `Killed`. */
  readonly title: string;
  /** One sentence that stands alone. */
  readonly headline: string;
  /** Bundle id or process name; `unknown app` where nothing says. */
  readonly app: string;
  readonly mustReport: MustReport;
  /** Start of the delivery, on the host's clock where known. */
  readonly at: Microseconds;
  readonly marks: readonly Mark[];
  /** From the receipt to the deadline, where a report is or may be due. */
  readonly deadline?: Span;
  /** From the receipt to the report attempt. */
  readonly latency?: Microseconds;
  /** Stretches nobody watched. */
  readonly gaps: readonly Span[];
  /** This delivery was sent from here and can be sent again. */
  readonly canSendAgain: boolean;
}

/** One event of a delivery with its proof. */
export interface Evidence extends Mark {
  readonly at: Microseconds;
  readonly source: string;
  readonly joinedBy: JoinedBy;
  /** The raw line, when there is one. */
  readonly line?: string;
  /** What the event carries, for people: `mustReport true, background`. */
  readonly detail: string;
}

export interface SentPayload {
  readonly text: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The answer of APNs or simctl, ready to show. */
export interface AnswerView {
  /** For example `200 accepted` or `400 BadDeviceToken`. */
  readonly title: string;
  readonly meaning?: string;
  readonly remedy?: string;
  /** Label and value, for example `apns-unique-id`. */
  readonly fields: readonly (readonly [label: string, value: string])[];
}

/** Everything about one delivery. */
export interface DeliveryDetail {
  readonly summary: DeliverySummary;
  readonly explanation: Explanation;
  readonly evidence: readonly Evidence[];
  readonly payload?: SentPayload;
  /** Target, environment and request headers. */
  readonly request?: readonly (readonly [label: string, value: string])[];
  readonly answer?: AnswerView;
  /** Offset of the device's clock against the host's, where it could be estimated. */
  readonly clockOffset?: Microseconds;
}
