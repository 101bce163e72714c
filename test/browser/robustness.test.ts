import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { withWorkbench } from '../host/openWorkbench';
import { ROOT } from '../host/paths';
import type { Workbench } from '../host/workbench';

// What goes wrong for real people, under clicks and keys, in a real VS Code.

const DEMO = join(ROOT, 'demo');
const IN_TIME = { 'voipPush.virtual.timeScale': 20, 'voipPush.virtual.behavior': 'reports-in-time' };
const SCRIPT_NAME = '</script><img src=x onerror=alert(1)>';

describe('robustness', { timeout: 300_000 }, () => {
  it('keeps the timeline over a reload of the window, and sends on', async () => {
    await withWorkbench({ folder: DEMO, settings: IN_TIME, name: 'reload' }, async (workbench) => {
      await workbench.openFile('incoming-call.voip.json');
      await sendWithKeys(workbench);
      await row(workbench, /Reported/).waitFor();
      await workbench.reload();
      await row(workbench, /Reported/).waitFor({ timeout: 60_000 });
      await workbench.run('VoIP Push: Send Again');
      await timeline(workbench)
        .getByRole('option', { name: /Reported/ })
        .nth(1)
        .waitFor();
      assert.deepEqual(workbench.pageErrors, []);
    });
  });

  it('opens payloads beside the timeline, and shows what was sent last', async () => {
    await withWorkbench({ folder: DEMO, settings: IN_TIME, name: 'beside' }, async (workbench) => {
      const selected = timeline(workbench).getByRole('option', { selected: true });
      const timelineTab = workbench.page.locator('.tab.active', { hasText: 'VoIP Push Timeline' });
      await workbench.openFile('incoming-call.voip.json');
      await sendWithKeys(workbench);
      await row(workbench, /Reported/).click();

      await workbench.openFile('missing-call-id.voip.json');
      await timelineTab.waitFor();
      assert.equal(await workbench.page.locator('.editor-group-container').count(), 2);
      await workbench.run('VoIP Push: Send Payload');
      await timeline(workbench).getByRole('option').nth(1).waitFor();
      // Selected by hand before: what is sent is shown all the same.
      await selected.and(timeline(workbench).locator('[aria-posinset="1"]')).waitFor();

      await workbench.openFile('too-large.voip.json');
      await workbench.run('VoIP Push: Send Payload');
      await dialogButton(workbench, 'Send Anyway').click();
      await timelineTab.waitFor();
      await row(workbench, /Rejected/).waitFor();
      await timeline(workbench).getByRole('option').last().click();
      await workbench
        .notification(/413 PayloadTooLarge/)
        .getByRole('button', { name: 'Show Delivery' })
        .click();
      await selected.and(row(workbench, /Rejected/)).waitFor();
      await workbench.screenshot('beside');
    });
  });

  it('sends and starts nothing in restricted mode, and says why', async () => {
    const options = { folder: DEMO, trust: 'restricted', settings: IN_TIME, name: 'restricted' } as const;
    await withWorkbench(options, async (workbench) => {
      await workbench.openFile('missing-call-id.voip.json');
      await workbench.codeLens('1 finding').waitFor();
      await workbench.run('VoIP Push: Send Payload');
      await workbench.notification(/restricted mode/i).waitFor();
      await workbench.run('View: Show VoIP Push');
      await workbench.treeItem('sending is off in restricted mode').waitFor();
      await workbench.page.getByRole('button', { name: 'Manage Workspace Trust' }).first().waitFor();
      assert.equal(
        await workbench.page.locator('.welcome-view').getByRole('button', { name: 'Send Payload' }).count(),
        0,
      );
      await workbench.screenshot('restricted-mode');
      await workbench.run('VoIP Push: Open Timeline');
      await timeline(workbench).getByRole('button', { name: 'Send', exact: true }).first().waitFor();
      assert.equal(await timeline(workbench).getByRole('option').count(), 0);
    });
  });

  it('shows what a payload says as text, and what APNs refuses as refused', async () => {
    const files = {
      'script.voip.json': JSON.stringify({ uuid: '7c9e6679-7425-40de-944b-e07fc1f90ae7', callerName: SCRIPT_NAME }),
      'empty.voip.json': '',
    };
    await withWorkbench({ folder: DEMO, files, settings: IN_TIME, name: 'bad-input' }, async (workbench) => {
      await workbench.openFile('script.voip.json');
      await workbench.run('VoIP Push: Send Payload');
      await row(workbench, /Reported/).click();
      const details = timeline(workbench).getByRole('region', { name: 'Delivery details' });
      await details.getByText('Payload sent').click();
      await details.getByText(SCRIPT_NAME).waitFor();
      assert.equal(await timeline(workbench).locator('img').count(), 0);

      await workbench.openFile('too-large.voip.json');
      await workbench.run('VoIP Push: Send Payload');
      await dialogButton(workbench, 'Send Anyway').click();
      await row(workbench, /Rejected/).click();
      await details.getByText('413 PayloadTooLarge').first().waitFor();
      await workbench.screenshot('rejected-too-large');

      await workbench.openFile('empty.voip.json').catch(() => {});
      await workbench.run('VoIP Push: Send Payload');
      await dialogButton(workbench, 'Cancel').click();
      await workbench.run('VoIP Push: Open Timeline');
      await row(workbench, /Rejected/).waitFor();
      assert.equal(await timeline(workbench).getByRole('option').count(), 2, 'nothing was sent');
      assert.deepEqual(workbench.pageErrors, []);
    });
  });

  it('clears the timeline, and undoes it', async () => {
    await withWorkbench({ folder: DEMO, settings: IN_TIME, name: 'clear' }, async (workbench) => {
      await workbench.openFile('incoming-call.voip.json');
      await workbench.run('VoIP Push: Send Payload');
      await row(workbench, /Reported/).waitFor();
      await workbench.run('VoIP Push: Clear Timeline');
      await row(workbench, /Reported/).waitFor({ state: 'hidden' });
      await workbench
        .notification(/cleared/i)
        .getByRole('button', { name: 'Undo' })
        .click();
      await row(workbench, /Reported/).waitFor();
    });
  });
});

/** The keys work in an editor that the extension has had a look at: then its row is above the first line. */
async function sendWithKeys(workbench: Workbench): Promise<void> {
  await workbench.codeLens('Send to Virtual iPhone').waitFor();
  await workbench.editor().locator('.view-line').first().click();
  await workbench.page.keyboard.press('Control+Alt+Enter');
}

function timeline(workbench: Workbench) {
  return workbench.webview();
}

function row(workbench: Workbench, name: RegExp) {
  return timeline(workbench).getByRole('option', { name }).first();
}

function dialogButton(workbench: Workbench, name: string) {
  return workbench.page.locator('.monaco-dialog-box').getByRole('button', { name });
}
