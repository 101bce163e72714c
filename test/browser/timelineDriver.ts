import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Locator } from 'playwright-core';
import type { DeliverySummary } from '../../src/core/timeline/deliveryView';
import type { FromTimeline, TimelineState } from '../../src/protocol';
import { launchBrowser } from '../host/browser';
import { ARTIFACTS } from '../host/paths';
import { DELIVERIES, detailOf } from '../webview/deliveries';
import { openTimeline, settle, type TimelinePage } from './timelinePage';

/** The toolbar's state in every test. */
export const STATE: TimelineState = {
  targetLabel: 'Virtual iPhone',
  environment: 'virtual',
  bundleId: 'com.example.app',
  behavior: 'Never reports',
  flagged: 6,
  footnotes: ['Virtual iPhone log · watching'],
};
/** One delivery of every verdict. */
export const ALL = Object.values(DELIVERIES);

let browser: Browser;
let context: BrowserContext;

before(async () => {
  mkdirSync(ARTIFACTS, { recursive: true });
  ({ browser, context } = await launchBrowser({ deviceScaleFactor: 2, viewport: { width: 1280, height: 800 } }));
});

after(async () => {
  await browser?.close();
});

/** Runs a test on a fresh timeline; whatever it does, nothing may throw and the policy may block nothing of ours. */
export function timelineTest(name: string, run: (timeline: TimelinePage) => Promise<void>, kept?: unknown): void {
  test(name, async () => {
    const timeline = await openTimeline(context, 'dark', kept);
    try {
      await run(timeline);
      assert.deepEqual(timeline.errors, []);
      // The toolkit tries inline styles twice at its start; both are known, and refused without harm.
      const violations = await timeline.violations();
      assert.deepEqual(violations.map((violation) => violation.split(' ').slice(0, 2).join(' ')).sort(), [
        'style-src-attr inline',
        'style-src-elem inline',
      ]);
    } finally {
      await timeline.page.close();
    }
  });
}

/** A first snapshot. */
export async function showAll(timeline: TimelinePage, deliveries: readonly DeliverySummary[] = ALL): Promise<void> {
  await timeline.send({ type: 'snapshot', state: STATE, deliveries });
}

/** The latest message of a type that the timeline posted. */
export async function lastPosted<T extends FromTimeline['type']>(
  timeline: TimelinePage,
  type: T,
): Promise<Extract<FromTimeline, { readonly type: T }>> {
  const messages = await timeline.posted();
  const message = messages
    .filter((one): one is Extract<FromTimeline, { readonly type: T }> => one.type === type)
    .at(-1);
  assert.ok(message, `nothing of type ${type} was posted`);
  return message;
}

/** Answers the latest request for a detail, as the extension would. */
export async function answerDetail(timeline: TimelinePage): Promise<void> {
  const { requestId, deliveryId } = await lastPosted(timeline, 'requestDetail');
  const summary = ALL.find(({ id }) => id === deliveryId);
  assert.ok(summary);
  await timeline.send({ type: 'detail', requestId, reply: { ok: true, detail: detailOf(summary) } });
}

/** The list of deliveries. */
export const list = ({ page }: TimelinePage): Locator => page.getByRole('listbox', { name: 'Deliveries' });
/** The details of the selected delivery. */
export const details = ({ page }: TimelinePage): Locator => page.getByRole('region', { name: 'Delivery details' });
/** The selected row. */
export const selected = ({ page }: TimelinePage): Locator => page.locator('.row[aria-selected="true"]:visible');

/** The title of the selected row. */
export async function selectedVerdict(timeline: TimelinePage): Promise<string> {
  await settle(timeline.page);
  return (await selected(timeline).locator('.rowTitle').textContent()) ?? '';
}

/** Titles of the rows from top to bottom: recycled rows are elsewhere in the document. */
export async function titles({ page }: TimelinePage): Promise<readonly string[]> {
  await settle(page);
  return page
    .locator('.row:visible')
    .evaluateAll((rows) =>
      rows
        .sort((a, b) => Number(a.ariaPosInSet) - Number(b.ariaPosInSet))
        .map((row) => row.querySelector('.rowTitle')?.textContent ?? ''),
    );
}

/** Presses a key and waits for what comes of it. */
export async function press({ page }: TimelinePage, key: string): Promise<void> {
  await page.keyboard.press(key);
  await settle(page);
}
