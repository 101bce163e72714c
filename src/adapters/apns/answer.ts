import type { PushAccepted, PushRejected } from '../../core/ports';
import { microsecondsFromMilliseconds } from '../../core/time';

/** What came back for one push, as it came. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/**
 * Reads APNs' answer; anything that is not APNs' own is kept raw.
 * https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns
 */
export function outcomeOfAnswer({ status, headers, body }: Answer, latencyMs: number): PushAccepted | PushRejected {
  const apnsId = text(headers['apns-id']);
  const apnsUniqueId = text(headers['apns-unique-id']);
  const base: { latencyMs: number; apnsId?: string; apnsUniqueId?: string } = { latencyMs };
  if (apnsId !== undefined) base.apnsId = apnsId;
  if (apnsUniqueId !== undefined) base.apnsUniqueId = apnsUniqueId;
  if (status === 200) return Object.assign(base, ACCEPTED);
  const { reason, timestamp } = parseBody(body);
  const unregisteredSince = status === 410 ? microsecondsOf(timestamp) : undefined;
  return {
    kind: 'rejected',
    ...base,
    status,
    body,
    ...(typeof reason === 'string' ? { reason } : {}),
    ...(unregisteredSince === undefined ? {} : { unregisteredSince }),
  };
}

const ACCEPTED = { kind: 'accepted' } as const;

/** For example `{"reason":"Unregistered","timestamp":1757319094092}`. */
function parseBody(body: string): { readonly reason?: unknown; readonly timestamp?: unknown } {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** APNs gives milliseconds since the Unix epoch. */
function microsecondsOf(timestamp: unknown): number | undefined {
  if (typeof timestamp !== 'number') return undefined;
  const microseconds = microsecondsFromMilliseconds(timestamp);
  return Number.isSafeInteger(microseconds) ? microseconds : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
