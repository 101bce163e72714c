import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VoipEvent } from '../../src/core/events/event';
import { runToEnd } from '../../src/core/slices';
import { buildTimeline } from '../../src/core/timeline/timeline';
import { endOpenSources, endRunningSources } from '../../src/ui/openSources';
import { receivedEvent, SECOND, START } from './events';

const SOURCE = 'device';
const started: VoipEvent = { kind: 'source.started', at: START, arrivedAt: START, source: SOURCE };
const received = receivedEvent(START + SECOND, SOURCE);

function endsOf(events: readonly VoipEvent[], now: number): readonly VoipEvent[] {
  return runToEnd(endRunningSources(events, now, 'saved'));
}

/** The first verdict of what is saved so many seconds after the start. */
function savedAfter(seconds: number, events: readonly VoipEvent[] = [started, received]): string | undefined {
  const ends = endsOf(events, START + seconds * SECOND);
  return buildTimeline([...events, ...ends]).deliveries[0]?.verdict.kind;
}

describe('a recording that ends while its log is watched', () => {
  it('knows that the log was silent until then', () => {
    assert.equal(savedAfter(20), 'missing-report');
  });

  it('does not know what comes later', () => {
    assert.equal(savedAfter(3), 'inconclusive');
  });

  it('ends by the clock of the log', () => {
    const behind: readonly VoipEvent[] = [started, received].map((event) => ({ ...event, at: event.at - 5 * SECOND }));
    const now = START + 20 * SECOND;
    assert.deepEqual(endsOf(behind, now), [
      { kind: 'source.ended', source: SOURCE, at: now - 5 * SECOND, arrivedAt: now, why: 'saved' },
    ]);
  });

  it('ends no log twice, and none that was only read', () => {
    const ended: VoipEvent = { kind: 'source.ended', at: START + 2 * SECOND, source: SOURCE, why: 'disconnected' };
    assert.deepEqual(endsOf([started, received, ended], START), []);
    assert.deepEqual(endsOf([{ kind: 'source.started', at: START, source: 'a.log' }], START), []);
  });
});

describe('ending the logs of a long recording', () => {
  const events = [started, ...Array.from({ length: 20_000 }, () => received)];

  for (const [name, steps] of [
    ['while it is written', () => endRunningSources(events, START, 'saved')],
    ['when it is read', () => endOpenSources(events, 'closed')],
  ] as const) {
    it(`pauses on the way, ${name}`, () => {
      let pauses = 0;
      for (const _ of steps()) pauses += 1;
      assert.ok(pauses >= 10, `${pauses} pauses`);
    });
  }
});
