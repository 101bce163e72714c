import type { DeliverySummary } from '../src/core/timeline/deliveryView';

/** Deliveries by id. */
export type DeliveryTable = Pick<ReadonlyMap<string, DeliverySummary>, 'get' | 'has' | 'size' | 'values'>;

/** More changes than this become part of a new base: they would be copied with each change that follows. */
const MOST_CHANGES = 500;

/** The table with these changes. It shares with the old one what stayed: a copy of a long one would take a frame. */
export function withChanges(
  table: DeliveryTable,
  upserted: Iterable<DeliverySummary>,
  removed: Iterable<string> = [],
): DeliveryTable {
  const { base, changes } = table instanceof ChangedTable ? table : { base: table, changes: NO_CHANGES };
  const all = new Map(changes);
  for (const id of removed) all.set(id, undefined);
  for (const delivery of upserted) all.set(delivery.id, delivery);
  const changed = new ChangedTable(base, all);
  return all.size > MOST_CHANGES ? new Map(byId(changed.values())) : changed;
}

/** `undefined` was removed. */
type Changes = ReadonlyMap<string, DeliverySummary | undefined>;

const NO_CHANGES: Changes = new Map();

class ChangedTable implements DeliveryTable {
  readonly base: DeliveryTable;
  readonly changes: Changes;
  readonly size: number;

  constructor(base: DeliveryTable, changes: Changes) {
    this.base = base;
    this.changes = changes;
    let { size } = base;
    for (const [id, delivery] of changes) size += Number(delivery !== undefined) - Number(base.has(id));
    this.size = size;
  }

  get(id: string): DeliverySummary | undefined {
    return this.changes.has(id) ? this.changes.get(id) : this.base.get(id);
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  *values(): MapIterator<DeliverySummary> {
    for (const delivery of this.base.values()) if (!this.changes.has(delivery.id)) yield delivery;
    for (const delivery of this.changes.values()) if (delivery !== undefined) yield delivery;
  }
}

function* byId(deliveries: Iterable<DeliverySummary>): Generator<readonly [string, DeliverySummary]> {
  for (const delivery of deliveries) yield [delivery.id, delivery];
}
