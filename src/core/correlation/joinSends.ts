import type { PushSentEvent } from '../events/event';
import { withCallIdAt } from '../events/sending';
import { mayHaveArrived } from '../simulators/exitCodes';
import { inDeliverySlices, sortInSlices } from '../slices';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';
import type { JoinedBy } from './delivery';
import { bundleIdOf, type Draft, hostTime, newDraft } from './draft';
import { canTellOf, type OwnLogs } from './ownLogs';

/** A push can be held by the network for long, but by order alone only what follows soon is believed. */
const ORDER_WINDOW: Microseconds = 60 * MICROSECONDS_PER_SECOND;
/** How far the device may seem to be ahead of the sending: clocks differ and lines arrive in batches. */
const CLOCK_TOLERANCE: Microseconds = 2 * MICROSECONDS_PER_SECOND;
/** The same for a log that was not captured live, where an id says that it is the push: clocks are off by minutes, not days. */
const UNKNOWN_CLOCK_TOLERANCE: Microseconds = 300 * MICROSECONDS_PER_SECOND;

/** What was sent from here, with its answer. */
export interface Sending {
  readonly sent: PushSentEvent;
  answer: Draft['answer'];
  /** What a device told of it. */
  device: Draft | undefined;
  /** The latest sending before it with the same id, while ids are compared. */
  sameBefore: Sending | undefined;
}

/**
 * Joins what the device told to what was sent from here: by push id, else by call id, else by app and order in time;
 * one to one. What stays alone on the device's side was sent by somebody else.
 */
export function* joinSends(
  sendings: readonly Sending[],
  device: readonly Draft[],
  ownLogs: OwnLogs,
): Generator<void, readonly Draft[]> {
  const latestFirst = device.toReversed();
  for (const { key, by, tolerance } of ID_ROUNDS) yield* joinById(sendings, latestFirst, key, by, tolerance);
  const takeSending = createSendQueue(sendings.filter(isWaiting));
  const inOrder = yield* sortInSlices(device.filter(isAlone), toldAt);
  yield* inDeliverySlices(inOrder, (draft) => {
    const sending = takeSending(toldAt(draft), (one) => canBeOf(draft, one, ownLogs));
    if (sending !== undefined) join(sending, draft, 'order');
  });
  const drafts: Draft[] = [];
  yield* inDeliverySlices(sendings, (sending) => drafts.push(draftOf(sending)));
  yield* inDeliverySlices(device, (draft) => {
    if (isAlone(draft)) drafts.push(draft);
  });
  return drafts;
}

const isWaiting = ({ device }: Sending): boolean => device === undefined;
const isAlone = ({ sent }: Draft): boolean => sent === undefined;

/** When the device first told of it. */
function toldAt({ joins: [first] }: Draft): Microseconds {
  return first === undefined ? 0 : hostTime(first.event);
}

/** The whole of what the device told joins the sending; how sure that is stands with the receipt. */
function join(sending: Sending, device: Draft, by: JoinedBy): void {
  const anchor = device.received ?? device.joins[0]?.event;
  for (const one of device.joins) if (one.event === anchor) one.by = by;
  device.sent = sending.sent;
  sending.device = device;
}

function draftOf({ sent, answer, device = newDraft() }: Sending): Draft {
  device.sent = sent;
  device.answer = answer;
  if (answer !== undefined) device.joins.unshift({ event: answer, by: 'send-id' });
  device.joins.unshift({ event: sent, by: 'send-id' });
  return device;
}

/** Ids that fit in time go first; then those of logs of which nobody knows how their clock stood to ours. */
const ID_ROUNDS = [
  { key: 'pushId', by: 'push-id', tolerance: CLOCK_TOLERANCE },
  { key: 'callId', by: 'call-id', tolerance: CLOCK_TOLERANCE },
  { key: 'pushId', by: 'push-id', tolerance: UNKNOWN_CLOCK_TOLERANCE },
  { key: 'callId', by: 'call-id', tolerance: UNKNOWN_CLOCK_TOLERANCE },
] as const;

/**
 * Pushes sent again carry the same id. They arrive in the order they were sent in, some never: from the last receipt
 * backwards, each takes the latest sending before it that is left.
 */
function* joinById(
  sendings: readonly Sending[],
  latestFirst: readonly Draft[],
  key: 'pushId' | 'callId',
  by: JoinedBy,
  tolerance: Microseconds,
): Generator<void> {
  const receipts: Draft[] = [];
  yield* inDeliverySlices(latestFirst, (draft) => {
    if (!isAlone(draft) || (tolerance > CLOCK_TOLERANCE && isLive(draft))) return;
    if (idOf(draft, key) !== undefined) receipts.push(draft);
  });
  if (receipts.length === 0) return;
  const latest = new Map<string, Sending | undefined>();
  yield* inDeliverySlices(sendings, (sending) => {
    const id = sending.sent[key];
    if (id === undefined || !isWaiting(sending) || sending.answer?.kind === 'push.rejected') return;
    sending.sameBefore = latest.get(id);
    latest.set(id, sending);
  });
  yield* inDeliverySlices(receipts, (draft) => {
    const id = idOf(draft, key) ?? '';
    const arrival = toldAt(draft) + tolerance;
    let sending = latest.get(id);
    if (sending === undefined) return;
    while (sending !== undefined && hostTime(sending.sent) > arrival) sending = sending.sameBefore;
    latest.set(id, sending?.sameBefore);
    if (sending !== undefined) join(sending, draft, by);
  });
}

function idOf({ received, reporting }: Draft, key: 'pushId' | 'callId'): string | undefined {
  return received?.[key] ?? reporting?.[key];
}

/** What was captured live carries the time of our clock, too. */
function isLive({ joins: [first] }: Draft): boolean {
  return first?.event.arrivedAt !== undefined;
}

/**
 * Of the sendings in order of time, takes the oldest that nothing was joined to yet and that fits what a device told at
 * `at`. What is asked for must come in order of time.
 */
function createSendQueue(
  sendings: readonly Sending[],
): (at: Microseconds, fits: (sending: Sending) => boolean) => Sending | undefined {
  let first = 0;
  const isOver = (sending: Sending, at: Microseconds): boolean =>
    !isWaiting(sending) || at - hostTime(sending.sent) > ORDER_WINDOW;
  return (at, fits) => {
    for (let next = sendings[first]; next !== undefined && isOver(next, at); next = sendings[first]) first += 1;
    for (let index = first; index < sendings.length; index += 1) {
      const sending = sendings[index];
      if (sending === undefined || hostTime(sending.sent) - at > CLOCK_TOLERANCE) return undefined;
      if (isWaiting(sending) && fits(sending)) return sending;
    }
    return undefined;
  };
}

function canBeOf(draft: Draft, { sent, answer }: Sending, ownLogs: OwnLogs): boolean {
  if (answer?.kind === 'push.rejected' && !mayHaveArrived(answer)) return false;
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

/** Every sending with its answer, in order of time. What is there twice, because a recording was opened twice, counts once. */
export function* sendingsOf(
  sends: readonly PushSentEvent[],
  answers: readonly NonNullable<Draft['answer']>[],
  callIdPointers: readonly string[],
): Generator<void, readonly Sending[]> {
  const bySendId = new Map<string, Sending>();
  const sendings: Sending[] = [];
  yield* inDeliverySlices(sends, (given) => {
    if (bySendId.has(given.sendId)) return;
    const sent = withCallIdAt(given, callIdPointers);
    const sending = { sent, answer: undefined, device: undefined, sameBefore: undefined };
    bySendId.set(sent.sendId, sending);
    sendings.push(sending);
  });
  yield* inDeliverySlices(answers, (answer) => {
    const sending = bySendId.get(answer.sendId);
    if (sending !== undefined) sending.answer ??= answer;
  });
  return yield* sortInSlices(sendings, ({ sent }) => hostTime(sent));
}
