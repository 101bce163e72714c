import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileOf, silentLog } from '../cli/cliHarness';
import { withWorkbench } from '../host/openWorkbench';
import { installDeviceTools } from '../standIns/deviceTools';

// The logs that are watched, as people see them: in the Targets view and in the status bar.

describe('watched logs', { timeout: 180_000 }, () => {
  it('show their health in the Targets view, and can be stopped there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'voip-push-sources-'));
    const { path } = installDeviceTools(folder, {
      tools: ['idevicesyslog'],
      udids: ['00008110-000A1234567890AB'],
      runs: [{ lines: ['[connected:00008110-000A1234567890AB]', ...silentLog()] }],
    });
    const settings = { 'voipPush.deviceTools.paths': { idevicesyslog: join(path, 'idevicesyslog') } };
    const files = { 'device.ndjson': fileOf(silentLog()) };
    try {
      await withWorkbench({ files, settings, name: 'log-sources', deviceScaleFactor: 2 }, async (workbench) => {
        await workbench.run('VoIP Push: Watch Device Log');
        await workbench.run('View: Show VoIP Push');
        const row = workbench.treeItem('device …90AB');
        await row.filter({ hasText: 'watching · idevicesyslog 1.4.0' }).waitFor();
        await workbench.treeItem('Log sources').waitFor();
        await workbench.statusBarItem(/Virtual iPhone/).hover();
        await workbench.page.getByText('Log device …90AB: watching').waitFor();
        await workbench.screenshot('log-sources');
        await row.hover();
        await row.getByRole('button', { name: 'Stop Watching Log' }).click();
        await workbench.treeItem('Log sources').waitFor({ state: 'hidden' });
        assert.deepEqual(workbench.pageErrors, []);
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
