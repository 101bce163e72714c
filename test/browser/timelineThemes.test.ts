import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ARTIFACTS, ROOT } from '../host/paths';
import { DELIVERIES } from '../webview/deliveries';
import { THEMES, type ThemeName } from './themes';
import { answerDetail, list, STATE, showAll, timelineTest } from './timelineDriver';
import { settle, type TimelinePage } from './timelinePage';

const { rejected } = DELIVERIES;

timelineTest('a change of theme recolors what is already drawn', async (timeline) => {
  await showAll(timeline);
  const fill = (): Promise<string> =>
    timeline.page
      .locator('.mark.tone-bad')
      .first()
      .evaluate((element) => getComputedStyle(element).fill);
  const dark = await fill();
  await timeline.setTheme('light');
  assert.notEqual(await fill(), dark);
});

timelineTest('reduced motion and forced colors are honored', async (timeline) => {
  await showAll(timeline);
  await timeline.page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  const style = await timeline.page
    .locator('.row.severity-error')
    .first()
    .evaluate((element) => {
      const { transitionDuration, borderLeftWidth } = getComputedStyle(element);
      return { transitionDuration, borderLeftWidth };
    });
  assert.deepEqual(style, { transitionDuration: '0s', borderLeftWidth: '6px' });
});

const AXE = readFileSync(createRequire(join(ROOT, 'package.json')).resolve('axe-core/axe.min.js'), 'utf8');

/** Runs axe over the whole page. It comes in by the debugger, which the page's policy does not concern. */
async function checkAccessibility({ page }: TimelinePage): Promise<void> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      readonly axe: {
        run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
      };
    };
    const { violations: found } = await axe.run();
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
  assert.deepEqual(violations, []);
}

for (const theme of Object.keys(THEMES) as ThemeName[]) {
  timelineTest(`accessible and pictured: ${theme}`, async (timeline) => {
    const { page } = timeline;
    const picture = (name: string) => page.screenshot({ path: join(ARTIFACTS, `timeline-${theme}-${name}.png`) });
    await timeline.setTheme(theme);
    await timeline.send({
      type: 'snapshot',
      state: { ...STATE, cannotSend: 'This workspace is not trusted.' },
      deliveries: [],
    });
    await checkAccessibility(timeline);
    await picture('empty');
    await showAll(timeline);
    await answerDetail(timeline);
    await list(timeline).focus();
    await checkAccessibility(timeline);
    await picture('killed');
    await timeline.send({ type: 'select', deliveryId: rejected.id });
    await answerDetail(timeline);
    for (const fold of await page.locator('.foldHead').all()) await fold.click();
    await page.locator('.evidenceHead').first().click();
    await checkAccessibility(timeline);
    await picture('rejected');
    await page.setViewportSize({ width: 460, height: 800 });
    await settle(page);
    await checkAccessibility(timeline);
    await picture('narrow');
  });
}
