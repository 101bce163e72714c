import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runToEnd } from '../../src/core/slices';
import { buildTimeline, type JudgedDelivery } from '../../src/core/timeline/timeline';
import { changesBetween } from '../../src/ui/deliveryChanges';
import { keepUnchanged } from '../../src/ui/unchangedDeliveries';
import { fc } from '../propertyRuns';
import { acceptedEvent, rejectedEvent, START, sentEvent } from './events';

const judge = (...events: Parameters<typeof buildTimeline>[0]): readonly JudgedDelivery[] =>
  buildTimeline(events, { now: START }).deliveries;

const [delivery] = judge(sentEvent('a'));

/** Timelines of the same deliveries in any order, some of them changed. */
const timelines = fc
  .uniqueArray(fc.nat(30))
  .chain((ids) => fc.tuple(fc.constant(ids), fc.uniqueArray(fc.nat(30)), fc.uniqueArray(fc.nat(30))));

describe('what changed between two timelines', () => {
  it('turns the one into the other, and says no more than that', () => {
    fc.assert(
      fc.property(timelines, ([before, after, changed]) => {
        assert.ok(delivery);
        const make = (id: number): JudgedDelivery => ({ ...delivery, delivery: { ...delivery.delivery, id: `${id}` } });
        const known = new Map(before.map((id) => [id, make(id)]));
        const next = after.map((id) => (changed.includes(id) ? make(id) : (known.get(id) ?? make(id))));
        const { upserted, removed } = runToEnd(changesBetween([...known.values()], next));
        const told = new Map([...known.values()].map((judged) => [judged.delivery.id, judged]));
        for (const id of removed) assert.ok(told.delete(id));
        for (const judged of upserted) {
          assert.notEqual(told.get(judged.delivery.id), judged);
          told.set(judged.delivery.id, judged);
        }
        assert.deepEqual(new Set(told.values()), new Set(next));
      }),
    );
  });

  it('leaves out what came out the same when all is judged again', () => {
    const [a, b] = [sentEvent('a'), sentEvent('b', START + 1)];
    const before = judge(a, b);
    const again = runToEnd(keepUnchanged(before, judge(a, b)));
    assert.deepEqual(again, before);
    assert.ok(again.every((judged, index) => judged === before[index]));
    for (const news of [rejectedEvent('b'), acceptedEvent('b')]) {
      const next = runToEnd(keepUnchanged(before, judge(a, b, news)));
      assert.equal(next[0], before[0]);
      assert.notEqual(next[1], before[1]);
    }
  });
});
