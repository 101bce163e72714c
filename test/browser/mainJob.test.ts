import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { APP_BEHAVIORS, AppBehavior } from '../../src/core/virtualApp';
import { withWorkbench } from '../host/openWorkbench';
import { ROOT } from '../host/paths';
import type { Workbench } from '../host/workbench';

// The whole product under clicks and keys, in a real VS Code: compose, send, and see what became of it.

const DEMO = join(ROOT, 'demo');

/** The virtual iPhone's time runs fast enough for a test, and slowly enough to see a delivery pending. */
const FAST = { 'voipPush.virtual.timeScale': 20 };

/** What the timeline must say of a push that meets each behavior. */
const EXPECTED: { readonly [B in AppBehavior]: { readonly title: string; readonly words: string } } = {
  'never-reports': { title: 'Killed', words: '7.0 s after delivery no call had been reported' },
  'reports-in-time': { title: 'Reported', words: '40 ms after the app received the push' },
  'reports-after-await': { title: 'Reported late', words: 'the handler returned before LiveCommunicationKit' },
  'reports-late': { title: 'Killed', words: 'so callservicesd ended the app (check 2)' },
  'returns-early': { title: 'Killed', words: 'the handler returned without reporting a call' },
  'reports-existing-call': { title: 'Reported with error', words: 'callUUIDAlreadyExists' },
  'do-not-disturb': { title: 'Reported with error', words: 'filteredByDoNotDisturb' },
  foreground: { title: 'Not required', words: 'mustReport was false' },
  'on-call': { title: 'Not required', words: 'mustReport was false' },
  'delivered-late': { title: 'Not required', words: 'mustReport was false' },
  'logged-out': { title: 'Killed', words: 'the handler returned without reporting a call' },
};

describe('the main job', { timeout: 300_000 }, () => {
  it('composes a push, sends it, and flags the delivery that broke the contract', async () => {
    const options = { folder: DEMO, settings: FAST, name: 'main-job', deviceScaleFactor: 2 };
    await withWorkbench(options, async (workbench) => {
      await workbench.run('VoIP Push: Compose Payload');
      await workbench.pick('CallKit');
      await workbench.codeLens('Send to Virtual iPhone').waitFor();
      await workbench.screenshot('compose-dark');
      await workbench.codeLens('Send to Virtual iPhone').click();

      await details(workbench, 'Killed', '7.0 s after delivery no call had been reported');
      await workbench.statusBarItem(/Virtual iPhone.*1/).waitFor();
      await everyTheme(workbench, 'killed');

      await chooseBehavior(workbench, 'Reports in time');
      await timeline(workbench).getByRole('button', { name: /Again/ }).click();
      await details(workbench, 'Reported', '40 ms after the app received the push');
      await everyTheme(workbench, 'reported');
      assert.deepEqual(workbench.pageErrors, []);
    });
  });

  it('gives each behavior of the virtual app its verdict', async () => {
    const settings = { 'voipPush.virtual.timeScale': 60 };
    await withWorkbench({ folder: DEMO, settings, name: 'behaviors', deviceScaleFactor: 2 }, async (workbench) => {
      await workbench.openFile('incoming-call.voip.json');
      await workbench.run('VoIP Push: Open Timeline');
      for (const behavior of Object.values(AppBehavior)) {
        await workbench.run('VoIP Push: Reinstall Virtual App');
        await chooseBehavior(workbench, APP_BEHAVIORS[behavior].title);
        await workbench.run('VoIP Push: Send Payload');
        await details(workbench, EXPECTED[behavior].title, EXPECTED[behavior].words);
      }
      const rows = timeline(workbench).getByRole('option');
      assert.equal(await rows.count(), Object.values(AppBehavior).length);
      await takeReadmePicture(workbench);
    });
  });
});

function timeline(workbench: Workbench) {
  return workbench.webview();
}

/** Chooses it, and waits until the timeline says so: a setting takes a moment to arrive. */
async function chooseBehavior(workbench: Workbench, title: string): Promise<void> {
  // A webview that gets its focus back late would close the list.
  await workbench.page.locator('.view-line').first().click();
  await workbench.run('VoIP Push: Choose Virtual App Behavior');
  await workbench.pick(title);
  await timeline(workbench).getByRole('button', { name: title }).first().waitFor();
}

/** Waits until the details show this verdict with these words. */
async function details(workbench: Workbench, title: string, words: string): Promise<Locator> {
  const pane = timeline(workbench).getByRole('region', { name: 'Delivery details' });
  await pane.getByRole('heading', { name: title, exact: true }).waitFor({ timeout: 30_000 });
  await pane.getByText(words).first().waitFor();
  return pane;
}

async function everyTheme(workbench: Workbench, name: string): Promise<void> {
  for (const [theme, word] of [
    ['Default Light Modern', 'light'],
    ['Default High Contrast', 'high-contrast'],
    ['Default Dark Modern', 'dark'],
  ] as const) {
    await workbench.setTheme(theme);
    await workbench.screenshot(`${name}-${word}`);
  }
}

/** The timeline alone, with all it has to show; it becomes the README's picture when VOIP_PUSH_README_PICTURE is set. */
async function takeReadmePicture(workbench: Workbench): Promise<void> {
  await workbench.run('VoIP Push: Open Timeline');
  await workbench.run('View: Close Editors in Other Groups');
  await workbench.run('View: Toggle Primary Side Bar Visibility');
  await workbench.run('Notifications: Clear All Notifications');
  await timeline(workbench)
    .getByRole('option', { name: /Killed/ })
    .nth(2)
    .click();
  const picture = await workbench.screenshot('timeline');
  if (process.env['VOIP_PUSH_README_PICTURE']) copyFileSync(picture, join(ROOT, 'media', 'timeline.png'));
}
