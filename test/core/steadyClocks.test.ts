import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VoipEvent } from '../../src/core/events/event';
import { createSteadyClocks } from '../../src/core/events/steadyClocks';

const SECOND = 1_000_000;
const START = 1_700_000_000 * SECOND;
const source = 'virtual-iphone';

/** Heard live for five seconds, then 16 s ahead of the host within a moment. */
function ahead(clockPace?: 'scaled'): readonly VoipEvent[] {
  const started = { kind: 'source.started', ...(clockPace !== undefined && { clockPace }) } as const;
  const heard = { kind: 'push.arrived', source } as const;
  return [
    { ...started, at: START, arrivedAt: START, source },
    { ...heard, at: START + SECOND, arrivedAt: START + SECOND },
    { ...heard, at: START + 5 * SECOND, arrivedAt: START + 5 * SECOND },
    { ...heard, at: START + 21 * SECOND, arrivedAt: START + 5.1 * SECOND },
  ];
}

/** On clocks that nobody set. */
function steadied(events: readonly VoipEvent[]): readonly VoipEvent[] {
  const clocks = createSteadyClocks(new Map());
  return events.flatMap((event) => clocks.add(event) ?? []);
}

function assertUntouched(events: readonly VoipEvent[]): void {
  for (const [index, event] of steadied(events).entries()) assert.equal(event, events[index]);
}

describe('a clock that gets ahead of the host’s', () => {
  it('was set', () => {
    const last = steadied(ahead()).at(-1);
    assert.equal(last?.at, START + 5.1 * SECOND);
    assert.equal(last?.loggedAt, START + 21 * SECOND);
  });

  it('was not set when it is scaled', () => {
    assertUntouched(ahead('scaled'));
  });

  it('is left alone from where on it is scaled', () => {
    const [started, ...heard] = ahead('scaled');
    const [before] = ahead();
    assert.ok(started !== undefined && before !== undefined);
    const events = [before, ...heard.slice(0, 1), { ...started, at: START + 2 * SECOND }, ...heard.slice(1)];
    assertUntouched(events);
  });
});
