import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeliverySummary } from '../../src/core/timeline/deliveryView';
import type { FromTimeline, TimelineState } from '../../src/protocol';
import { reduce } from '../../webview/reducer';
import { INITIAL_STATE } from '../../webview/savedState';
import { type Action, deliveryToSendAgain, initialView, type TimelineView } from '../../webview/state';
import { DELIVERIES, detailOf } from './deliveries';

const STATE: TimelineState = {
  targetLabel: 'Virtual iPhone',
  environment: 'virtual',
  bundleId: 'com.example.app',
  flagged: 1,
  footnotes: [],
};
const { killed, reported, pending } = DELIVERIES;
const SNAPSHOT = snapshot([reported, killed]);

function snapshot(deliveries: readonly DeliverySummary[], select?: string): Action {
  const message = { type: 'snapshot', state: STATE, deliveries, ...(select !== undefined && { select }) } as const;
  return { type: 'message', message };
}

function changed(upserted: readonly DeliverySummary[], removed: readonly string[] = []): Action {
  return { type: 'message', message: { type: 'changed', upserted, removed } };
}

function reply(requestId: number, delivery: DeliverySummary): Action {
  return { type: 'message', message: { type: 'detail', requestId, reply: { ok: true, detail: detailOf(delivery) } } };
}

/** Runs actions from the start and gives the last view with everything that was posted, announced and revealed. */
function run(...actions: readonly Action[]): {
  view: TimelineView;
  posted: readonly FromTimeline[];
  announced: readonly string[];
  revealed: readonly string[];
} {
  let view = initialView(INITIAL_STATE);
  const effects = actions.flatMap((action) => {
    const step = reduce(view, action);
    view = step.view;
    return step.effects;
  });
  return {
    view,
    posted: effects.flatMap((effect) => (effect.type === 'post' ? [effect.message] : [])),
    announced: effects.flatMap((effect) => (effect.type === 'announce' ? [effect.text] : [])),
    revealed: effects.flatMap((effect) => (effect.type === 'reveal' ? [effect.deliveryId] : [])),
  };
}

test('a first snapshot selects the first row and asks for its detail', () => {
  const { view, posted } = run(SNAPSHOT);
  assert.equal(view.selectedId, killed.id);
  assert.deepEqual(posted, [{ type: 'requestDetail', requestId: 1, deliveryId: killed.id }]);
});

test('a snapshot can select, and lifts a filter that would hide what it selects', () => {
  const { view, revealed } = run(
    { type: 'list', listing: { flaggedOnly: true } },
    snapshot([reported, killed], reported.id),
  );
  assert.equal(view.selectedId, reported.id);
  assert.equal(view.listing.flaggedOnly, false);
  assert.deepEqual(revealed, [reported.id]);
});

test('a later snapshot keeps the selection and asks again', () => {
  const { view, posted } = run(SNAPSHOT, { type: 'select', deliveryId: reported.id }, SNAPSHOT);
  assert.equal(view.selectedId, reported.id);
  assert.deepEqual(posted.at(-1), { type: 'requestDetail', requestId: 3, deliveryId: reported.id });
});

test('an empty snapshot forgets the selection', () => {
  const { view } = run(SNAPSHOT, snapshot([]));
  assert.equal(view.selectedId, undefined);
  assert.deepEqual(view.detail, { kind: 'none' });
});

test('a stale detail is dropped, the latest is shown', () => {
  const { view } = run(SNAPSHOT, { type: 'select', deliveryId: reported.id }, reply(1, killed));
  assert.equal(view.detail.kind, 'loading');
  const { view: answered } = run(
    SNAPSHOT,
    { type: 'select', deliveryId: reported.id },
    reply(1, killed),
    reply(2, reported),
  );
  assert.equal(answered.detail.kind === 'shown' && answered.detail.detail.summary.id, reported.id);
});

test('an error reply is kept as its text', () => {
  const message = { type: 'detail', requestId: 1, reply: { ok: false, error: 'It is gone.' } } as const;
  const { view } = run(SNAPSHOT, { type: 'message', message });
  assert.deepEqual(view.detail, { kind: 'failed', requestId: 1, deliveryId: killed.id, error: 'It is gone.' });
});

test('the selected delivery is asked for again when it changed, and what is shown stays until then', () => {
  const { view, posted } = run(SNAPSHOT, reply(1, killed), changed([{ ...killed, headline: 'More is known.' }]));
  assert.deepEqual(posted.at(-1), { type: 'requestDetail', requestId: 2, deliveryId: killed.id });
  assert.equal(view.detail.kind, 'shown');
});

test('another delivery that changed does not ask again', () => {
  const { posted } = run(SNAPSHOT, changed([{ ...reported, headline: 'More is known.' }]));
  assert.equal(posted.length, 1);
});

test('a removed selection is forgotten', () => {
  const { view } = run(SNAPSHOT, changed([], [killed.id]));
  assert.equal(view.selectedId, undefined);
  assert.deepEqual(
    view.rows.map(({ id }) => id),
    [reported.id],
  );
});

test('following selects and reveals the newest arrival', () => {
  const { view, revealed } = run(SNAPSHOT, changed([pending]));
  assert.equal(view.selectedId, pending.id);
  assert.deepEqual(revealed, [pending.id]);
});

test('an old delivery that arrives late does not take the selection', () => {
  const { view } = run(SNAPSHOT, changed([{ ...reported, id: 'older', at: killed.at - 1 }]));
  assert.equal(view.selectedId, killed.id);
});

test('selecting by hand pauses following, sending resumes it', () => {
  const selected = run(SNAPSHOT, { type: 'select', deliveryId: reported.id }, changed([pending]));
  assert.equal(selected.view.selectedId, reported.id);
  assert.equal(selected.view.follow, false);
  assert.equal(
    run(SNAPSHOT, { type: 'select', deliveryId: reported.id }, { type: 'command', command: 'send' }).view.follow,
    true,
  );
});

test('only newly flagged deliveries are announced, several in one sentence', () => {
  assert.deepEqual(run(SNAPSHOT).announced, []);
  assert.deepEqual(run(SNAPSHOT, changed([{ ...killed, headline: 'x' }, pending])).announced, []);
  assert.deepEqual(run(SNAPSHOT, changed([{ ...reported, severity: 'error', title: 'Reported late' }])).announced, [
    'Delivery flagged: Reported late, com.example.app',
  ]);
  const two = changed([
    { ...killed, id: 'a' },
    { ...killed, id: 'b' },
  ]);
  assert.deepEqual(run(SNAPSHOT, two).announced, ['2 deliveries flagged']);
});

test('Again sends the selected delivery, else the newest that was sent from here, else nothing', () => {
  const again: Action = { type: 'command', command: 'sendAgain' };
  const foreign = { ...killed, canSendAgain: false };
  assert.deepEqual(run(SNAPSHOT, again).posted.at(-1), {
    type: 'command',
    command: 'sendAgain',
    deliveryId: killed.id,
  });
  assert.deepEqual(run(snapshot([foreign, reported]), again).posted.at(-1), {
    type: 'command',
    command: 'sendAgain',
    deliveryId: reported.id,
  });
  assert.equal(run(snapshot([foreign]), again).posted.length, 1);
  assert.equal(deliveryToSendAgain(initialView(INITIAL_STATE)), undefined);
});

test('a selection of something unknown changes nothing', () => {
  const before = run(SNAPSHOT).view;
  assert.equal(reduce(before, { type: 'select', deliveryId: 'nobody' }).view, before);
  assert.equal(reduce(before, { type: 'message', message: { type: 'select', deliveryId: 'nobody' } }).view, before);
});

test('what comes in parts is shown when it doubles the list, and at the end', () => {
  const row = (id: string): DeliverySummary => ({ ...reported, id });
  const more = (deliveries: readonly DeliverySummary[], isLast: boolean): Action => ({
    type: 'message',
    message: { type: 'more', deliveries, isLast },
  });
  const actions = [
    { type: 'message', message: { type: 'snapshot', state: STATE, deliveries: [row('a'), row('b')], hasMore: true } },
    more([row('c')], false),
    more([row('d')], false),
    more([killed], false),
    more([row('e')], true),
  ] as const;
  const counts = actions.map((_, index) => run(...actions.slice(0, index + 1)).view.rows.length);
  assert.deepEqual(counts, [2, 2, 4, 4, 6]);
  const { view, announced } = run(...actions);
  assert.equal(view.selectedId, killed.id);
  assert.deepEqual(announced, []);
});

test('the delivery that was selected may come later', () => {
  const { view, posted } = run(
    SNAPSHOT,
    { type: 'select', deliveryId: reported.id },
    { type: 'message', message: { type: 'snapshot', state: STATE, deliveries: [killed], hasMore: true } },
    { type: 'message', message: { type: 'more', deliveries: [reported, pending], isLast: true } },
  );
  assert.equal(view.selectedId, reported.id);
  assert.deepEqual(
    posted.map((message) => (message.type === 'requestDetail' ? message.deliveryId : message.type)),
    [killed.id, reported.id, reported.id],
  );
});
