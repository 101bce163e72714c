import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ToTimeline } from '../../src/protocol';
import { createTargetChoice, type Target } from '../../src/ui/targets';
import { connectTimeline, type TimelineConnection } from '../../src/ui/timelineConnection';
import { createTimelineSession, type TimelineSession } from '../../src/ui/timelineSession';
import { liveToolbar } from '../../src/ui/timelineState';
import { rejectedEvent, SECOND, START, sentEvent } from './events';

const refuse = (): never => {
  throw new Error('not expected in this test');
};

const TARGET: Target = {
  id: 'virtual-iphone',
  label: 'Virtual iPhone',
  environment: 'virtual',
  kind: 'virtual',
  description: 'Not a real device.',
  bundleId: 'com.example.app',
  logSource: 'virtual-iphone',
  logHealth: { state: 'watching' },
  behavior: 'Never reports',
  onDidChange: () => ({ dispose: () => undefined }),
  prepare: refuse,
  idle: refuse,
  close: refuse,
  dispose: () => undefined,
};

interface Connected {
  readonly session: TimelineSession;
  readonly connection: TimelineConnection;
  /** What the page was told. */
  readonly told: readonly ToTimeline[];
  /** What the user asked for. */
  readonly asked: readonly string[];
  readonly unknown: readonly unknown[];
  settle(): Promise<void>;
}

async function withConnection(use: (connected: Connected) => Promise<void>): Promise<void> {
  const session = createTimelineSession({ now: () => START, judging: () => ({}), coalesceMs: 1 });
  const told: ToTimeline[] = [];
  const asked: string[] = [];
  const unknown: unknown[] = [];
  const connection = connectTimeline({
    session,
    toolbar: liveToolbar(createTargetChoice(TARGET), () => undefined),
    post: (message) => told.push(message),
    onUnknown: (message) => unknown.push(message),
    actions: {
      runCommand: (command, deliveryId) => asked.push([command, deliveryId].filter(Boolean).join(' ')),
      openPayload: (text) => asked.push(`payload ${text}`),
      openLink: (url) => asked.push(`link ${url}`),
      copy: (text, what) => asked.push(`copy ${what} ${text}`),
      openDropped: ({ uris, files }) => asked.push(`drop ${[...uris, ...files.map(({ name }) => name)].join()}`),
    },
  });
  const settle = (): Promise<void> =>
    new Promise((resolve) => {
      const subscription = session.onDidChange(() => {
        subscription.dispose();
        resolve();
      });
      session.refresh();
    });
  try {
    await use({ session, connection, told, asked, unknown, settle });
  } finally {
    connection.dispose();
    session.dispose();
  }
}

const typesOf = (messages: readonly ToTimeline[]): readonly string[] => messages.map(({ type }) => type);

describe('timeline connection', () => {
  it('says nothing before the page is ready, then everything', () =>
    withConnection(async ({ session, connection, told, settle }) => {
      session.append([sentEvent('a')]);
      connection.select('a');
      await settle();
      assert.equal(told.length, 0);
      connection.receive({ type: 'ready' });
      const [snapshot] = told;
      assert.ok(snapshot?.type === 'snapshot');
      assert.deepEqual(
        snapshot.deliveries.map(({ id }) => id),
        ['a'],
      );
      assert.equal(snapshot.select, 'a');
      assert.deepEqual(snapshot.state, {
        targetLabel: 'Virtual iPhone',
        environment: 'virtual',
        bundleId: 'com.example.app',
        behavior: 'Never reports',
        flagged: 0,
        footnotes: ['Virtual iPhone log · watching'],
      });
    }));

  it('then tells only what changes', () =>
    withConnection(async ({ session, connection, told, settle }) => {
      session.append([sentEvent('a'), sentEvent('b', START + SECOND)]);
      connection.receive({ type: 'ready' });
      await settle();
      assert.deepEqual(typesOf(told), ['snapshot']);
      session.append([rejectedEvent('b', START + SECOND)]);
      await settle();
      assert.deepEqual(typesOf(told), ['snapshot', 'changed', 'state']);
      const changed = told[1];
      assert.ok(changed?.type === 'changed');
      assert.deepEqual(
        changed.upserted.map(({ id, verdict }) => `${id} ${verdict}`),
        ['b rejected'],
      );
      session.clear();
      await settle();
      assert.deepEqual(told[3], { type: 'changed', upserted: [], removed: ['a', 'b'] });
    }));

  it('selects what the page was told of, and goes on following after a sending', () =>
    withConnection(async ({ session, connection, told }) => {
      connection.select('a', true);
      session.append([sentEvent('a')]);
      connection.receive({ type: 'ready' });
      const [snapshot] = told;
      assert.ok(snapshot?.type === 'snapshot');
      assert.deepEqual([snapshot.select, snapshot.follow], ['a', true]);
      session.append([sentEvent('b', START + SECOND)]);
      connection.select('b', true);
      connection.select('a');
      assert.deepEqual(typesOf(told), ['snapshot', 'changed', 'select', 'select']);
      assert.deepEqual(told.slice(2), [
        { type: 'select', deliveryId: 'b', follow: true },
        { type: 'select', deliveryId: 'a' },
      ]);
    }));

  it('is silent while the page is away, and starts over when it is back', () =>
    withConnection(async ({ session, connection, told, settle }) => {
      connection.receive({ type: 'ready' });
      connection.lose();
      session.append([sentEvent('a')]);
      await settle();
      connection.receive({ type: 'ready' });
      assert.deepEqual(typesOf(told), ['snapshot', 'snapshot']);
    }));

  it('hands over many in parts, the newest first, and selects when the page knows of it', () =>
    withConnection(async ({ session, connection, told, settle }) => {
      session.append(Array.from({ length: 900 }, (_, index) => sentEvent(`many ${index}`, START + index * SECOND)));
      connection.select('many 3');
      connection.receive({ type: 'ready' });
      while (told.at(-1)?.type !== 'select') await settle();
      assert.deepEqual(typesOf(told), ['snapshot', 'more', 'more', 'more', 'select']);
      const [snapshot, ...parts] = told;
      assert.ok(snapshot?.type === 'snapshot' && snapshot.hasMore === true && snapshot.select === undefined);
      assert.equal(snapshot.deliveries.at(-1)?.id, 'many 899');
      const more = parts.flatMap((message) => (message.type === 'more' ? [message] : []));
      assert.deepEqual(
        more.map(({ isLast }) => isLast),
        [false, false, true],
      );
      const ids = [snapshot, ...more].flatMap(({ deliveries }) => deliveries.map(({ id }) => id));
      assert.equal(new Set(ids).size, 900);

      session.append([rejectedEvent('many 5')]);
      await settle();
      const changed = told.find(({ type }) => type === 'changed');
      assert.ok(changed?.type === 'changed');
      assert.deepEqual(
        changed.upserted.map(({ id }) => id),
        ['many 5'],
      );
      session.clear();
      await settle();
      assert.equal(told.at(-1)?.type, 'snapshot', 'a page that loses all of it starts over');
    }));

  it('tells of much that is new in parts, too', () =>
    withConnection(async ({ session, connection, told, settle }) => {
      session.append([sentEvent('a')]);
      connection.receive({ type: 'ready' });
      session.append(Array.from({ length: 600 }, (_, index) => sentEvent(`new ${index}`, START + index * SECOND)));
      while (told.filter(({ type }) => type === 'more').length < 3) await settle();
      assert.deepEqual(typesOf(told), ['snapshot', 'more', 'more', 'more']);
    }));

  it('stops telling a page that is away', () =>
    withConnection(async ({ session, connection, told, settle }) => {
      session.append(Array.from({ length: 900 }, (_, index) => sentEvent(`many ${index}`, START + index * SECOND)));
      connection.receive({ type: 'ready' });
      connection.lose();
      const before = told.length;
      await settle();
      await settle();
      assert.equal(told.length, before);
    }));

  it('answers requests, also for what is gone', () =>
    withConnection(async ({ session, connection, told }) => {
      session.append([sentEvent('a')]);
      connection.receive({ type: 'requestDetail', requestId: 1, deliveryId: 'a' });
      connection.receive({ type: 'requestDetail', requestId: 2, deliveryId: 'gone' });
      const replies = told.flatMap((message) =>
        message.type === 'detail' ? [[message.requestId, message.reply.ok]] : [],
      );
      assert.deepEqual(replies, [
        [1, true],
        [2, false],
      ]);
    }));

  it('does what the user asks for', () =>
    withConnection(async ({ session, connection, asked }) => {
      session.append([sentEvent('a')]);
      connection.receive({ type: 'command', command: 'sendAgain', deliveryId: 'a' });
      connection.receive({ type: 'openPayload', deliveryId: 'a' });
      connection.receive({ type: 'copy', text: 'x', what: 'Line' });
      assert.deepEqual(asked, ['sendAgain a', 'payload {"aps":{}}', 'copy Line x']);
    }));

  it('opens only links that an explanation has', () =>
    withConnection(async ({ session, connection, asked, unknown }) => {
      session.append([sentEvent('a'), rejectedEvent('a')]);
      const url = session.timeline.deliveries[0]?.explanation.links[0]?.url;
      assert.ok(url);
      connection.receive({ type: 'openLink', url });
      connection.receive({ type: 'openLink', url: 'https://example.com/' });
      connection.receive({ type: 'openLink', url: 'command:workbench.action.quit' });
      assert.deepEqual(asked, [`link ${url}`]);
      assert.equal(unknown.length, 2);
    }));

  it('ignores and hands on what is no message', () =>
    withConnection(async ({ connection, told, unknown }) => {
      connection.receive({ type: 'eval', text: '1' });
      assert.equal(told.length, 0);
      assert.deepEqual(unknown, [{ type: 'eval', text: '1' }]);
    }));
});
