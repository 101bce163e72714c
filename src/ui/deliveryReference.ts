import type { JudgedDelivery, Timeline } from '../core/timeline/timeline';
import { ExpectedFailure } from './expectedFailure';

/** The delivery that a command's argument names: its id, or something that has it as `deliveryId`. */
export function findDelivery({ deliveries }: Timeline, reference: unknown): JudgedDelivery | undefined {
  const id = deliveryIdOf(reference);
  return id === undefined ? undefined : deliveries.find(({ delivery }) => delivery.id === id);
}

/** As `findDelivery`; a delivery that is not there is an expected failure. */
export function requireDelivery(timeline: Timeline, reference: unknown): JudgedDelivery {
  const found = findDelivery(timeline, reference);
  if (found !== undefined) return found;
  throw new ExpectedFailure(
    deliveryIdOf(reference) === undefined
      ? 'Select a delivery in the Deliveries view first.'
      : 'This delivery is not on the timeline any more. It may have been cleared.',
  );
}

function deliveryIdOf(reference: unknown): string | undefined {
  if (typeof reference === 'string') return reference;
  if (typeof reference !== 'object' || reference === null || !('deliveryId' in reference)) return undefined;
  return typeof reference.deliveryId === 'string' ? reference.deliveryId : undefined;
}
