import { createHash } from 'node:crypto';
import type { PushSentEvent } from '../core/events/event';
import { REDACTED } from '../core/recording/redaction';
import { ExpectedFailure } from './expectedFailure';

/** The payload of a push that was sent from here; an expected failure when parts of it were redacted. */
export function requireSentPayload({
  payload,
  payloadSha256,
}: Pick<PushSentEvent, 'payload' | 'payloadSha256'>): string {
  const isWhole = !payload.includes(REDACTED) || createHash('sha256').update(payload).digest('hex') === payloadSha256;
  if (isWhole) return payload;
  throw new ExpectedFailure(
    'Parts of this payload were redacted (voipPush.recordings.redact), so it is not known any more. Send its file instead.',
  );
}
