import type { DeliverySummary } from '../core/timeline/deliveryView';

/** What a view that knows the summaries of before has to be told. */
export interface SummaryChanges {
  readonly upserted: readonly DeliverySummary[];
  readonly removed: readonly string[];
}

/** Remembers what was told, and finds what is new. */
export interface SummaryTracker {
  /** Everything is told anew. */
  reset(summaries: readonly DeliverySummary[]): void;
  /** What differs from what was told; from then on it counts as told. */
  changesTo(summaries: readonly DeliverySummary[]): SummaryChanges;
}

/** A tracker for a view that knows nothing yet. */
export function createSummaryTracker(): SummaryTracker {
  let told = new Map<string, string>();

  return {
    reset(summaries) {
      told = new Map(summaries.map((summary) => [summary.id, JSON.stringify(summary)]));
    },
    changesTo(summaries) {
      const next = new Map<string, string>();
      const upserted: DeliverySummary[] = [];
      for (const summary of summaries) {
        const text = JSON.stringify(summary);
        next.set(summary.id, text);
        if (told.get(summary.id) !== text) upserted.push(summary);
      }
      const removed = [...told.keys()].filter((id) => !next.has(id));
      told = next;
      return { upserted, removed };
    },
  };
}
