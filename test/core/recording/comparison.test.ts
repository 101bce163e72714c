import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PushReceivedEvent, VoipEvent } from '../../../src/core/events/event';
import { comparisonMarkdown } from '../../../src/core/recording/comparisonMarkdown';
import { pairDeliveries } from '../../../src/core/recording/pairDeliveries';
import { buildTimeline, type Timeline } from '../../../src/core/timeline/timeline';

const SECOND = 1_000_000;
const START = 1_788_855_094_000_000;

interface Story {
  readonly pushId?: string;
  readonly callId?: string;
  readonly app?: string;
  /** Milliseconds to the report; without one the app is ended after 7 s. */
  readonly reportAfterMs?: number;
}

/** What a device's log says of these pushes, a minute apart. */
function timelineOf(...stories: readonly Story[]): Timeline {
  const events = stories.flatMap(({ app = 'com.example.app', reportAfterMs, ...ids }, index): VoipEvent[] => {
    const at = START + index * 60 * SECOND;
    const base = { source: 'device.log', bundleId: app, process: app, pid: 100 + index };
    const received: PushReceivedEvent = {
      ...base,
      ...ids,
      kind: 'push.received',
      at,
      mustReport: true,
      via: 'metadata',
    };
    if (reportAfterMs === undefined)
      return [received, { ...base, kind: 'app.terminated', at: at + 7 * SECOND, cause: 'callservicesd-kill' }];
    return [received, { ...base, ...ids, kind: 'call.reporting', at: at + reportAfterMs * 1000, api: 'CallKit' }];
  });
  return buildTimeline([{ kind: 'source.started', at: START - SECOND, source: 'device.log' }, ...events]);
}

function pairsOf(before: Timeline, after: Timeline): readonly string[] {
  const { pairs, onlyBefore, onlyAfter } = pairDeliveries(before, after);
  const place = (timeline: Timeline, id: string): number =>
    timeline.deliveries.findIndex(({ delivery }) => delivery.id === id);
  return [
    ...pairs.map(
      (pair) => `${place(before, pair.before.delivery.id)}-${place(after, pair.after.delivery.id)} ${pair.by}`,
    ),
    ...onlyBefore.map(({ delivery }) => `${place(before, delivery.id)}-`),
    ...onlyAfter.map(({ delivery }) => `-${place(after, delivery.id)}`),
  ];
}

const IN_TIME = { reportAfterMs: 40 };

describe('deliveries of two recordings', () => {
  const cases: readonly (readonly [name: string, Timeline, Timeline, readonly string[]])[] = [
    ['nothing', timelineOf(), timelineOf(), []],
    ['order, where nothing else is known', timelineOf({}, IN_TIME), timelineOf({}, {}), ['0-0 order', '1-1 order']],
    [
      'push id before order',
      timelineOf({ pushId: 'a' }, { pushId: 'b' }),
      timelineOf({ pushId: 'b' }, { pushId: 'a' }),
      ['0-1 push id', '1-0 push id'],
    ],
    [
      'call id where the push id differs',
      timelineOf({ pushId: 'a', callId: 'x' }, { callId: 'y' }),
      timelineOf({ callId: 'y' }, { pushId: 'b', callId: 'x' }),
      ['0-1 call id', '1-0 call id'],
    ],
    [
      'the same app only',
      timelineOf({ app: 'com.example.one' }, { app: 'com.example.two' }),
      timelineOf({ app: 'com.example.two' }, { app: 'com.example.three' }),
      ['1-0 order', '0-', '-1'],
    ],
    [
      'the first with the first of several alike',
      timelineOf({ callId: 'x' }, { callId: 'x' }, { callId: 'x' }),
      timelineOf({ callId: 'x' }, { callId: 'x' }),
      ['0-0 call id', '1-1 call id', '2-'],
    ],
  ];
  for (const [name, before, after, wanted] of cases) {
    it(`are paired by ${name}`, () => assert.deepEqual(pairsOf(before, after), wanted));
  }
});

describe('comparison of recordings', () => {
  const before = timelineOf(
    { callId: 'a' },
    { callId: 'b', ...IN_TIME },
    { callId: 'c', ...IN_TIME },
    { app: 'x|<b>' },
  );
  const after = timelineOf({ callId: 'a', reportAfterMs: 60 }, { callId: 'b', ...IN_TIME }, { callId: 'c' });
  const header = { tool: '0.1.0', targets: ['Virtual iPhone'], at: START };
  const text = comparisonMarkdown(
    { name: 'before *fix*.voiprec', header, timeline: before },
    { name: 'after.voiprec', timeline: after },
  );

  it('says first what was fixed and what broke', () => {
    const [title, names, counts] = text.split('\n\n');
    assert.equal(title, '# Recordings compared');
    assert.equal(names, 'Before: before \\*fix\\*.voiprec. After: after.voiprec.');
    assert.equal(counts, '**1 fixed, 1 newly flagged, 1 with the same verdict, 1 only before.**');
  });

  it('has a section for each kind of change, the worst first, and none for what did not happen', () => {
    const titles = [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    assert.deepEqual(titles, ['Newly flagged', 'Fixed', 'Same verdict', 'Only before']);
    assert.match(
      text,
      /^\| com\.example\.app \| ✖ Killed, 08:11:34 \| Reported, 08:11:34 \| – → 60 ms +\| call id +\|$/m,
    );
    assert.match(text, /^- com\.example\.app: .+ Next: .+/m);
  });

  it('counts on both sides', () => {
    const cells = (name: string) =>
      text
        .split('\n')
        .find((line) => line.startsWith(`| ${name} `))
        ?.split('|')
        .slice(2, 4)
        .map((cell) => cell.trim());
    assert.deepEqual(cells('Recorded'), ['2026-09-08 08:11:34 UTC', '–']);
    assert.deepEqual(cells('Deliveries'), ['4', '3']);
    assert.deepEqual(cells('Flagged'), ['2', '1']);
    assert.deepEqual(cells('Killed'), ['2', '1']);
    assert.deepEqual(cells('Report after, median'), ['40 ms', '40 ms']);
    assert.deepEqual(cells('Report after, longest'), ['40 ms', '60 ms']);
  });

  it('is tables of even columns, and no markup of others', () => {
    assert.ok(!text.includes('<b>'));
    for (const block of text.split('\n\n').filter((each) => each.startsWith('|'))) {
      const widths = new Set(block.split('\n').map((line) => line.length));
      assert.equal(widths.size, 1, block);
    }
  });

  it('ends somewhere, however much there is', () => {
    const many = timelineOf(...Array.from({ length: 250 }, () => IN_TIME));
    assert.match(comparisonMarkdown({ name: 'a', timeline: many }, { name: 'b', timeline: many }), /^And 50 more\.$/m);
  });
});
