import type { Delivery } from '../correlation/delivery';
import { appOf } from '../timeline/deliverySummary';
import type { JudgedDelivery, Timeline } from '../timeline/timeline';

/** What says that two deliveries of two recordings are the same push, the surest first. */
export const PAIRED_BY = ['push id', 'call id', 'payload', 'order'] as const;
export type PairedBy = (typeof PAIRED_BY)[number];

export interface DeliveryPair {
  readonly before: JudgedDelivery;
  readonly after: JudgedDelivery;
  readonly by: PairedBy;
}

/** Two recordings side by side; everything in order of time. */
export interface PairedDeliveries {
  readonly pairs: readonly DeliveryPair[];
  readonly onlyBefore: readonly JudgedDelivery[];
  readonly onlyAfter: readonly JudgedDelivery[];
}

const KEYS: { readonly [B in PairedBy]: (delivery: Delivery) => string | undefined } = {
  'push id': ({ received, sent }) => received?.pushId ?? sent?.pushId,
  'call id': ({ received, sent, reporting }) => received?.callId ?? sent?.callId ?? reporting?.callId,
  payload: ({ sent }) => sent?.payloadSha256,
  order: appOf,
};

/**
 * Pairs the deliveries of two recordings: by push id, else by call id, else by equal payload, else by their order in
 * time for the same app. Of several with the same key the first goes with the first.
 */
export function pairDeliveries(before: Timeline, after: Timeline): PairedDeliveries {
  let leftBefore = before.deliveries;
  let leftAfter = after.deliveries;
  const pairs: DeliveryPair[] = [];
  for (const by of PAIRED_BY) {
    const waiting = groupBy(leftAfter, KEYS[by]);
    const paired = new Set<JudgedDelivery>();
    for (const one of leftBefore) {
      const key = KEYS[by](one.delivery);
      const other = key === undefined ? undefined : waiting.get(key)?.shift();
      if (other === undefined) continue;
      pairs.push({ before: one, after: other, by });
      paired.add(one).add(other);
    }
    leftBefore = leftBefore.filter((one) => !paired.has(one));
    leftAfter = leftAfter.filter((one) => !paired.has(one));
  }
  const places = new Map(before.deliveries.map((one, index) => [one, index]));
  const placeOf = (pair: DeliveryPair): number => places.get(pair.before) ?? 0;
  return {
    pairs: pairs.sort((one, other) => placeOf(one) - placeOf(other)),
    onlyBefore: leftBefore,
    onlyAfter: leftAfter,
  };
}

function groupBy(
  deliveries: readonly JudgedDelivery[],
  keyOf: (delivery: Delivery) => string | undefined,
): Map<string, JudgedDelivery[]> {
  const groups = new Map<string, JudgedDelivery[]>();
  for (const one of deliveries) {
    const key = keyOf(one.delivery);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}
