import type { Microseconds } from './time';

/** Asks running work to stop. An `AbortSignal` fits. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** One push, ready for the wire. */
export interface OutgoingPush {
  /** Device token, hexadecimal. */
  readonly deviceToken: string;
  /** Lower-case header names; without `authorization`, which the transport adds. */
  readonly headers: Readonly<Record<string, string>>;
  /** Exactly the bytes to send. */
  readonly body: Uint8Array;
}

interface OutcomeBase {
  /** From the call of `send` to the end of the answer, or to the failure. */
  readonly latencyMs: number;
  readonly apnsId?: string;
  /** Sandbox only: the key to the delivery log in Apple's Push Notifications Console. */
  readonly apnsUniqueId?: string;
}

export interface PushAccepted extends OutcomeBase {
  readonly kind: 'accepted';
}

export interface PushRejected extends OutcomeBase {
  readonly kind: 'rejected';
  /** HTTP status of APNs; missing when simctl refused. */
  readonly status?: number;
  /** Exit code of simctl; missing when APNs refused. */
  readonly exitCode?: number;
  /** As it came; missing when the body was not APNs' JSON. */
  readonly reason?: string;
  /** With 410: since when the token has been invalid. */
  readonly unregisteredSince?: Microseconds;
  /** The raw body, for an answer that is not APNs' own; what simctl printed. */
  readonly body: string;
}

export interface PushFailed extends OutcomeBase {
  readonly kind: 'failed';
  /** For example `ECONNREFUSED`, `cancelled`, `timeout`, `connection-lost`. */
  readonly code: string;
  /** A sentence for people: what happened, and why. */
  readonly message: string;
}

export type PushOutcome = PushAccepted | PushRejected | PushFailed;

/** Sends pushes; never throws: every end is an outcome. */
export interface PushTransport {
  /** One push, one outcome. A cancelled signal gives `failed` with code `cancelled`. */
  send(push: OutgoingPush, signal?: CancelSignal): Promise<PushOutcome>;
  /** Ends its connections; pushes in flight give `failed`. */
  close(): Promise<void>;
}
