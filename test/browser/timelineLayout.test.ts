import assert from 'node:assert/strict';
import type { DeliveryDetail, Evidence } from '../../src/core/timeline/deliveryView';
import { DELIVERIES, detailOf } from '../webview/deliveries';
import { answerDetail, details, lastPosted, showAll, timelineTest } from './timelineDriver';
import { settle, type TimelinePage } from './timelinePage';

const { killed } = DELIVERIES;

// The layout at the widths a panel has: beside other editors, below one, and alone.

timelineTest('the page itself never scrolls', async (timeline) => {
  const { page } = timeline;
  await showAll(timeline);
  await answerDetail(timeline);
  for (const [width, height] of [
    [460, 600],
    [770, 698],
    [1280, 500],
  ] as const) {
    await page.setViewportSize({ width, height });
    await settle(page);
    const heights = await page.evaluate(() => {
      const { scrollHeight, clientHeight } = document.scrollingElement ?? document.body;
      return { scrollHeight, clientHeight };
    });
    assert.equal(heights.scrollHeight, heights.clientHeight, `${width}`);
  }
});

timelineTest('labels are whole and stay in their column at every width', async (timeline) => {
  const { page } = timeline;
  await showAll(timeline);
  await answerDetail(timeline);
  for (const width of [320, 460, 600, 770, 880, 900, 1000, 1400]) {
    await page.setViewportSize({ width, height: 800 });
    await settle(page);
    const cut = await page
      .locator('.ladderLabel')
      .evaluateAll((labels) =>
        labels
          .filter((label) => label.scrollWidth > label.clientWidth || label.clientWidth < 90)
          .map((label) => `${label.textContent} ${label.clientWidth}`),
      );
    assert.deepEqual(cut, [], `${width}`);
    const outside = await page.locator('.chartLabel').evaluateAll((labels) =>
      labels
        .filter((label) => {
          const own = label.getBoundingClientRect();
          const chart = label.closest('.chart')?.getBoundingClientRect();
          return own.width > 0 && (chart === undefined || own.left < chart.left || own.right > chart.right + 1);
        })
        .map((label) => label.textContent),
    );
    assert.deepEqual(outside, [], `${width}`);
    const listBox = await page.locator('.list').boundingBox();
    const detailsBox = await details(timeline).boundingBox();
    assert.ok(listBox && detailsBox);
    const isBeside = detailsBox.x >= listBox.x + listBox.width;
    assert.ok(isBeside ? detailsBox.width >= 420 : detailsBox.width === width, `${width}: ${detailsBox.width}`);
  }
});

timelineTest('rows say what their true and unknown are about, and stay inside, at every width', async (timeline) => {
  const { page } = timeline;
  await showAll(timeline);
  for (const width of [220, 249, 250, 339, 340, 479, 480, 600]) {
    await page.setViewportSize({ width, height: 1200 });
    await settle(page);
    const words = await page.locator('.row:visible .rowMustReport').allInnerTexts();
    assert.ok(words.length > 5);
    for (const text of words) assert.match(text, /^mustReport (true|false|unknown|–)$/, `${width}`);
    const rows = await page.locator('.row:visible').evaluateAll((all) =>
      all.map((row) => {
        const parts = [...row.querySelectorAll('.rowTitle, .rowApp, .rowTime, .rowMustReport, .chart')];
        const mustReport = row.querySelector('.rowMustReport');
        const { right, bottom } = row.getBoundingClientRect();
        const head = row.querySelector('.rowHead')?.getBoundingClientRect();
        const pill = row.querySelector('.pill')?.getBoundingClientRect();
        return {
          isCut: mustReport === null || mustReport.scrollWidth > mustReport.clientWidth,
          outside: parts
            .map((part) => part.getBoundingClientRect())
            .filter((part) => part.right > right || part.bottom > bottom).length,
          isPillHalf:
            !!head && !!pill && pill.top < head.bottom && (pill.bottom > head.bottom || pill.right > head.right),
          hasTitle: (row.querySelector('.rowTitle')?.clientWidth ?? 0) >= 40,
        };
      }),
    );
    const whole = { isCut: false, outside: 0, isPillHalf: false, hasTitle: true };
    for (const row of rows) assert.deepEqual(row, whole, `${width}`);
  }
});

/** As `log stream --style ndjson` writes it. */
const RECORD = JSON.stringify({
  timezoneName: '',
  formatString: '%@: reporting',
  backtrace: { frames: [] },
  processImagePath: '/System/Library/PrivateFrameworks/callservicesd',
  timestamp: '2026-09-08 10:11:34.092155+0200',
  eventMessage: 'Terminating <b>Example</b>',
  processID: 101,
});

/** Shows one event of the killed delivery with this raw line, opened. */
async function openEvidence(timeline: TimelinePage, line: string): Promise<void> {
  await showAll(timeline);
  const detail: DeliveryDetail = detailOf(killed);
  const evidence = detail.evidence.slice(-1).map((item): Evidence => ({ ...item, line }));
  const { requestId } = await lastPosted(timeline, 'requestDetail');
  await timeline.send({ type: 'detail', requestId, reply: { ok: true, detail: { ...detail, evidence } } });
  await timeline.page.locator('summary', { hasText: 'Evidence' }).click();
  await timeline.page.locator('.evidenceHead').click();
}

timelineTest('evidence says time, process and message of a log record, and keeps the raw line', async (timeline) => {
  const { page } = timeline;
  await openEvidence(timeline, RECORD);
  await page.getByText(/^2026-09-08T.*callservicesd\[101\]/).waitFor();
  await page.getByText('Terminating <b>Example</b>', { exact: true }).waitFor();
  const rawLine = page.getByText(RECORD);
  assert.equal(await rawLine.isVisible(), false);
  await page.locator('summary', { hasText: 'Raw line' }).click();
  assert.equal(await rawLine.isVisible(), true);
  await page.getByRole('button', { name: 'Copy raw line' }).click();
  assert.deepEqual(await lastPosted(timeline, 'copy'), { type: 'copy', text: RECORD, what: 'raw line' });
});

for (const line of ['{"eventMessage":', '{"eventMessage":7}', 'null', '2026-09-08 10:11:34 callservicesd: words']) {
  timelineTest(`evidence shows a line that is no log record as it is: ${line}`, async (timeline) => {
    await openEvidence(timeline, line);
    assert.equal(await timeline.page.getByText(line, { exact: true }).isVisible(), true);
    assert.equal(await timeline.page.locator('summary', { hasText: 'Raw line' }).count(), 0);
  });
}

timelineTest('mustReport of a push that the app was not seen to receive is a dash', async (timeline) => {
  await showAll(timeline);
  for (const [name, words] of [
    [/Rejected/, 'mustReport –'],
    [/Undelivered/, 'mustReport –'],
    [/Missing report/, 'mustReport unknown'],
  ] as const) {
    const row = timeline.page.getByRole('option', { name });
    assert.equal(await row.locator('.rowMustReport').textContent(), words);
    await row.click();
    await settle(timeline.page);
    await details(timeline).getByText(words, { exact: true }).waitFor();
  }
  const dash = timeline.page.getByRole('option', { name: /Rejected/ }).locator('.rowMustReport');
  assert.equal(await dash.getAttribute('title'), 'The app was not seen to receive it');
});
