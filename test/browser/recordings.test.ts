import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import type { VoipEvent } from '../../src/core/events/event';
import { encodeEvent } from '../../src/core/recording/recordingFormat';
import { withWorkbench } from '../host/openWorkbench';
import { ROOT } from '../host/paths';
import type { Workbench } from '../host/workbench';
import { rejectedEvent, sentEvent } from '../ui/events';

// What was recorded, under clicks and keys in a real VS Code: save it, open it by its file, compare it, delete it.

const DEMO = join(ROOT, 'demo');
const FAST = { 'voipPush.virtual.timeScale': 50 };

describe('recordings', { timeout: 300_000 }, () => {
  it('are saved, opened by double click, followed, compared and deleted', async () => {
    const options = { folder: DEMO, settings: FAST, name: 'recordings', deviceScaleFactor: 2 };
    await withWorkbench(options, async (workbench) => {
      const { page } = workbench;
      await workbench.openFile('incoming-call.voip.json');
      await workbench.run('VoIP Push: Send Payload');
      await row(workbench, /Killed/).waitFor();
      await save(workbench, 'before.voiprec');

      await workbench.run('VoIP Push: Clear Timeline');
      await row(workbench, /Killed/).waitFor({ state: 'hidden' });
      workbench.changeSettings({ 'voipPush.virtual.behavior': 'reports-in-time' });
      await workbench.webview().getByRole('button', { name: 'Reports in time' }).first().waitFor();
      await page.locator('.view-line').first().click();
      await workbench.run('VoIP Push: Send Payload');
      await row(workbench, /Reported/).waitFor();
      await save(workbench, 'after.voiprec');
      await workbench.run('View: Close All Editors');
      await workbench.run('Notifications: Clear All Notifications');

      await workbench.run('View: Show Explorer');
      await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'before.voiprec' }).dblclick();
      await page.locator('.tab.active', { hasText: 'before.voiprec' }).waitFor();
      await row(workbench, /Killed/).waitFor();
      const timeline = workbench.webview();
      await timeline.getByText('before.voiprec').waitFor();
      await timeline.getByText(/^Recorded .*Virtual iPhone.*VoIP Push Debugger \d/).waitFor();
      for (const name of ['Send', 'Again', 'Compose', 'Clear'])
        assert.equal(await timeline.getByRole('button', { name }).count(), 0, `${name} is not offered`);
      await pictures(workbench, 'recording');

      // Another window adds to it.
      const path = join(workbench.folder, 'before.voiprec');
      appendFileSync(path, linesOf(sentEvent('added', at(path)), rejectedEvent('added', at(path))));
      await row(workbench, /Rejected/).waitFor();
      await workbench.reload();
      await page.locator('.tab.active', { hasText: 'before.voiprec' }).waitFor();
      await row(workbench, /Rejected/).waitFor();

      await workbench.run('VoIP Push: Compare Two Recordings…');
      await lookElsewhere(workbench);
      await pickFile(workbench, 'before.voiprec');
      await pickFile(workbench, 'after.voiprec');
      await workbench.webview().getByRole('heading', { name: 'Recordings compared' }).waitFor();
      await pictures(workbench, 'recordings-compared');

      await workbench.run('VoIP Push: Open Recording…');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: '1 delivery, 1 flagged' }).waitFor();
      await pictures(workbench, 'recordings-kept');
      await page.keyboard.press('Escape');

      await workbench.run('VoIP Push: Delete Recording…');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: '1 delivery, 1 flagged' }).waitFor();
      await page.locator('.quick-input-list .monaco-checkbox, .quick-input-list input').first().click();
      await lookElsewhere(workbench);
      await workbench.screenshot('recordings-delete');
      await page.locator('.quick-input-action').getByText('OK').click();
      await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Delete' }).click();
      await workbench.statusBarItem('1 recording deleted').waitFor();
      assert.deepEqual(workbench.pageErrors, []);
    });
  });

  it('show what could be read of a newer and of a torn file, also in restricted mode', async () => {
    const header =
      '{"format":"voip-push-recording","version":9,"tool":"7.0.0","targets":["Orbit phone"],"at":1788855094000000}\n';
    const events = linesOf(sentEvent('a'), rejectedEvent('a'));
    const newer = `${header}${events}{"kind":"push.dreamt"}\n{"kind":"push.acc`;
    const files = { 'newer.voiprec': newer, 'empty.voiprec': '', 'diary.voiprec': 'Dear diary' };
    const options = {
      folder: DEMO,
      files,
      trust: 'restricted',
      name: 'recordings-newer',
      deviceScaleFactor: 2,
    } as const;
    await withWorkbench(options, async (workbench) => {
      await open(workbench, 'newer.voiprec');
      await row(workbench, /Rejected/).waitFor();
      const notes = workbench.webview().locator('.notice');
      await notes.getByText(/made by a newer version of VoIP Push Debugger/).waitFor();
      await notes.getByText(/"push.dreamt" is not known/).waitFor();
      await notes.getByText(/the last line was cut off/).waitFor();
      await pictures(workbench, 'recording-newer');
      assert.equal(readFileSync(join(workbench.folder, 'newer.voiprec'), 'utf8'), newer);
      await open(workbench, 'diary.voiprec');
      await workbench
        .webview()
        .getByText(/not a recording/)
        .waitFor();
      await workbench.webview().getByText('No deliveries in this recording').waitFor({ state: 'hidden' });
      await workbench.screenshot('recording-unreadable');
      await open(workbench, 'empty.voiprec');
      await workbench.webview().getByText('No deliveries in this recording').waitFor();
      await workbench.screenshot('recording-empty');
      writeFileSync(join(workbench.folder, 'empty.voiprec'), newer.replace('"version":9', '"version":1'));
      await workbench
        .webview()
        .getByRole('option', { name: /Rejected/ })
        .first()
        .waitFor();
    });
  });
});

function row(workbench: Workbench, name: RegExp) {
  return workbench.webview().getByRole('option', { name }).first();
}

const linesOf = (...events: readonly VoipEvent[]): string => events.map((event) => `${encodeEvent(event)}\n`).join('');

/** A minute after the recording began. */
function at(path: string): number {
  const { at: began }: { readonly at: number } = JSON.parse(readFileSync(path, 'utf8').split('\n')[0] ?? '');
  return began + 60_000_000;
}

/** Saves the timeline under that name in the window's folder. */
async function save(workbench: Workbench, name: string): Promise<void> {
  await workbench.run('VoIP Push: Save Recording…');
  await answerFileDialog(workbench, name);
  await workbench.notification(`Saved ${name}`).waitFor();
}

/** Goes to the webview while a list is open, and waits longer than VS Code does before it closes one that lost the focus. */
async function lookElsewhere(workbench: Workbench): Promise<void> {
  await workbench.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  await workbench
    .webview()
    .locator('body')
    .evaluate(() => window.focus());
  await workbench.page.waitForTimeout(500);
}

async function pickFile(workbench: Workbench, name: string): Promise<void> {
  await workbench.pick('Browse…');
  await answerFileDialog(workbench, name);
}

/** A window on a server asks for files by their path. */
async function answerFileDialog(workbench: Workbench, name: string): Promise<void> {
  const input = workbench.page.locator('.quick-input-widget .quick-input-box input');
  // The dialog takes a moment to come, and then puts paths of its own into the field, more than once.
  await expectValue(input, (value) => value.startsWith('/'));
  const path = join(workbench.folder, name);
  await expectValue(input, async (value) => {
    if (value === path) return true;
    await input.fill(path);
    await workbench.page.waitForTimeout(500);
    return false;
  });
  await workbench.page.keyboard.press('Enter');
}

async function expectValue(input: Locator, isWanted: (value: string) => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await isWanted(await input.inputValue()))) {
    assert.ok(Date.now() < end, 'the field never had what it should');
    await input.page().waitForTimeout(50);
  }
}

async function open(workbench: Workbench, name: string): Promise<void> {
  await workbench.run('View: Show Explorer');
  await workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
  await workbench.page.locator('.tab.active', { hasText: name }).waitFor();
}

async function pictures(workbench: Workbench, name: string): Promise<void> {
  for (const [theme, word] of [
    ['Default Light Modern', 'light'],
    ['Default Dark Modern', 'dark'],
  ] as const) {
    await workbench.setTheme(theme);
    await workbench.screenshot(`${name}-${word}`);
  }
}
