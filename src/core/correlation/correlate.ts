import type { AppEvent, SystemEvent } from '../events/event';
import { inDeliverySlices, sortInSlices } from '../slices';
import type { Delivery } from './delivery';
import { deviceDrafts } from './deviceDrafts';
import { type Draft, startOf } from './draft';
import { joinAfterSetBack } from './joinAfterSetBack';
import { joinSends, sendingsOf } from './joinSends';
import type { SortedEvents } from './sortedEvents';

/** What the events mean together. */
export interface Correlation {
  readonly deliveries: readonly Delivery[];
  /** What an app or the system said, and belongs to no delivery: a call report without a push, an end of the app. */
  readonly unjoined: readonly (SystemEvent | AppEvent)[];
}

/**
 * Joins events into deliveries, in order of their start. However logs are interleaved, they give the same deliveries; and
 * so does any order of lines, as long as no report stands after its push with a time before it. Yields after each slice of
 * the work. `callIdPointers`: the user's own places of the call id in payloads.
 */
export function* correlateSteps(events: SortedEvents, callIdPointers: readonly string[]): Generator<void, Correlation> {
  const unjoined: (SystemEvent | AppEvent)[] = [];
  const sendings = yield* sendingsOf(events.sends, events.answers, callIdPointers);
  const deviceInOrder = yield* sortInSlices(events.device, ({ at }) => at);
  const told = yield* deviceDrafts(deviceInOrder, events.systemLogs, (event) => unjoined.push(event));
  const alone = yield* joinAfterSetBack(events, told, unjoined);
  const drafts = yield* joinSends(sendings, told, events.ownLogs);
  return { deliveries: yield* withIds(yield* sortInSlices(drafts, startOf)), unjoined: alone };
}

/** An id that does not change when later events join: from the sending, else from the first thing the device said. */
function* withIds(drafts: readonly Draft[]): Generator<void, readonly Delivery[]> {
  const used = new Map<string, number>();
  yield* inDeliverySlices(drafts, (draft) => {
    const first = draft.joins[0]?.event;
    const base = draft.sent?.sendId ?? `${first?.source}@${first?.at}`;
    const count = used.get(base) ?? 0;
    used.set(base, count + 1);
    draft.id = count === 0 ? base : `${base}#${count}`;
  });
  return drafts;
}
