import type { JudgedDelivery } from '../core/timeline/timeline';

/** Finds deliveries of an earlier timeline by id. */
export type DeliveryLookup = (id: string) => JudgedDelivery | undefined;

/**
 * A lookup that is asked in the order of a later timeline. Both are mostly alike, so that the next one is tried first:
 * an index of all is only made once they differ.
 */
export function createDeliveryLookup(before: readonly JudgedDelivery[]): DeliveryLookup {
  let positions: ReadonlyMap<string, number> | undefined;
  let next = 0;
  return (id) => {
    const expected = before[next];
    if (expected?.delivery.id === id) {
      next += 1;
      return expected;
    }
    // All of before had their turn in order: what follows is new.
    if (positions === undefined && next === before.length) return undefined;
    positions ??= new Map(before.map(({ delivery }, position) => [delivery.id, position]));
    const position = positions.get(id);
    if (position === undefined) return undefined;
    next = position + 1;
    return before[position];
  };
}
