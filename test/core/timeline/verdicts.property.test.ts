import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EventKind, VoipEvent } from '../../../src/core/events/event';
import { runToEnd } from '../../../src/core/slices';
import { checkReport } from '../../../src/core/timeline/checkReport';
import {
  buildTimeline,
  buildTimelineSteps,
  type JudgedDelivery,
  type TimelineOptions,
} from '../../../src/core/timeline/timeline';
import { fc, runs } from '../../propertyRuns';
import { parseSituations, STORY_START } from '../situation';
import { type StoryPush, storyPush, storyText } from '../stories';

const SECOND = 1_000_000;

function eventsOf(text: string): readonly VoipEvent[] {
  const [situation] = parseSituations(text);
  assert.ok(situation);
  return situation.events;
}

const pushes = (ids?: readonly StoryPush['ids'][]) => fc.array(storyPush(ids), { minLength: 1, maxLength: 6 });
const imported = (ids?: readonly StoryPush['ids'][]) => pushes(ids).map((some) => eventsOf(storyText(some)));
const live = pushes().map((some) => eventsOf(storyText(some, { isLive: true })));
const ticking = pushes().map((some) => eventsOf(storyText(some, { hasTicks: true })));
const isDeviceLog = ({ source }: VoipEvent): boolean => source === 'device' || source === 'tablet';

const verdictsOf = (events: readonly VoipEvent[], options: TimelineOptions = {}) =>
  buildTimeline(events, options).deliveries.map(({ verdict }) => verdict);

describe('verdicts on any story', () => {
  it('cover every kind that a log can tell of, so that what follows means something', () => {
    const seen = new Set(
      fc
        .sample(imported(), { numRuns: 300, seed: 1 })
        .flatMap((events) => verdictsOf(events))
        .map(({ kind }) => kind),
    );
    for (const kind of ['reported', 'reported-late', 'missing-report', 'killed', 'not-required', 'blocked'] as const) {
      assert.ok(seen.has(kind), kind);
    }
  });

  it('are the same in slices', () => {
    fc.assert(
      fc.property(imported(), (events) => {
        assert.deepEqual(runToEnd(buildTimelineSteps(events)), buildTimeline(events));
      }),
    );
  });

  it('do not depend on how the lines of several logs are interleaved', () => {
    const interleaved = imported().chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray([...events], { minLength: events.length })),
    );
    fc.assert(
      fc.property(interleaved, ([events, order]) => {
        assert.deepEqual(checkReport(buildTimeline(merged(order, events))), checkReport(buildTimeline(events)));
      }),
    );
  });

  it('do not depend on how far a clock that is watched live is off', () => {
    const offset = fc.integer({ min: -86_400 * SECOND, max: 86_400 * SECOND });
    fc.assert(
      fc.property(live, offset, (events, ahead) => {
        const shifted = events.map((event) => (isDeviceLog(event) ? { ...event, at: event.at + ahead } : event));
        assert.deepEqual(verdictsOf(shifted), verdictsOf(events));
      }),
    );
  });

  it('do not change when the clock is set while the log is watched', () => {
    const step = fc.oneof(
      fc.integer({ min: 10 * SECOND, max: 86_400 * SECOND }),
      fc.integer({ min: -86_400 * SECOND, max: -120 * SECOND }),
    );
    // Not before the log has shown how its clock goes.
    const when = fc.integer({ min: 15, max: 300 });
    fc.assert(
      fc.property(live, step, when, (events, by, atSecond) => {
        const isAfter = ({ at }: VoipEvent): boolean => at > STORY_START + atSecond * SECOND;
        const set = events.map((event) =>
          event.source === 'device' && isAfter(event) ? { ...event, at: event.at + by } : event,
        );
        const early = events.filter((event) => event.source === 'device' && !isAfter(event));
        fc.pre(early.length >= 3 && shows(by, early, events));
        assert.deepEqual(verdictsOf(set), verdictsOf(events));
      }),
    );
  });

  it('do not change when the clock is set while a log is saved that says the ticks of another', () => {
    const step = fc.integer({ min: 10 * SECOND, max: 86_400 * SECOND });
    const by = fc.tuple(step, fc.constantFrom(1, -1)).map(([size, direction]) => size * direction);
    fc.assert(
      fc.property(ticking, by, fc.integer({ min: 1, max: 300 }), (events, size, atSecond) => {
        const isAfter = ({ at }: VoipEvent): boolean => at > STORY_START + atSecond * SECOND;
        const set = events.map((event) =>
          event.source === 'device' && isAfter(event) ? { ...event, at: event.at + size } : event,
        );
        const withoutSends = (some: readonly VoipEvent[]) => some.filter(isDeviceLog);
        assert.deepEqual(verdictsOf(withoutSends(set)), verdictsOf(withoutSends(events)));
      }),
    );
  });

  it('never blame an app for a report that is late by the clock alone, where a saved log has only that', () => {
    const step = fc.integer({ min: 120 * SECOND, max: 86_400 * SECOND });
    const by = fc.tuple(step, fc.constantFrom(1, -1)).map(([size, direction]) => size * direction);
    fc.assert(
      fc.property(imported(['push', 'call']), by, fc.integer({ min: 1, max: 300 }), (events, size, atSecond) => {
        const isAfter = ({ at }: VoipEvent): boolean => at > STORY_START + atSecond * SECOND;
        const set = events.map((event) =>
          isDeviceLog(event) && isAfter(event) ? { ...event, at: event.at + size } : event,
        );
        const late = (some: readonly VoipEvent[]) =>
          buildTimeline(some).deliveries.filter(({ verdict }) => verdict.kind === 'reported-late');
        const known = new Set(late(events).map(({ delivery }) => delivery.received?.line));
        const blamed = late(set).filter(({ delivery }) => !known.has(delivery.received?.line));
        assert.deepEqual(
          blamed.map(({ explanation }) => explanation.summary),
          [],
        );
      }),
      { numRuns: runs(500) },
    );
  });

  it('do not change when a log is opened twice', () => {
    fc.assert(
      fc.property(pushes(), (some) => {
        const text = storyText(some);
        const logs = [...new Set(some.map(({ log }) => log))];
        const twice = eventsOf([text, ...logs.map((log) => `again ${log}`)].join('\n'));
        assert.deepEqual(checkReport(buildTimeline(twice)), checkReport(buildTimeline(eventsOf(text))));
      }),
    );
  });

  it('do not change when a recording is opened twice', () => {
    fc.assert(
      fc.property(imported(), (events) => {
        assert.deepEqual(checkReport(buildTimeline([...events, ...events])), checkReport(buildTimeline(events)));
      }),
    );
  });

  it('never become “reported” because lines that speak for the app are missing', () => {
    const lacking = imported().chain((events) => fc.tuple(fc.constant(events), missing(events, SPEAKING_FOR_THE_APP)));
    fc.assert(fc.property(lacking, ([events, part]) => assert.deepEqual(acquitted(events, part), [])));
  });

  it('never become “reported” because any lines but the accusing ones are missing, where push ids tell', () => {
    const lacking = imported(['push'])
      .map((events) => events.filter(({ kind }) => kind !== 'call.added'))
      .chain((events) => fc.tuple(fc.constant(events), missing(events, NOT_ACCUSING)));
    fc.assert(fc.property(lacking, ([events, part]) => assert.deepEqual(acquitted(events, part), [])));
  });

  it('never accuse because of what a gap hides', () => {
    const cut = imported().chain((events) => {
      const second = fc.integer({ min: 0, max: 400 * 1000 }).map((milliseconds) => milliseconds * 1000);
      return fc.tuple(fc.constant(events), second, fc.integer({ min: 1, max: 20 * SECOND }));
    });
    fc.assert(
      fc.property(cut, ([events, start, length]) => {
        const from = STORY_START + start;
        const at = from + length;
        const left = events.filter(
          (event) => !isDeviceLog(event) || isWatching(event) || event.at < from || event.at > at,
        );
        const gaps = ['device', 'tablet'].map(
          (source): VoipEvent => ({ kind: 'source.gap', source, from, at, why: 'the cable was pulled' }),
        );
        assert.deepEqual(newlyAccused(events, [...left, ...gaps]), []);
      }),
      { numRuns: runs(1000) },
    );
  });
});

/** A step back shows where it is longer, by more than lines may come late, than the pause between two lines. */
function shows(step: number, early: readonly VoipEvent[], events: readonly VoipEvent[]): boolean {
  const last = Math.max(...early.map(({ at }) => at));
  const next = events.find(({ source, at }) => source === 'device' && at > last);
  return step > 0 || next === undefined || next.at - last < -step - 2 * SECOND;
}

/** The order, but each source's own lines as it said them: that is how logs arrive. */
function merged(order: readonly VoipEvent[], events: readonly VoipEvent[]): VoipEvent[] {
  const left = new Map<string, VoipEvent[]>();
  for (const event of events) left.set(event.source, [...(left.get(event.source) ?? []), event]);
  return order.flatMap(({ source }) => left.get(source)?.shift() ?? []);
}

const isWatching = ({ kind }: VoipEvent): boolean => kind === 'source.started' || kind === 'source.ended';

const SPEAKING_FOR_THE_APP: readonly EventKind[] = [
  'call.reporting',
  'call.reported',
  'call.added',
  'handler.completed',
  'push.sent',
  'push.accepted',
];
// Without its return or its kill, a late report cannot be told from one in time.
const NOT_ACCUSING: readonly EventKind[] = [
  ...SPEAKING_FOR_THE_APP,
  'push.arrived',
  'push.delivering',
  'push.received',
];

/** The events without some of these kinds. */
function missing(events: readonly VoipEvent[], kinds: readonly EventKind[]): fc.Arbitrary<readonly VoipEvent[]> {
  const removable = events.filter(({ kind }) => kinds.includes(kind));
  return fc.subarray(removable).map((removed) => events.filter((event) => !removed.includes(event)));
}

const isFlagged = ({ verdict }: JudgedDelivery): boolean => verdict.severity === 'error';

/** What was flagged, and is “reported” when a part of the events is missing. */
function acquitted(events: readonly VoipEvent[], part: readonly VoipEvent[]): readonly string[] {
  const flagged = new Set(
    buildTimeline(events)
      .deliveries.filter(isFlagged)
      .map(({ delivery }) => delivery.received),
  );
  return buildTimeline(part)
    .deliveries.filter(({ delivery, verdict }) => verdict.kind === 'reported' && delivery.received !== undefined)
    .filter(({ delivery }) => flagged.has(delivery.received))
    .map(({ explanation }) => explanation.summary);
}

/** What breaks the contract with a part of the events, and did not with all of them. */
function newlyAccused(events: readonly VoipEvent[], part: readonly VoipEvent[]): readonly string[] {
  const flagged = buildTimeline(events).deliveries.filter(isFlagged);
  const accused = new Set(flagged.flatMap(({ delivery: { joins } }) => joins.map(({ event }) => event)));
  return buildTimeline(part)
    .deliveries.filter((judged) => isFlagged(judged) && judged.verdict.kind !== 'blocked')
    .filter(({ delivery: { received, terminated, delivering } }) => {
      const witness = received ?? terminated ?? delivering;
      return witness === undefined || !accused.has(witness);
    })
    .map(({ explanation }) => explanation.summary);
}
