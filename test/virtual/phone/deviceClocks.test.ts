import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Microseconds } from '../../../src/core/time';
import { createScaledClock } from '../../../src/virtual/phone/scaledClock';
import { createSteppedClock } from '../../../src/virtual/phone/steppedClock';
import { createTaskScope } from '../../../src/virtual/phone/taskScope';
import { fc } from '../../propertyRuns';

describe('the stepped clock', () => {
  it('runs what is due in order of time, each at its own time', async () => {
    const clock = createSteppedClock(1_000);
    const seen: string[] = [];
    const note = (name: string) => () => seen.push(`${name} ${clock.now()}`);
    clock.schedule(300, note('c'));
    clock.schedule(100, () => {
      note('a')();
      clock.schedule(100, note('b'));
    });
    const cancel = clock.schedule(250, note('never'));
    clock.schedule(300, note('d'));
    cancel();
    clock.advance(150);
    assert.deepEqual(seen, ['a 1100']);
    assert.equal(clock.now(), 1_150);
    await clock.idle();
    assert.deepEqual(seen, ['a 1100', 'b 1200', 'c 1300', 'd 1300']);
  });
});

describe('the scaled clock', () => {
  it('refuses a time scale that is no positive number', () => {
    for (const scale of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      assert.throws(() => createScaledClock(scale), RangeError);
  });

  it('shows the host time while nothing is scheduled, and never goes back', () => {
    let host: Microseconds = 5_000;
    const clock = createScaledClock(10, () => host);
    assert.equal(clock.now(), 5_000);
    host = 9_000;
    assert.equal(clock.now(), 9_000);
    host = 2_000;
    assert.equal(clock.now(), 9_000);
  });

  it('runs faster while something is scheduled, and waits for the host afterwards', async () => {
    const clock = createScaledClock(1_000);
    const start = clock.now();
    const seen: Microseconds[] = [];
    clock.schedule(2_000_000, () => {
      seen.push(clock.now() - start);
      clock.schedule(3_000_000, () => seen.push(clock.now() - start));
    });
    await clock.idle();
    const wall = Date.now() * 1_000 - start;
    const [first = 0, second = 0] = seen;
    // Idle, the clock goes with the host's: a moment may pass before the first is scheduled.
    assert.ok(first >= 2_000_000);
    assert.equal(second - first, 3_000_000);
    assert.ok(wall < 5_000_000, 'five seconds of the device took less on the host');
    assert.ok(clock.now() - start >= 5_000_000);
  });

  it('does not run past what has not happened yet, however late the timer', async () => {
    let host: Microseconds = 0;
    const clock = createScaledClock(1, () => host);
    const seen: string[] = [];
    clock.schedule(1_000, () => seen.push(`due ${clock.now()}`));
    host = 900_000;
    assert.equal(clock.now(), 1_000);
    clock.schedule(500, () => seen.push(`later ${clock.now()}`));
    await clock.idle();
    assert.deepEqual(seen, ['due 1000', 'later 1500']);
    assert.equal(clock.now(), 900_000);
  });

  it('is idle once everything was cancelled', async () => {
    const clock = createScaledClock(1);
    const cancel = clock.schedule(3_600_000_000, () => assert.fail('cancelled'));
    const idle = clock.idle();
    cancel();
    await idle;
  });

  it('is idle only after what the last callback scheduled', async () => {
    const clock = createScaledClock(1_000_000);
    let isDone = false;
    clock.schedule(10, () => {
      clock.schedule(10, () => {
        isDone = true;
      });
    });
    await clock.idle();
    assert.ok(isDone);
  });
});

describe('a task scope', () => {
  it('ends with its parent, for good', async () => {
    const clock = createSteppedClock(0);
    const parent = createTaskScope(clock);
    const child = parent.child();
    const seen: string[] = [];
    parent.after(10, () => seen.push('parent'));
    child.after(10, () => seen.push('child'));
    child.after(30, () => assert.fail('ended'));
    clock.advance(20);
    parent.end();
    child.after(10, () => assert.fail('ended before'));
    parent.child().after(10, () => assert.fail('ended parent'));
    await clock.idle();
    assert.deepEqual(seen, ['parent', 'child']);
  });

  it('keeps the order of any tasks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1_000), { maxLength: 40 }), async (delays) => {
        const clock = createSteppedClock(0);
        const scope = createTaskScope(clock);
        const seen: number[] = [];
        for (const [index, delay] of delays.entries()) scope.after(delay, () => seen.push(index));
        await clock.idle();
        const expected = delays
          .map((delay, index) => ({ delay, index }))
          .sort((a, b) => a.delay - b.delay || a.index - b.index);
        assert.deepEqual(
          seen,
          expected.map(({ index }) => index),
        );
      }),
    );
  });
});
