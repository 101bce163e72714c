import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VoipEvent } from '../../../src/core/events/event';
import { runToEnd, sortInSlices } from '../../../src/core/slices';
import { buildTimeline, buildTimelineSteps } from '../../../src/core/timeline/timeline';
import { fc, runs } from '../../propertyRuns';

const SECOND = 1_000_000;

/** A receipt and its report, ten seconds after the one before. */
function stories(count: number): VoipEvent[] {
  const events: VoipEvent[] = [{ kind: 'source.started', source: 'device', at: 0 }];
  for (let number = 1; number <= count; number += 1) {
    const base = { source: 'device', at: number * 10 * SECOND, pid: 1, process: 'Example' };
    events.push({ ...base, kind: 'push.received', mustReport: true, via: 'metadata' });
    events.push({ ...base, kind: 'call.reporting', at: base.at + 40_000, api: 'CallKit' });
  }
  return events;
}

describe('buildTimelineSteps', () => {
  it('gives what buildTimeline gives', () => {
    const events = stories(700);
    assert.deepEqual(runToEnd(buildTimelineSteps(events)), buildTimeline(events));
  });

  it('does a bounded amount of work between two yields, in every phase', () => {
    let reads = 0;
    const events = stories(20_000).map(
      (event) =>
        new Proxy(event, {
          get(target, key) {
            reads += 1;
            return Reflect.get(target, key);
          },
        }),
    );
    const steps = buildTimelineSteps(events);
    let most = 0;
    let total = 0;
    for (let step = steps.next(); step.done !== true; step = steps.next()) {
      most = Math.max(most, reads);
      total += reads;
      reads = 0;
    }
    assert.ok(total > 1_000_000, 'the events were read');
    assert.ok(most < total / 20, `${most} of ${total} reads without a pause`);
    assert.ok(reads < total / 20, 'the last slice is no longer than the others');
  });

  it('does not look at events that are added while it pauses', () => {
    const events = stories(2_000);
    const whole = buildTimeline(events);
    const steps = buildTimelineSteps(events);
    steps.next();
    events.push(...stories(10).map((event) => ({ ...event, at: event.at + SECOND })));
    assert.deepEqual(runToEnd(steps), whole);
  });
});

describe('sortInSlices', () => {
  it('sorts as a stable sort does', () => {
    const items = fc.array(fc.record({ key: fc.integer({ min: 0, max: 50 }) }), { maxLength: 40 }).map((few) =>
      Array.from({ length: 300 }, () => few)
        .flat()
        .map(({ key }, index) => ({ key, index })),
    );
    fc.assert(
      fc.property(items, (some) => {
        assert.deepEqual(
          runToEnd(sortInSlices(some, ({ key }) => key)),
          some.toSorted((one, other) => one.key - other.key),
        );
      }),
      { numRuns: runs(30) },
    );
  });
});
