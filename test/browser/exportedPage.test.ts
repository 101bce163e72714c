import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { htmlReport } from '../../src/core/export/htmlReport';
import type { Timeline } from '../../src/core/timeline/timeline';
import { STORY_TIMELINES, timelineOf } from '../core/export/timelines';
import { launchBrowser } from '../host/browser';
import { ARTIFACTS } from '../host/paths';
import { checkAccessibility } from './accessibility';

const HOSTILE = '<img src="https://evil.example/x" onerror="document.title=1"><script>document.title=2</script>';
const STORIES: Timeline = {
  deliveries: STORY_TIMELINES.slice(0, 12).flatMap(({ deliveries }) => deliveries),
  unjoined: [],
  flagged: 1,
  inconclusive: 0,
};

describe('an exported page', () => {
  let folder: string;
  let browser: Browser;
  let context: BrowserContext;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'voip-push-page-'));
    ({ browser, context } = await launchBrowser());
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the page as a file, as its reader does. */
  async function open(timeline: Timeline, colorScheme: 'light' | 'dark' = 'light') {
    const file = join(folder, 'page.html');
    writeFileSync(file, htmlReport(timeline, 'VoIP Push Debugger'));
    const page: Page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('request', (request) => requests.push(request.url()));
    await page.emulateMedia({ colorScheme });
    await page.goto(pathToFileURL(file).href);
    return { page, complaints, requests };
  }

  for (const scheme of ['light', 'dark'] as const) {
    it(`is accessible and complains of nothing: ${scheme}`, async () => {
      const { page, complaints, requests } = await open(STORIES, scheme);
      assert.deepEqual([complaints, requests.length], [[], 1]);
      await checkAccessibility({ page });
      await page.screenshot({ path: join(ARTIFACTS, `exported-page-${scheme}.png`), fullPage: true });
      await page.close();
    });
  }

  it('opens what is folded when its link is followed', async () => {
    const { page } = await open(STORIES);
    const index = STORIES.deliveries.findIndex(({ verdict }) => verdict.severity !== 'error') + 1;
    const content = page.locator(`#delivery-${index}`);
    assert.equal(await content.isVisible(), false);
    await page.locator(`a[href="#delivery-${index}"]`).click();
    await content.waitFor({ state: 'visible' });
    await page.close();
  });

  it('shows what a log says, and runs and loads none of it', async () => {
    const { page, complaints, requests } = await open(timelineOf(HOSTILE));
    assert.ok((await page.locator('main').textContent())?.includes(HOSTILE));
    assert.match(await page.title(), /^VoIP push timeline: /);
    assert.deepEqual([complaints, requests.length], [[], 1]);
    await page.close();
  });
});
