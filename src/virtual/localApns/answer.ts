import { randomUUID } from 'node:crypto';
import type { ServerHttp2Stream } from 'node:http2';
import type { ApnsEnvironment } from '../../core/apns/environment';
import type { ApnsRequest } from './apnsRequest';
import { isUuid } from './requestRules';

/** What the local APNs has to say to a push. */
export interface ApnsAnswer {
  readonly status: number;
  /** Missing when accepted, and for a status that no APNs would give. */
  readonly reason?: string;
  /** With 410: in milliseconds since 1970. */
  readonly timestampMs?: number;
}

/** The `apns-id` of the answer: the one of the request, else a new one (APNs makes them in upper case). */
export function answerApnsId(request: ApnsRequest): string {
  const requested = request.headers.get('apns-id');
  return requested !== undefined && isUuid(requested) ? requested : randomUUID().toUpperCase();
}

/**
 * Writes an answer in APNs' form; does nothing when the client is gone.
 * https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns
 */
export function writeAnswer(
  stream: ServerHttp2Stream,
  answer: ApnsAnswer,
  apnsId: string,
  environment: ApnsEnvironment,
): void {
  if (stream.destroyed || stream.closed || stream.headersSent) return;
  const { status, reason } = answer;
  if (status !== 200 && reason === undefined) {
    // What a proxy on the way would say: nothing of APNs in it.
    stream.respond({ ':status': status, 'content-type': 'text/plain' });
    stream.end(`Status ${status}`);
    return;
  }
  stream.respond({
    ':status': status,
    'apns-id': apnsId,
    ...(environment === 'sandbox' ? { 'apns-unique-id': randomUUID() } : {}),
    ...(reason === undefined ? {} : { 'content-type': 'application/json' }),
  });
  stream.end(reason === undefined ? undefined : reasonBody(answer));
}

/** {"reason":"Unregistered","timestamp":1788855094000} */
function reasonBody({ reason, timestampMs }: ApnsAnswer): string {
  return JSON.stringify({ reason, ...(timestampMs === undefined ? {} : { timestamp: Math.round(timestampMs) }) });
}
