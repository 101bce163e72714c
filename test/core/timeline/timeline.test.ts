import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { VoipEvent } from '../../../src/core/events/event';
import { checkReport } from '../../../src/core/timeline/checkReport';
import { summariseDelivery } from '../../../src/core/timeline/deliverySummary';
import { buildTimeline } from '../../../src/core/timeline/timeline';
import { fc } from '../../propertyRuns';
import { parseSituations, STORY_START } from '../situation';

const folder = join(process.cwd(), 'test/core/situations');
const situations = readdirSync(folder)
  .flatMap((file) => parseSituations(readFileSync(join(folder, file), 'utf8')))
  .filter(({ now }) => now === undefined);

/** A situation, and its events in another order. */
const shuffled = fc
  .constantFrom(...situations)
  .chain(({ name, events }) =>
    fc.tuple(fc.constant(name), fc.constant(events), fc.shuffledSubarray([...events], { minLength: events.length })),
  );

describe('timeline', () => {
  it('does not depend on the order in which events of different sources arrive', () => {
    fc.assert(
      fc.property(shuffled, ([, events, other]) => {
        assert.deepEqual(checkReport(buildTimeline(mergeSources(other, events))), checkReport(buildTimeline(events)));
      }),
    );
  });

  it('never calls a flagged delivery reported because lines are missing', () => {
    const lacking = fc
      .constantFrom(...situations.filter(({ expected }) => expected.length === 1))
      .chain(({ events }) => fc.tuple(fc.constant(events), fc.subarray([...events])));
    fc.assert(
      fc.property(lacking, ([events, some]) => {
        const whole = buildTimeline(events);
        const part = buildTimeline(some);
        if (whole.flagged === 0) return;
        // Without the line that says when the handler returned, a late report cannot be told from one in time.
        if (whole.deliveries.some(({ verdict }) => verdict.kind === 'reported-late' || verdict.kind === 'killed'))
          return;
        assert.ok(part.deliveries.every(({ verdict }) => verdict.kind !== 'reported'));
      }),
    );
  });

  it('never calls a report missing that a gap may hide', () => {
    for (const { name, events } of situations) {
      const whole = buildTimeline(events);
      const gap: VoipEvent = {
        kind: 'source.gap',
        source: 'device',
        from: STORY_START,
        at: STORY_START + 60_000_000,
        why: 'the cable was pulled',
      };
      // By the clock that the log has at its start.
      const first = events.findIndex(({ kind, source }) => kind === 'source.started' && source === 'device') + 1;
      const { deliveries } = buildTimeline([...events.slice(0, first), gap, ...events.slice(first)]);
      assert.equal(deliveries.length, whole.deliveries.length, name);
      assert.ok(
        deliveries.every(({ verdict }) => verdict.kind !== 'missing-report'),
        name,
      );
    }
  });

  it('gives every delivery an id of its own, which stays when events are added', () => {
    for (const { name, events } of situations) {
      const ids = buildTimeline(events).deliveries.map(({ delivery }) => delivery.id);
      assert.equal(new Set(ids).size, ids.length, name);
      const device = events.filter(({ source }) => source === 'device');
      for (let count = 1; count < device.length; count += 1) {
        const early = buildTimeline(device.slice(0, count)).deliveries.map(({ delivery }) => delivery.id);
        const late = buildTimeline(device).deliveries.map(({ delivery }) => delivery.id);
        assert.deepEqual(late.slice(0, early.length), early, name);
      }
    }
  });

  it('puts the marks of a live delivery on one clock', () => {
    const start = STORY_START;
    const events: VoipEvent[] = [
      { kind: 'source.started', source: 'device', at: start + 3_600_000_000, arrivedAt: start },
      {
        kind: 'push.received',
        source: 'device',
        // The device's clock is an hour ahead.
        at: start + 3_601_000_000,
        arrivedAt: start + 1_000_000,
        mustReport: true,
        via: 'metadata',
      },
      {
        kind: 'call.reporting',
        source: 'device',
        at: start + 3_601_042_000,
        // It was printed after 42 ms and came in a batch later.
        arrivedAt: start + 1_200_000,
        api: 'CallKit',
      },
    ];
    const [judged] = buildTimeline(events, { now: start + 2_000_000 }).deliveries;
    assert.ok(judged);
    const summary = summariseDelivery(judged);
    assert.equal(summary.at, start + 1_000_000);
    assert.deepEqual(
      summary.marks.map(({ offset }) => offset),
      [0, 42_000],
    );
    assert.deepEqual(summary.deadline, { from: 0, to: 7_000_000 });
  });

  it('says when silence will decide, on the host’s clock', () => {
    const events: VoipEvent[] = [
      { kind: 'source.started', source: 'device', at: 500_000_000, arrivedAt: 100_000_000 },
      {
        kind: 'push.received',
        source: 'device',
        at: 501_000_000,
        arrivedAt: 101_000_000,
        mustReport: true,
        via: 'metadata',
      },
    ];
    assert.equal(buildTimeline(events, { now: 102_000_000 }).nextDecisionAt, 108_500_000);
    assert.equal(buildTimeline(events, { now: 108_500_000 }).deliveries[0]?.verdict.kind, 'missing-report');
  });
});

/** The shuffled order, but each source's own lines as it said them: that is how logs arrive. */
function mergeSources(order: readonly VoipEvent[], events: readonly VoipEvent[]): VoipEvent[] {
  const left = new Map<string, VoipEvent[]>();
  for (const event of events) left.set(event.source, [...(left.get(event.source) ?? []), event]);
  return order.flatMap(({ source }) => left.get(source)?.shift() ?? []);
}
