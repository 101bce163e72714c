import type { PushSentEvent } from '../events/event';
import { withCallIdAt } from '../events/sending';
import { mayHaveArrived } from '../simulators/exitCodes';
import { inDeliverySlices, sortInSlices } from '../slices';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';
import type { JoinedBy } from './delivery';
import { assign, bundleIdOf, type Draft, loggedStartOf, newDraft } from './draft';
import { canTellOf, type OwnLogs } from './ownLogs';

/** A push can be held by the network for long, but by order alone only what follows soon is believed. */
const ORDER_WINDOW: Microseconds = 60 * MICROSECONDS_PER_SECOND;
/** How far the device may seem to be ahead of the sending: clocks differ and lines arrive in batches. */
const CLOCK_TOLERANCE: Microseconds = 2 * MICROSECONDS_PER_SECOND;
/** The same for a log that was not captured live, where an id says that it is the push: clocks are off by minutes, not days. */
const UNKNOWN_CLOCK_TOLERANCE: Microseconds = 300 * MICROSECONDS_PER_SECOND;

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
  for (const { key, by, tolerance } of ID_ROUNDS) {
    const pairs = yield* pairsById(waiting, left, key, tolerance);
    yield* inDeliverySlices(pairs, ([send, draft]) => join(send, draft, by));
  }
  const sendsLeft = createSendQueue(sends.filter((send) => waiting.has(send)));
  yield* inDeliverySlices(yield* sortInSlices([...left], loggedStartOf), (draft) => {
    const send = sendsLeft.take(loggedStartOf(draft), (one) => canBeOf(draft, one, ownLogs));
    if (send !== undefined) join(send, draft, 'order');
  });
  return [...sends, ...left];
}

/** Ids that fit in time go first; then those of logs of which nobody knows how their clock stood to ours. */
const ID_ROUNDS = [
  { key: 'pushId', by: 'push-id', tolerance: CLOCK_TOLERANCE },
  { key: 'callId', by: 'call-id', tolerance: CLOCK_TOLERANCE },
  { key: 'pushId', by: 'push-id', tolerance: UNKNOWN_CLOCK_TOLERANCE },
  { key: 'callId', by: 'call-id', tolerance: UNKNOWN_CLOCK_TOLERANCE },
] as const;

type Pair = readonly [send: Draft, draft: Draft];

/**
 * Pushes sent again carry the same id. They arrive in the order they were sent in, some never: from the last receipt
 * backwards, each takes the latest sending before it that is left.
 */
function* pairsById(
  sends: Iterable<Draft>,
  device: Iterable<Draft>,
  key: 'pushId' | 'callId',
  tolerance: Microseconds,
): Generator<void, readonly Pair[]> {
  const receiptsById = yield* groupById(device, (draft) => {
    const { received, reporting } = draft;
    return tolerance > CLOCK_TOLERANCE && isLive(draft) ? undefined : (received?.[key] ?? reporting?.[key]);
  });
  if (receiptsById.size === 0) return [];
  const sendsById = yield* groupById(sends, ({ sent, answer }) => {
    const id = answer?.kind === 'push.rejected' ? undefined : sent?.[key];
    return id !== undefined && receiptsById.has(id) ? id : undefined;
  });
  const pairs: Pair[] = [];
  yield* inDeliverySlices(receiptsById, ([id, receipts]) => {
    const left = sendsById.get(id);
    if (left === undefined) return;
    for (const draft of receipts.toReversed()) {
      const arrival = loggedStartOf(draft) + tolerance;
      while (left.length > 0 && loggedStartOf(left.at(-1)) > arrival) left.pop();
      const send = left.pop();
      if (send === undefined) break;
      pairs.push([send, draft]);
    }
  });
  return pairs;
}

/** What was captured live carries the time of our clock, too. */
function isLive({ joins: [first] }: Draft): boolean {
  return first?.event.arrivedAt !== undefined;
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

/** The sendings that nothing was joined to yet, in order of time. */
interface SendQueue {
  /** Takes out the oldest that fits what a device told at `at`. What is asked for must come in order of time. */
  take(at: Microseconds, fits: (send: Draft) => boolean): Draft | undefined;
}

function createSendQueue(sends: readonly Draft[]): SendQueue {
  const taken = new Set<Draft>();
  let first = 0;
  const isOver = (send: Draft, at: Microseconds): boolean => taken.has(send) || at - loggedStartOf(send) > ORDER_WINDOW;
  return {
    take(at, fits) {
      for (let send = sends[first]; send !== undefined && isOver(send, at); send = sends[first]) {
        taken.delete(send);
        first += 1;
      }
      for (let index = first; index < sends.length; index += 1) {
        const send = sends[index];
        if (send === undefined || loggedStartOf(send) - at > CLOCK_TOLERANCE) return undefined;
        if (taken.has(send) || !fits(send)) continue;
        taken.add(send);
        return send;
      }
      return undefined;
    },
  };
}

function canBeOf(draft: Draft, { sent, answer }: Draft, ownLogs: OwnLogs): boolean {
  if (sent === undefined || (answer?.kind === 'push.rejected' && !mayHaveArrived(answer))) return false;
  return canTellOf(sent, draft.joins[0]?.event.source ?? '', ownLogs) && !contradicts(draft, sent);
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
  const { joins, id: _, ...roles } = device;
  const anchor = device.received ?? joins[0]?.event;
  Object.assign(send, roles);
  send.joins.push(...joins.map((join) => (join.event === anchor ? { ...join, by } : join)));
}

/**
 * A delivery for every sending, with its answer, in order of time. What is there twice, because a recording was opened
 * twice, counts once.
 */
export function* sendDrafts(
  sends: readonly PushSentEvent[],
  answers: readonly NonNullable<Draft['answer']>[],
  callIdPointers: readonly string[],
): Generator<void, readonly Draft[]> {
  const bySendId = new Map<string, Draft>();
  yield* inDeliverySlices(sends, (sent) => {
    if (bySendId.has(sent.sendId)) return;
    const draft = newDraft();
    assign(draft, 'sent', withCallIdAt(sent, callIdPointers), 'send-id');
    bySendId.set(sent.sendId, draft);
  });
  yield* inDeliverySlices(answers, (answer) => {
    const draft = bySendId.get(answer.sendId);
    if (draft?.answer === undefined && draft !== undefined) assign(draft, 'answer', answer, 'send-id');
  });
  return yield* sortInSlices([...bySendId.values()], loggedStartOf);
}
