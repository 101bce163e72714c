import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { withWorkbench } from '../host/openWorkbench';
import { ROOT } from '../host/paths';

it('exports the timeline from its title bar, and opens what it wrote', { timeout: 300_000 }, async () => {
  const settings = { 'voipPush.virtual.timeScale': 50 };
  await withWorkbench({ folder: join(ROOT, 'demo'), settings, name: 'export' }, async (workbench) => {
    const { page, folder } = workbench;
    await workbench.run('VoIP Push: Export Timeline');
    await workbench.notification(/There is nothing to export: the timeline is empty/).waitFor();
    await workbench.screenshot('export-nothing');

    await workbench.openFile('incoming-call.voip.json');
    await workbench.codeLens('Send to Virtual iPhone').click();
    await workbench.statusBarItem(/Virtual iPhone.*1/).waitFor();
    await page.locator('.tab', { hasText: 'VoIP Push Timeline' }).click();
    await page.locator('.editor-actions').getByRole('button', { name: 'Export Timeline' }).click();
    await page.locator('.quick-input-widget').getByText('Markdown', { exact: true }).waitFor();
    await workbench.screenshot('export-formats');
    await workbench.pick('Markdown');
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK', exact: true }).click();

    await workbench.notification(/1 delivery: 1 flagged, 0 inconclusive: exported to voip-push-.*\.md/).waitFor();
    const [file = ''] = readdirSync(folder).filter((name) => name.startsWith('voip-push-'));
    assert.ok(existsSync(join(folder, file)));
    assert.match(readFileSync(join(folder, file), 'utf8'), /^## VoIP push deliveries\n\n1 delivery: 1 flagged/);
    await page.locator('.notification-toast').getByRole('button', { name: 'Open', exact: true }).click();
    await page.locator('.tab.active', { hasText: file }).waitFor();
    await workbench.screenshot('export-opened');
    assert.deepEqual(workbench.pageErrors, []);
  });
});
