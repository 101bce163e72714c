import { inDeliverySlices } from '../core/slices';
import type { JudgedDelivery } from '../core/timeline/timeline';
import { createDeliveryLookup } from './deliveryLookup';

/** What a view that knows the deliveries of before has to be told. */
export interface DeliveryChanges {
  readonly upserted: readonly JudgedDelivery[];
  /** Ids. */
  readonly removed: readonly string[];
}

/** What differs between two timelines of one session, in which what came out the same is the same object. */
export function* changesBetween(
  before: readonly JudgedDelivery[],
  now: readonly JudgedDelivery[],
): Generator<void, DeliveryChanges> {
  const find = createDeliveryLookup(before);
  const upserted: JudgedDelivery[] = [];
  let known = 0;
  yield* inDeliverySlices(now, (judged) => {
    const earlier = find(judged.delivery.id);
    if (earlier !== undefined) known += 1;
    if (earlier !== judged) upserted.push(judged);
  });
  return { upserted, removed: known === before.length ? [] : yield* removedOf(before, now) };
}

function* removedOf(before: readonly JudgedDelivery[], now: readonly JudgedDelivery[]): Generator<void, string[]> {
  const left = new Set<string>();
  yield* inDeliverySlices(now, ({ delivery }) => left.add(delivery.id));
  const removed: string[] = [];
  yield* inDeliverySlices(before, ({ delivery }) => {
    if (!left.has(delivery.id)) removed.push(delivery.id);
  });
  return removed;
}
