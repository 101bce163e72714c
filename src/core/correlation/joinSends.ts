import type { PushSentEvent } from '../events/event';
import { mayHaveArrived } from '../simulators/exitCodes';
import { inDeliverySlices } from '../slices';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';
import type { JoinedBy } from './delivery';
import { assign, bundleIdOf, type Draft, hostTime, startOf } from './draft';
import { canTellOf, type OwnLogs } from './ownLogs';

/** A push can be held by the network for long, but by order alone only what follows soon is believed. */
const ORDER_WINDOW: Microseconds = 60 * MICROSECONDS_PER_SECOND;
/** How far the device may seem to be ahead of the sending: clocks differ and lines arrive in batches. */
const CLOCK_TOLERANCE: Microseconds = 2 * MICROSECONDS_PER_SECOND;

/**
 * Joins what the device told to what was sent from here: by push id, else by call id, else by app and order in time;
 * one to one. What stays alone on the device's side was sent by somebody else.
 */
export function* joinSends(
  sends: readonly Draft[],
  device: readonly Draft[],
  ownLogs: OwnLogs,
): Generator<void, Draft[]> {
  const waiting = new Set(sends);
  const left = new Set(device);
  const join = (send: Draft, draft: Draft, by: JoinedBy): void => {
    merge(send, draft, by);
    waiting.delete(send);
    left.delete(draft);
  };
  for (const key of ['pushId', 'callId'] as const) {
    const pairs = yield* pairsById(waiting, left, key);
    yield* inDeliverySlices(pairs, ([send, draft]) => join(send, draft, key === 'pushId' ? 'push-id' : 'call-id'));
  }
  yield* inDeliverySlices(left, (draft) => {
    const send = byOrder(draft, waiting, ownLogs);
    if (send !== undefined) join(send, draft, 'order');
  });
  return [...sends, ...left];
}

type Pair = readonly [send: Draft, draft: Draft];

/**
 * Pushes sent again carry the same id. They arrive in the order they were sent in, some never: from the last receipt
 * backwards, each takes the latest sending before it that is left.
 */
function* pairsById(
  sends: Iterable<Draft>,
  device: Iterable<Draft>,
  key: 'pushId' | 'callId',
): Generator<void, readonly Pair[]> {
  const sendsById = yield* groupById(sends, ({ sent, answer }) =>
    answer?.kind === 'push.rejected' ? undefined : sent?.[key],
  );
  const receiptsById = yield* groupById(device, ({ received, reporting }) => received?.[key] ?? reporting?.[key]);
  const pairs: Pair[] = [];
  yield* inDeliverySlices(receiptsById, ([id, receipts]) => {
    const left = sendsById.get(id);
    if (left === undefined) return;
    for (const draft of receipts.toReversed()) {
      const arrival = startOf(draft) + CLOCK_TOLERANCE;
      while (left.length > 0 && startOf(left.at(-1)) > arrival) left.pop();
      const send = left.pop();
      if (send === undefined) break;
      pairs.push([send, draft]);
    }
  });
  return pairs;
}

function* groupById(
  drafts: Iterable<Draft>,
  idOf: (draft: Draft) => string | undefined,
): Generator<void, Map<string, Draft[]>> {
  const groups = new Map<string, Draft[]>();
  yield* inDeliverySlices(drafts, (draft) => {
    const id = idOf(draft);
    if (id === undefined) return;
    const same = groups.get(id);
    if (same === undefined) groups.set(id, [draft]);
    else same.push(draft);
  });
  return groups;
}

function byOrder(draft: Draft, waiting: Iterable<Draft>, ownLogs: OwnLogs): Draft | undefined {
  const at = startOf(draft);
  const source = draft.joins[0]?.event.source ?? '';
  for (const send of waiting) {
    const { sent, answer } = send;
    if (sent === undefined || (answer?.kind === 'push.rejected' && !mayHaveArrived(answer))) continue;
    const age = at - hostTime(sent);
    if (age < -CLOCK_TOLERANCE || age > ORDER_WINDOW || !canTellOf(sent, source, ownLogs)) continue;
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

/** Gives every sending its answer. */
export function* assignAnswers(
  sends: readonly Draft[],
  answers: Iterable<NonNullable<Draft['answer']>>,
): Generator<void> {
  const bySendId = new Map<string, Draft>();
  yield* inDeliverySlices(sends, (draft) => {
    if (draft.sent !== undefined) bySendId.set(draft.sent.sendId, draft);
  });
  yield* inDeliverySlices(answers, (answer) => {
    const draft = bySendId.get(answer.sendId);
    if (draft !== undefined) assign(draft, 'answer', answer, 'send-id');
  });
}
