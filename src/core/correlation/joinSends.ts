import type { PushSentEvent } from '../events/event';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';
import type { JoinedBy } from './delivery';
import { assign, bundleIdOf, type Draft, hostTime } from './draft';

/** A push can be held by the network for long, but by order alone only what follows soon is believed. */
const ORDER_WINDOW: Microseconds = 60 * MICROSECONDS_PER_SECOND;
/** How far the device may seem to be ahead of the sending: clocks differ and lines arrive in batches. */
const CLOCK_TOLERANCE: Microseconds = 2 * MICROSECONDS_PER_SECOND;

/**
 * Joins what the device told to what was sent from here: by push id, else by call id, else by app and order in time;
 * one to one. What stays alone on the device's side was sent by somebody else.
 */
export function joinSends(sends: readonly Draft[], device: readonly Draft[]): Draft[] {
  const waiting = new Set(sends);
  const left = new Set(device);
  const match = (by: JoinedBy, find: (draft: Draft, waiting: Iterable<Draft>) => Draft | undefined): void => {
    for (const draft of left) {
      const send = find(draft, waiting);
      if (send === undefined) continue;
      merge(send, draft, by);
      waiting.delete(send);
      left.delete(draft);
    }
  };
  match('push-id', byId(sends, 'pushId', waiting));
  match('call-id', byId(sends, 'callId', waiting));
  match('order', byOrder);
  return [...sends, ...left];
}

/** Pushes sent again carry the same id: the oldest that waits is taken. */
function byId(sends: readonly Draft[], key: 'pushId' | 'callId', waiting: ReadonlySet<Draft>) {
  const byKey = new Map<string, Draft[]>();
  for (const send of sends) {
    const id = send.sent?.[key];
    if (id === undefined) continue;
    const same = byKey.get(id);
    if (same === undefined) byKey.set(id, [send]);
    else same.push(send);
  }
  return (draft: Draft): Draft | undefined => {
    const id = draft.received?.[key] ?? draft.reporting?.[key];
    if (id === undefined) return undefined;
    return byKey.get(id)?.find((send) => waiting.has(send));
  };
}

function byOrder(draft: Draft, waiting: Iterable<Draft>): Draft | undefined {
  const first = draft.joins[0]?.event;
  if (first === undefined) return undefined;
  const at = hostTime(first);
  for (const send of waiting) {
    const { sent, answer } = send;
    if (sent === undefined || answer?.kind === 'push.rejected') continue;
    const age = at - hostTime(sent);
    if (age < -CLOCK_TOLERANCE || age > ORDER_WINDOW) continue;
    if (!contradicts(draft, sent)) return send;
  }
  return undefined;
}

function contradicts(draft: Draft, sent: PushSentEvent): boolean {
  const differ = (one: string | undefined, other: string | undefined): boolean =>
    one !== undefined && other !== undefined && one !== other;
  return (
    differ(bundleIdOf(draft), sent.bundleId) ||
    differ(draft.received?.pushId, sent.pushId) ||
    differ(draft.received?.callId, sent.callId)
  );
}

/** The whole of what the device told joins the sending; how sure that is stands with the receipt. */
function merge(send: Draft, device: Draft, by: JoinedBy): void {
  const { joins, ...roles } = device;
  const anchor = device.received ?? joins[0]?.event;
  Object.assign(send, roles);
  send.joins.push(...joins.map((join) => (join.event === anchor ? { ...join, by } : join)));
}

/** The deliveries that start here: every sending with its answer. */
export function assignAnswers(sends: readonly Draft[], answers: Iterable<NonNullable<Draft['answer']>>): void {
  const bySendId = new Map(sends.map((draft) => [draft.sent?.sendId, draft]));
  for (const answer of answers) {
    const draft = bySendId.get(answer.sendId);
    if (draft !== undefined) assign(draft, 'answer', answer, 'send-id');
  }
}
