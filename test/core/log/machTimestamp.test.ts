import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VoipEvent } from '../../../src/core/events/event';
import { createSteadyClocks } from '../../../src/core/events/steadyClocks';
import { tickRatesOf } from '../../../src/core/events/tickingClock';
import { createLogReader } from '../../../src/core/log/logReader';
import { runToEnd } from '../../../src/core/slices';
import { ndjsonLine } from '../logLines';

const SECOND = 1_000_000;
const AT = Date.UTC(2026, 8, 8, 8, 11, 34) * 1000;

const ended = {
  processImagePath: '/Example.app/Example',
  processID: 100,
  eventMessage:
    "*** Terminating app due to uncaught exception 'NSInternalInconsistencyException', reason: 'Killing app because it never posted an incoming call to the system after receiving a PushKit VoIP push.'",
};

/** The time of day that a log of these moments says, and the ticks, at this rate. */
function logOf(moments: readonly (readonly [clock: number, passed: number])[], rate: number): readonly VoipEvent[] {
  const reader = createLogReader({ source: 'device' });
  return moments.flatMap(([clock, passed]) =>
    reader.read(ndjsonLine(AT + clock * SECOND, { ...ended, machTimestamp: passed * SECOND * rate })),
  );
}

function secondsOf(events: readonly VoipEvent[]): readonly number[] {
  const clocks = createSteadyClocks(runToEnd(tickRatesOf(events)));
  return events
    .flatMap((event) => clocks.add(event) ?? [])
    .filter(({ kind }) => kind === 'app.terminated')
    .map(({ at }) => (at - AT) / SECOND);
}

describe('the ticks of a saved log', () => {
  it('are read from ndjson, and left out where a line was captured live', () => {
    const line = ndjsonLine(AT, { ...ended, machTimestamp: 30_709_896_905_325 });
    const saved = createLogReader({ source: 'device' });
    assert.deepEqual(
      [...saved.read(line), ...saved.end('over')].map(({ machTimestamp }) => machTimestamp),
      Array(3).fill(30_709_896_905_325),
    );
    const live = createLogReader({ source: 'device' });
    assert.deepEqual(
      [...live.read(line, AT), ...live.end('over', AT)].map(({ machTimestamp }) => machTimestamp),
      Array(3).fill(undefined),
    );
  });

  it('are read from what pymobiledevice3 prints', () => {
    const line = JSON.stringify({
      pid: 100,
      timestamp: '2026-09-08T08:11:34.092155+00:00',
      level: 'NOTICE',
      filename: '/Example.app/Example',
      mach_timestamp: 7_000_000,
      message: ended.eventMessage,
      label: null,
    });
    const events = createLogReader({ source: 'device' }).read(line);
    assert.deepEqual(
      events.map(({ machTimestamp }) => machTimestamp),
      [7_000_000, 7_000_000],
    );
  });

  it('that are no number are none', () => {
    for (const machTimestamp of ['30709896905325', null, -1, {}]) {
      const [event] = createLogReader({ source: 'device' }).read(ndjsonLine(AT, { ...ended, machTimestamp }));
      assert.equal(event !== undefined && 'machTimestamp' in event, false);
    }
  });

  const set = [
    [0, 0],
    [2, 2],
    [3603, 3],
    [3604, 4],
  ] as const;
  for (const [computer, rate] of [
    ['Apple silicon', 24],
    ['an Intel processor', 1000],
  ] as const) {
    it(`show that the clock was set, on ${computer}`, () =>
      assert.deepEqual(secondsOf(logOf(set, rate)), [0, 2, 3, 4]));
  }

  it('that go at no known rate show nothing', () => {
    assert.deepEqual(secondsOf(logOf(set, 7)), [0, 2, 3603, 3604]);
  });

  it('of another file of that name are those of another clock', () => {
    const twice = [
      ...logOf(set, 24),
      ...logOf(
        [
          [86_400, 77],
          [86_401, 78],
        ],
        24,
      ),
    ];
    assert.deepEqual(secondsOf(twice), [0, 2, 3, 4, 86_400, 86_401]);
  });

  it('may drift from the clock over days', () => {
    assert.deepEqual(
      secondsOf(
        logOf(
          [
            [0, 0],
            [2, 2],
            [400_000, 400_020],
          ],
          24,
        ),
      ),
      [0, 2, 400_000],
    );
  });
});
