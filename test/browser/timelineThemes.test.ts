import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ARTIFACTS } from '../host/paths';
import { DELIVERIES } from '../webview/deliveries';
import { checkAccessibility } from './accessibility';
import { THEMES, type ThemeName } from './themes';
import { answerDetail, list, STATE, showAll, timelineTest } from './timelineDriver';
import { settle } from './timelinePage';

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
