import type { DeliverySummary } from '../src/core/timeline/deliveryView';
import type { VerdictSeverity } from '../src/core/verdict/verdict';
import type { DeliveryTable } from './deliveryTable';
import { mustReportText } from './mustReport';

/** In which order the list shows deliveries. */
export const DeliveryOrder = {
  failuresFirst: 'failures-first',
  newestFirst: 'newest-first',
  oldestFirst: 'oldest-first',
} as const;
export type DeliveryOrder = (typeof DeliveryOrder)[keyof typeof DeliveryOrder];

/** The words of the order dropdown. */
export const ORDER_TITLES: { readonly [O in DeliveryOrder]: string } = {
  'failures-first': 'Failures first',
  'newest-first': 'Newest first',
  'oldest-first': 'Oldest first',
};

/** What of the deliveries the list shows, and in which order. */
export interface Listing {
  readonly order: DeliveryOrder;
  /** Words that must all occur, in any order and case. */
  readonly filter: string;
  readonly flaggedOnly: boolean;
}

/** Flagged is what the verdict calls an error. */
export function isFlagged(delivery: DeliverySummary): boolean {
  return delivery.severity === 'error';
}

/** The deliveries that pass the filter, in order; equal times are ordered by id, so that the list never jitters. */
export function listDeliveries(deliveries: DeliveryTable, listing: Listing): readonly DeliverySummary[] {
  return [...deliveries.values()].filter(passes(listing)).sort(COMPARISONS[listing.order]);
}

/** What `listDeliveries` would give after a few changes: the rows that stayed are not sorted again. */
export function relistDeliveries(
  rows: readonly DeliverySummary[],
  listing: Listing,
  upserted: readonly DeliverySummary[],
  removed: readonly string[],
): readonly DeliverySummary[] {
  const changed = new Map(upserted.map((delivery) => [delivery.id, delivery]));
  const gone = new Set([...changed.keys(), ...removed]);
  const left = rows.filter(({ id }) => !gone.has(id));
  const compare = COMPARISONS[listing.order];
  for (const delivery of [...changed.values()].filter(passes(listing))) {
    left.splice(placeOf(delivery, left, compare), 0, delivery);
  }
  return left;
}

/** The index before which it belongs into the ordered rows. */
function placeOf(delivery: DeliverySummary, rows: readonly DeliverySummary[], compare: Comparison): number {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const row = rows[middle];
    if (row !== undefined && compare(row, delivery) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

function passes({ filter, flaggedOnly }: Listing): (delivery: DeliverySummary) => boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return (delivery) => (!flaggedOnly || isFlagged(delivery)) && hasWords(delivery, words);
}

/** The nearest flagged row after (`1`) or before (`-1`) a row; goes round at the ends, `undefined` when none is flagged. */
export function neighborFlagged(
  rows: readonly DeliverySummary[],
  fromIndex: number,
  direction: 1 | -1,
): DeliverySummary | undefined {
  const start = fromIndex < 0 && direction < 0 ? 0 : fromIndex;
  for (let step = 1; step <= rows.length; step++) {
    const row = rows[(((start + direction * step) % rows.length) + rows.length) % rows.length];
    if (row && isFlagged(row)) return row;
  }
  return undefined;
}

type Comparison = (a: DeliverySummary, b: DeliverySummary) => number;

const SEVERITY_RANK: { readonly [S in VerdictSeverity]: number } = { error: 0, warning: 1, info: 2, none: 2 };

const oldestFirst: Comparison = (a, b) => a.at - b.at || compareIds(a, b);
const newestFirst: Comparison = (a, b) => oldestFirst(b, a);

const COMPARISONS: { readonly [O in DeliveryOrder]: Comparison } = {
  'failures-first': (a, b) => SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity] || newestFirst(a, b),
  'newest-first': newestFirst,
  'oldest-first': oldestFirst,
};

function compareIds(a: DeliverySummary, b: DeliverySummary): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

function hasWords(delivery: DeliverySummary, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { verdict, title, app, headline } = delivery;
  const flag = isFlagged(delivery) ? 'flagged' : '';
  const text = `${verdict} ${title} ${app} ${headline} ${mustReportText(delivery)} ${flag}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
