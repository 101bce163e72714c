import { parsePayload } from '../payload/parsePayload';
import { findCallId, findPushId } from '../payload/payloadIds';
import type { PushOutcome } from '../ports';
import type { Microseconds } from '../time';
import type { PushAcceptedEvent, PushFailedEvent, PushRejectedEvent, PushSentEvent } from './event';

/** The event of a sending; the ids that join it to what the app says are read from its payload. */
export function pushSentEvent(input: Omit<PushSentEvent, 'kind' | 'pushId' | 'callId'>): PushSentEvent {
  const payload = parsePayload(input.payload);
  const pushId = findPushId(payload);
  const callId = findCallId(payload)?.value.toLowerCase();
  return {
    ...input,
    kind: 'push.sent',
    ...(pushId !== undefined && { pushId }),
    ...(callId !== undefined && { callId }),
  };
}

/** The same sending, with the call id that stands at one of the user's own places in its payload, if one does. */
export function withCallIdAt(sent: PushSentEvent, ownPointers: readonly string[]): PushSentEvent {
  if (ownPointers.length === 0) return sent;
  const callId = findCallId(parsePayload(sent.payload), ownPointers)?.value;
  return callId === undefined || callId === sent.callId ? sent : { ...sent, callId };
}

/** Whether Apple's Push Notifications Console can know of a push: only those of Apple's own sandbox are in it. */
export function isInApplesConsole(sent: PushSentEvent | undefined): boolean {
  return sent?.environment === 'sandbox' && sent.origin === undefined;
}

/** The event of what came back for `sent`; `at` by the host's clock. */
export function answerEvent(
  sent: PushSentEvent,
  outcome: PushOutcome,
  at: Microseconds,
): PushAcceptedEvent | PushRejectedEvent | PushFailedEvent {
  const base = {
    at,
    source: sent.source,
    sendId: sent.sendId,
    latencyMs: outcome.latencyMs,
    ...(outcome.apnsId !== undefined && { apnsId: outcome.apnsId }),
    ...(outcome.apnsUniqueId !== undefined && { apnsUniqueId: outcome.apnsUniqueId }),
  };
  switch (outcome.kind) {
    case 'accepted':
      return { ...base, kind: 'push.accepted' };
    case 'rejected':
      return {
        ...base,
        kind: 'push.rejected',
        ...(outcome.status !== undefined && { status: outcome.status }),
        ...(outcome.exitCode !== undefined && { exitCode: outcome.exitCode }),
        ...(outcome.reason !== undefined && { reason: outcome.reason }),
        ...(outcome.unregisteredSince !== undefined && { unregisteredSince: outcome.unregisteredSince }),
        ...(outcome.reason === undefined && outcome.body !== '' && { line: outcome.body.slice(0, 2000) }),
      };
    case 'failed':
      return { ...base, kind: 'push.failed', code: outcome.code, message: outcome.message };
  }
}
