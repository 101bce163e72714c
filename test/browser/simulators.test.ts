import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, it } from 'node:test';
import { withWorkbench } from '../host/openWorkbench';
import type { Workbench } from '../host/workbench';
import { deviceRecord, installXcrun } from '../standIns/xcrun';

// Simulators in the Targets view, as people see and hear them.

const WORLD = {
  devices: {
    devices: {
      'com.apple.CoreSimulator.SimRuntime.iOS-26-4': [
        deviceRecord('11111111-3C1D-4E8A-8B6F-2D4C6E8A0B1C', 'iPhone 16e', 'Shutdown'),
        deviceRecord('9F0B7A52-3C1D-4E8A-8B6F-2D4C6E8A0B1C', 'iPhone 17 Pro Max', 'Booted'),
      ],
    },
  },
};

describe('simulators', { timeout: 180_000 }, () => {
  it('say their names and states to screen readers, and by icon in a narrow side bar', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'voip-push-simulators-'));
    installXcrun(folder, WORLD);
    // Else VS Code asks the login shell for a PATH of its own.
    const env = { PATH: `${folder}${delimiter}${process.env['PATH']}`, VSCODE_CLI: '1' };
    try {
      await withWorkbench({ env, name: 'simulators', deviceScaleFactor: 2 }, async (workbench) => {
        await workbench.run('View: Show VoIP Push');
        await narrowSideBar(workbench);
        await heard(workbench, /^iPhone 17 Pro Max, iOS 26\.4/);
        await heard(workbench, /^iPhone 16e, Shut down · iOS 26\.4/);
        await workbench.treeItem('iPhone 17 Pro Max').locator('.codicon-device-mobile').waitFor();
        await workbench.treeItem('iPhone 16e').locator('.codicon-circle-slash').waitFor();
        await workbench.screenshot('simulators-narrow');
        await workbench.run('VoIP Push: Choose Target');
        await workbench.pick('iPhone 16e');
        await heard(workbench, /^iPhone 16e, Send goes here · Shut down · iOS 26\.4/);
        await heard(workbench, /^PushKit, not by simctl/);
        await workbench.treeItem('iPhone 16e').locator('.codicon-warning').waitFor();
        await workbench.screenshot('simulators-narrow-chosen');
        assert.deepEqual(workbench.pageErrors, []);
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** As narrow as VS Code lets it be. */
async function narrowSideBar({ page }: Workbench): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width, box.y + 300);
  await page.mouse.down();
  await page.mouse.move(box.x + 180, box.y + 300, { steps: 5 });
  await page.mouse.up();
}

/** Waits until a screen reader says that of a row. */
async function heard(workbench: Workbench, name: RegExp): Promise<void> {
  await workbench.page.getByRole('treeitem', { name }).first().waitFor();
}
