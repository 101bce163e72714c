import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DeliverySummary } from '../../src/core/timeline/deliveryView';
import { DeliveryOrder, isFlagged, type Listing, listDeliveries, neighborFlagged } from '../../webview/listing';
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
