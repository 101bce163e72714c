import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeliverySummary } from '../../src/core/timeline/deliveryView';
import { type DeliveryTable, withChanges } from '../../webview/deliveryTable';
import {
  DeliveryOrder,
  isFlagged,
  type Listing,
  listDeliveries,
  neighborFlagged,
  relistDeliveries,
} from '../../webview/listing';
import { fc } from '../propertyRuns';
import { DELIVERIES } from './deliveries';

const ALL = new Map(Object.values(DELIVERIES).map((delivery) => [delivery.id, delivery]));

function check(listing: Partial<Listing>, expected: readonly string[]): void {
  const rows = listDeliveries(ALL, { order: 'oldest-first', filter: '', flaggedOnly: false, ...listing });
  assert.deepEqual(
    rows.map(({ verdict }) => verdict),
    expected,
  );
}

test('orders by failures, newest and oldest', () => {
  check({ order: 'failures-first' }, [
    'killed',
    'missing-report',
    'reported-late',
    'blocked',
    'rejected',
    'send-failed',
    'inconclusive',
    'undelivered',
    'pending',
    'reported',
    'reported-with-error',
    'not-required',
  ]);
  check({ order: 'newest-first', filter: 'reported' }, ['killed', 'reported', 'reported-late', 'reported-with-error']);
  check({ filter: 'reported' }, ['reported-with-error', 'reported-late', 'reported', 'killed']);
});

test('filters by words in any order and case, and by flag', () => {
  check({ filter: '  BADDEVICETOKEN apns ' }, ['rejected']);
  check({ filter: 'mustreport false' }, ['not-required']);
  check({ filter: 'mustreport unknown' }, ['missing-report']);
  check({ filter: 'nowhere to be found' }, []);
  check({ filter: 'com.example', flaggedOnly: true }, [
    'send-failed',
    'rejected',
    'blocked',
    'reported-late',
    'missing-report',
    'killed',
  ]);
});

test('the order does not depend on the order of arrival, even at equal times', () => {
  const some = fc.array(
    fc.record({ id: fc.uuid(), at: fc.integer({ min: 0, max: 3 }), severity: fc.constantFrom('error', 'none') }),
  );
  fc.assert(
    fc.property(some, fc.constantFrom(...Object.values(DeliveryOrder)), (parts, order) => {
      const deliveries = parts.map((part): DeliverySummary => ({ ...DELIVERIES.killed, ...part }) as DeliverySummary);
      const list = (given: readonly DeliverySummary[]): readonly string[] =>
        listDeliveries(new Map(given.map((one) => [one.id, one])), { order, filter: '', flaggedOnly: false }).map(
          ({ id }) => id,
        );
      assert.deepEqual(list(deliveries), list([...deliveries].reverse()));
    }),
  );
});

test('finds the neighboring flagged row and goes round', () => {
  const { reported, killed, pending, blocked } = DELIVERIES;
  const rows = [reported, killed, pending, blocked];
  const next = (from: number, direction: 1 | -1): string | undefined => neighborFlagged(rows, from, direction)?.verdict;
  assert.equal(next(-1, 1), 'killed');
  assert.equal(next(1, 1), 'blocked');
  assert.equal(next(3, 1), 'killed');
  assert.equal(next(1, -1), 'blocked');
  assert.equal(next(-1, -1), 'blocked');
  assert.equal(neighborFlagged([reported], 0, 1), undefined);
  assert.equal(neighborFlagged([], -1, -1), undefined);
  assert.equal(neighborFlagged([killed], 0, 1), killed);
  assert.equal(isFlagged(pending), false);
});

test('changes give the rows, and the table, that a fresh list would have', () => {
  const summaries = Object.values(DELIVERIES);
  const some = fc.array(
    fc
      .record({ kind: fc.constantFrom(...summaries), id: fc.nat(9), at: fc.nat(5) })
      .map(({ kind, id, at }): DeliverySummary => ({ ...kind, id: `${id}`, at })),
    { maxLength: 8 },
  );
  const ids = fc.array(fc.nat(9).map(String), { maxLength: 4 });
  const listings = fc.record({
    order: fc.constantFrom(...Object.values(DeliveryOrder)),
    filter: fc.constantFrom('', 'reported'),
    flaggedOnly: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(some, ids)), listings, (rounds, listing) => {
      const plain = new Map<string, DeliverySummary>();
      let table: DeliveryTable = new Map();
      let rows: readonly DeliverySummary[] = [];
      for (const [upserted, removed] of rounds) {
        for (const id of removed) plain.delete(id);
        for (const delivery of upserted) plain.set(delivery.id, delivery);
        table = withChanges(table, upserted, removed);
        rows = relistDeliveries(rows, listing, upserted, removed);
        assert.deepEqual(rows, listDeliveries(plain, listing));
        assert.deepEqual(rows, listDeliveries(table, listing));
        assert.equal(table.size, plain.size);
        for (let id = 0; id < 10; id += 1) assert.equal(table.get(`${id}`), plain.get(`${id}`));
      }
    }),
  );
});

test('many changes become part of the table', () => {
  const [first] = Object.values(DELIVERIES);
  assert.ok(first);
  let table: DeliveryTable = new Map([[first.id, first]]);
  for (let index = 0; index < 2000; index += 1) {
    table = withChanges(table, [{ ...first, id: `${index}` }], index % 2 === 0 ? [`${index - 1}`] : []);
  }
  assert.equal(table.size, 1001 + 1);
  assert.equal([...table.values()].length, table.size);
  assert.ok(table.has(first.id) && table.has('1999') && !table.has('1997'));
});
