import assert from 'node:assert/strict';
import type { DeliverySummary } from '../../src/core/timeline/deliveryView';
import { DELIVERIES, detailOf, HOSTILE_NAMES } from '../webview/deliveries';
import {
  ALL,
  answerDetail,
  details,
  lastPosted,
  list,
  press,
  STATE,
  selected,
  selectedVerdict,
  showAll,
  timelineTest,
  titles,
} from './timelineDriver';
import { settle } from './timelinePage';

const { killed, reported, rejected, pending } = DELIVERIES;

timelineTest('changes arrive live, are followed, and only what is flagged is announced', async (timeline) => {
  const status = timeline.page.getByRole('status');
  await showAll(timeline, [reported]);
  await timeline.send({ type: 'changed', upserted: [pending], removed: [] });
  assert.equal(await selectedVerdict(timeline), 'Pending');
  assert.equal(await status.textContent(), '');
  await timeline.send({ type: 'changed', upserted: [{ ...killed, id: pending.id, at: pending.at }], removed: [] });
  assert.equal(await selectedVerdict(timeline), 'Killed');
  assert.equal(await status.textContent(), 'Delivery flagged: Killed, com.example.app');
  await timeline.page.getByRole('option', { name: /^Reported/ }).click();
  await timeline.send({ type: 'changed', upserted: [rejected], removed: [pending.id] });
  assert.equal(await selectedVerdict(timeline), 'Reported');
  assert.deepEqual(await titles(timeline), ['Rejected', 'Reported']);
});

timelineTest('a late reply to an older request is not shown, an error is', async (timeline) => {
  await showAll(timeline);
  const first = await lastPosted(timeline, 'requestDetail');
  await timeline.page.getByRole('option', { name: /^Reported, / }).click();
  const second = await lastPosted(timeline, 'requestDetail');
  await timeline.send({ type: 'detail', requestId: first.requestId, reply: { ok: true, detail: detailOf(killed) } });
  assert.match((await details(timeline).textContent()) ?? '', /^Reported.*Loading/);
  await timeline.send({ type: 'detail', requestId: second.requestId, reply: { ok: false, error: 'It was cleared.' } });
  assert.match((await details(timeline).textContent()) ?? '', /could not be shown: It was cleared\./);
});

timelineTest('a refresh leaves open evidence, scroll and focus where they are', async (timeline) => {
  await showAll(timeline);
  await answerDetail(timeline);
  await timeline.page.locator('summary', { hasText: 'Evidence' }).click();
  await details(timeline).evaluate((element) => element.scrollTo(0, 100));
  await timeline.send({ type: 'changed', upserted: [{ ...killed, headline: 'More is known now.' }], removed: [] });
  await answerDetail(timeline);
  assert.equal(await details(timeline).evaluate((element) => element.scrollTop), 100);
  assert.equal(await timeline.page.locator('details.fold', { hasText: 'Evidence' }).getAttribute('open'), '');
});

timelineTest(
  '10,000 deliveries scroll with few elements, and what is read stays when others arrive',
  async (timeline) => {
    const many = Array.from({ length: 10_000 }, (_, index): DeliverySummary => {
      const template = ALL[index % ALL.length] ?? killed;
      return { ...template, id: `many-${index}`, at: killed.at + index * 1_000_000, app: `com.example.app${index}` };
    });
    await showAll(timeline, many);
    await timeline.page.getByRole('combobox', { name: 'Order of deliveries' }).click();
    await timeline.page.getByRole('option', { name: 'Newest first' }).click();
    await settle(timeline.page);
    await list(timeline).evaluate((element) => element.scrollTo(0, 44 * 5000));
    await settle(timeline.page);
    const top = await timeline.page.getByRole('option', { name: /com\.example\.app4999,/ }).boundingBox();
    const viewport = await list(timeline).boundingBox();
    assert.ok(top && viewport && Math.abs(top.y - viewport.y) < 1);
    assert.ok((await timeline.page.locator('.row').count()) < 60);
    await timeline.page.getByRole('option', { name: /com\.example\.app4998,/ }).click();
    const newer = many
      .slice(0, 50)
      .map((one, index) => ({ ...one, id: `new-${index}`, at: killed.at + (20_000 + index) * 1_000_000 }));
    await timeline.send({ type: 'changed', upserted: newer, removed: [] });
    const still = await timeline.page.getByRole('option', { name: /com\.example\.app4999,/ }).boundingBox();
    assert.ok(still && Math.abs(still.y - top.y) < 1);
    await list(timeline).focus();
    await press(timeline, 'End');
    assert.equal(await selected(timeline).getAttribute('aria-posinset'), '10050');
    assert.equal(await selected(timeline).getAttribute('aria-setsize'), '10050');
    await timeline.page.getByRole('checkbox', { name: 'Flagged only' }).click();
    await settle(timeline.page);
    assert.equal(await list(timeline).evaluate((element) => element.scrollTop), 0);
  },
);

timelineTest('a long timeline comes in parts, and what was selected before is found in them', async (timeline) => {
  const { page } = timeline;
  const many = Array.from({ length: 20_000 }, (_, index): DeliverySummary => {
    return { ...reported, id: `part-${index}`, at: reported.at + index * 1_000_000, app: `com.example.app${index}` };
  });
  await timeline.send({ type: 'snapshot', state: STATE, deliveries: many.slice(-1000), hasMore: true });
  for (let end = 19_000; end > 0; end -= 1000) {
    await timeline.send({ type: 'more', deliveries: many.slice(end - 1000, end), isLast: end === 1000 });
  }
  await page.getByText('20000 deliveries').waitFor();
  await list(timeline).focus();
  await press(timeline, 'Home');
  await selected(timeline)
    .and(page.getByRole('option', { name: /com\.example\.app19999,/ }))
    .waitFor();
  await press(timeline, 'End');
  assert.equal(await selected(timeline).getAttribute('aria-posinset'), '20000');
  assert.equal(await selected(timeline).getAttribute('aria-setsize'), '20000');

  await timeline.send({ type: 'snapshot', state: STATE, deliveries: many.slice(-1000), hasMore: true });
  await timeline.send({ type: 'more', deliveries: many.slice(0, -1000), isLast: true });
  await page.getByText('20000 deliveries').waitFor();
  assert.equal((await lastPosted(timeline, 'requestDetail')).deliveryId, 'part-0');
  await timeline.send({ type: 'changed', upserted: [{ ...killed, id: 'new', at: killed.at }], removed: ['part-5'] });
  await page.getByText('20000 deliveries').waitFor();
  await page.getByRole('checkbox', { name: 'Flagged only' }).click();
  await page.getByText('1 of 20000 deliveries').waitFor();
});

timelineTest('names from outside are text, and do not break the layout', async (timeline) => {
  const { page } = timeline;
  const odd = Object.values(HOSTILE_NAMES).map((app, index) => ({ ...killed, id: `odd-${index}`, app, headline: app }));
  await timeline.send({
    type: 'snapshot',
    state: { ...STATE, targetLabel: HOSTILE_NAMES.long, footnotes: Object.values(HOSTILE_NAMES) },
    deliveries: odd,
  });
  for (const width of [1280, 700, 420]) {
    await page.setViewportSize({ width, height: 800 });
    for (const delivery of odd) {
      await timeline.send({ type: 'select', deliveryId: delivery.id });
      const { requestId } = await lastPosted(timeline, 'requestDetail');
      const detail = { ...detailOf(delivery), request: [[HOSTILE_NAMES.long, HOSTILE_NAMES.markup]] as const };
      await timeline.send({ type: 'detail', requestId, reply: { ok: true, detail } });
      const overflow = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('.details, .listbox, .toolbar, .footer')]
          .filter((element) => element.scrollWidth > element.clientWidth)
          .map((element) => element.className || element.tagName),
      );
      assert.deepEqual(overflow, [], `${width} ${delivery.app.slice(0, 20)}`);
    }
  }
  assert.equal(await page.evaluate(() => 'hacked' in window), false);
  assert.equal(await page.locator('img').count(), 0);
  assert.ok((await page.getByText(HOSTILE_NAMES.markup).count()) > 0);
  const heights = await page.locator('.row:visible').evaluateAll((rows) => rows.map((row) => row.clientHeight));
  assert.deepEqual([...new Set(heights)], [44]);
});

const KEPT = {
  order: 'oldest-first',
  filter: 'reported',
  flaggedOnly: false,
  follow: false,
  selectedId: 'd-late',
  scrollTop: 0,
};

timelineTest(
  'what VS Code kept comes back',
  async (timeline) => {
    await showAll(timeline);
    assert.equal(await selectedVerdict(timeline), 'Reported late');
    assert.deepEqual(await titles(timeline), ['Reported with error', 'Reported late', 'Reported', 'Killed']);
    await timeline.page.getByRole('checkbox', { name: 'Follow' }).click();
    await settle(timeline.page);
    assert.deepEqual(await timeline.kept(), { ...KEPT, follow: true });
  },
  KEPT,
);
