import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VoipEvent } from '../../src/core/events/event';
import type { Timeline } from '../../src/core/timeline/timeline';
import { createTimelineSession, type TimelineSession } from '../../src/ui/timelineSession';
import { acceptedEvent, receivedEvent, rejectedEvent, SECOND, START, sentEvent } from './events';

interface Watched {
  readonly session: TimelineSession;
  readonly told: readonly Timeline[];
  /** Resolves with the next timeline that is told. */
  next(): Promise<Timeline>;
  setNow(now: number): void;
}

async function withSession(use: (watched: Watched) => Promise<void>): Promise<void> {
  let now = START;
  const session = createTimelineSession({ now: () => now, judging: () => ({}), coalesceMs: 1 });
  const told: Timeline[] = [];
  session.onDidChange((timeline) => told.push(timeline));
  const next = (): Promise<Timeline> =>
    new Promise((resolve) => {
      const subscription = session.onDidChange((timeline) => {
        subscription.dispose();
        resolve(timeline);
      });
    });
  try {
    await use({
      session,
      told,
      next,
      setNow(at) {
        now = at;
      },
    });
  } finally {
    session.dispose();
  }
}

const kindsOf = ({ deliveries }: Timeline): readonly string[] => deliveries.map(({ verdict }) => verdict.kind);

/** Too many to be judged at once. */
const manySendings = (count: number): readonly VoipEvent[] =>
  Array.from({ length: count }, (_, index) => sentEvent(`many ${index}`, START + index * SECOND));

describe('timeline session', () => {
  it('judges everything at once when asked, and tells of it once', () =>
    withSession(async ({ session, told, next }) => {
      for (const id of ['a', 'b', 'c']) session.append([sentEvent(id)]);
      session.append([rejectedEvent('b')]);
      assert.deepEqual(kindsOf(session.timeline), ['pending', 'rejected', 'pending']);
      assert.equal(told.length, 0);
      await next();
      assert.equal(told.length, 1);
      assert.equal(session.timeline.flagged, 1);
    }));

  it('judges again when time decides', () =>
    withSession(async ({ session, next, setNow }) => {
      session.append([sentEvent('a'), acceptedEvent('a')]);
      const pending = await next();
      assert.deepEqual(kindsOf(pending), ['pending']);
      const { nextDecisionAt } = pending;
      assert.ok(nextDecisionAt !== undefined && nextDecisionAt > START);
      setNow(nextDecisionAt + SECOND);
      session.refresh();
      assert.deepEqual(kindsOf(await next()), ['inconclusive']);
    }));

  it('wakes up by itself for a decision that is due', () =>
    withSession(async ({ session, next, setNow }) => {
      session.append([sentEvent('a'), acceptedEvent('a')]);
      setNow(START + 30 * SECOND - 20_000);
      assert.deepEqual(kindsOf(await next()), ['pending']);
      setNow(START + 31 * SECOND);
      assert.deepEqual(kindsOf(await next()), ['inconclusive']);
    }));

  it('clears, and brings back what was cleared in front of what came since', () =>
    withSession(async ({ session }) => {
      session.append([sentEvent('a')]);
      const cleared = session.clear();
      assert.equal(session.timeline.deliveries.length, 0);
      session.append([sentEvent('b', START + SECOND)]);
      session.restore(cleared);
      assert.deepEqual(
        session.timeline.deliveries.map(({ delivery }) => delivery.id),
        ['a', 'b'],
      );
    }));

  it('knows after a clear which logs are still watched', () =>
    withSession(async ({ session, setNow }) => {
      const source = 'virtual-iphone';
      session.append([
        { kind: 'source.started', at: START - 2 * SECOND, source: 'ended.log' },
        { kind: 'source.ended', at: START - SECOND, source: 'ended.log', why: 'the end' },
        { kind: 'source.started', at: START, source },
        sentEvent('a'),
      ]);
      const started = session.events[2];
      const cleared = session.clear();
      assert.equal(cleared.length, 4);
      assert.deepEqual(session.events, [started]);

      const at = START + 10 * SECOND;
      session.append([sentEvent('b', at), acceptedEvent('b', at), receivedEvent(at, source)]);
      setNow(at);
      session.refresh();
      assert.deepEqual(kindsOf(session.timeline), ['pending']);
      setNow(at + 20 * SECOND);
      session.refresh();
      assert.deepEqual(kindsOf(session.timeline), ['missing-report']);

      session.restore(cleared);
      assert.equal(session.events.filter((event) => event === started).length, 1);
      assert.equal(session.events.length, 7);
    }));

  it('forgets a log whose watching ended', () =>
    withSession(async ({ session }) => {
      const source = 'virtual-iphone';
      session.append([{ kind: 'source.started', at: START, source }]);
      session.append([{ kind: 'source.ended', at: START + SECOND, source, why: 'the end' }]);
      session.clear();
      assert.deepEqual(session.events, []);
    }));

  it('tells a recorder what is added and what is replaced', () =>
    withSession(async ({ session }) => {
      const log: string[] = [];
      const count = (name: string) => (events: readonly VoipEvent[]) => log.push(`${name} ${events.length}`);
      session.onDidAppend(count('append'));
      session.onDidReplace(count('replace'));
      session.append([sentEvent('a')]);
      session.append([]);
      session.restore([sentEvent('b')]);
      session.clear();
      assert.deepEqual(log, ['append 1', 'replace 2', 'replace 0']);
    }));

  it('judges many events in slices, of which none is a sight of half of them', () =>
    withSession(async ({ session, told, next }) => {
      session.append(manySendings(3000));
      assert.equal(session.timeline.deliveries.length, 0, 'what is shown is what was told');
      const first = next();
      assert.equal((await session.upToDate()).deliveries.length, 3000);
      assert.equal((await first).deliveries.length, 3000);
      assert.deepEqual(
        told.map(({ deliveries }) => deliveries.length),
        [3000],
      );
    }));

  it('lets the event loop turn while it judges', async () => {
    let turns = 0;
    let counting: NodeJS.Immediate | undefined;
    const turn = (): void => {
      turns += 1;
      counting = setImmediate(turn);
    };
    const judging = (): Record<string, never> => {
      counting = setImmediate(turn);
      return {};
    };
    const session = createTimelineSession({ now: () => START, judging, coalesceMs: 1 });
    try {
      session.append(manySendings(20_000));
      await new Promise((resolve) => session.onDidChange(resolve));
      assert.ok(turns > 3, `${turns} turns`);
    } finally {
      clearImmediate(counting);
      session.dispose();
    }
  });

  it('leaves alone what stayed the same, and misses nothing that comes while it judges', () =>
    withSession(async ({ session }) => {
      session.append(manySendings(3000));
      const before = await session.upToDate();
      session.refresh();
      for (let index = 0; index < 20; index += 1) {
        session.append([rejectedEvent(`many ${index}`)]);
        await new Promise(setImmediate);
      }
      const after = await session.upToDate();
      assert.equal(after, session.timeline);
      const changed = after.deliveries.filter((judged, index) => judged !== before.deliveries[index]);
      assert.deepEqual(
        changed.map(({ verdict }) => verdict.kind),
        Array.from({ length: 20 }, () => 'rejected'),
      );
    }));

  it('drops a judging whose events are gone', () =>
    withSession(async ({ session, told }) => {
      session.append(manySendings(20_000));
      const judging = session.upToDate();
      await new Promise((resolve) => setTimeout(resolve, 2));
      session.clear();
      assert.deepEqual(session.timeline.deliveries, []);
      assert.deepEqual((await judging).deliveries, []);
      assert.deepEqual(
        told.map(({ deliveries }) => deliveries.length).filter((count) => count !== 0),
        [],
      );
    }));

  it('keeps nobody waiting when it is disposed', () =>
    withSession(async ({ session }) => {
      session.append(manySendings(3000));
      const judging = session.upToDate();
      session.dispose();
      await judging;
      await session.upToDate();
    }));

  it('is silent when it is disposed', () =>
    withSession(async ({ session, told }) => {
      session.append([sentEvent('a')]);
      session.dispose();
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(told.length, 0);
    }));
});
