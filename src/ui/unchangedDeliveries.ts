import type { Delivery } from '../core/correlation/delivery';
import { inDeliverySlices } from '../core/slices';
import type { JudgedDelivery } from '../core/timeline/timeline';
import type { Explanation, VerdictKind } from '../core/verdict/verdict';
import { createDeliveryLookup } from './deliveryLookup';

/** `next`, with the very objects of `before` for all that came out the same: views skip what they know. */
export function* keepUnchanged(
  before: readonly JudgedDelivery[],
  next: readonly JudgedDelivery[],
): Generator<void, readonly JudgedDelivery[]> {
  const find = createDeliveryLookup(before);
  const kept: JudgedDelivery[] = [];
  yield* inDeliverySlices(next, (judged) => {
    const known = find(judged.delivery.id);
    kept.push(known !== undefined && isSame(known, judged) ? known : judged);
  });
  return kept;
}

/** Only their explanations mention more than the delivery and its verdict: how many violations came before. */
const COUNTING: ReadonlySet<VerdictKind> = new Set(['killed', 'missing-report']);

function isSame(one: JudgedDelivery, other: JudgedDelivery): boolean {
  return (
    one === other ||
    (one.deadline === other.deadline &&
      isSameDelivery(one.delivery, other.delivery) &&
      hasSameFields(one.verdict, other.verdict) &&
      (!COUNTING.has(one.verdict.kind) || isSameExplanation(one.explanation, other.explanation)) &&
      haveSame(one.unwatched, other.unwatched, hasSameFields))
  );
}

/** Its events say everything about a delivery. */
function isSameDelivery(one: Delivery, other: Delivery): boolean {
  return haveSame(
    one.joins,
    other.joins,
    (join, otherJoin) => join.event === otherJoin.event && join.by === otherJoin.by,
  );
}

function isSameExplanation(one: Explanation, other: Explanation): boolean {
  return (
    one.summary === other.summary &&
    haveSame(one.why, other.why, Object.is) &&
    haveSame(one.nextSteps, other.nextSteps, Object.is) &&
    haveSame(one.links, other.links, hasSameFields)
  );
}

function haveSame<T>(one: readonly T[], other: readonly T[], areSame: (a: T, b: T) => boolean): boolean {
  return (
    one.length === other.length &&
    one.every((item, index) => {
      const match = other[index];
      return match !== undefined && areSame(item, match);
    })
  );
}

function hasSameFields<T extends object>(one: T, other: T): boolean {
  for (const name in one) if (one[name] !== other[name]) return false;
  for (const name in other) if (!(name in one)) return false;
  return true;
}
