import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Frame, Page } from 'playwright-core';
import { DROP_LIMITS } from '../../src/protocol';
import { fileOf, goodLog, silentLog } from '../cli/cliHarness';
import { withWorkbench } from '../host/openWorkbench';
import { lastPosted, showAll, timelineTest } from './timelineDriver';

interface Dragged {
  readonly files?: readonly { readonly name: string; readonly text: string }[];
  /** By type: `text/uri-list`. */
  readonly data?: Readonly<Record<string, string>>;
}

/** Does what the browser does when somebody drags this over the page, and lets go of it unless `event` is the last. */
async function drag(
  page: Page | Frame,
  { files = [], data = {} }: Dragged,
  ...events: readonly string[]
): Promise<void> {
  await page.evaluate(
    ([given, texts, names]) => {
      const dataTransfer = new DataTransfer();
      for (const { name, text } of given) dataTransfer.items.add(new File([text], name));
      for (const [type, text] of Object.entries(texts)) dataTransfer.setData(type, text);
      for (const name of names) {
        const event = new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
      }
    },
    [files, data, events] as const,
  );
}

const REPORT = { name: 'Example.ips', text: '{"bug_type":"309"}' };

timelineTest('a drag of files shows where to drop them, and leaves no trace when it goes away', async (timeline) => {
  const { page } = timeline;
  await showAll(timeline);
  const hint = page.getByRole('status').filter({ hasText: 'Drop to read logs, crash reports and recordings' });
  await drag(page, { files: [REPORT] }, 'dragenter', 'dragover');
  await hint.waitFor();
  assert.equal(await page.evaluate(() => document.elementFromPoint(200, 200)?.className.includes('dropHint')), false);
  await drag(page, { files: [REPORT] }, 'dragenter', 'dragleave');
  assert.equal(await hint.isVisible(), true, 'it went over a part of the page');
  await drag(page, { files: [REPORT] }, 'dragleave');
  assert.equal(await hint.isVisible(), false);
  await drag(page, { data: { 'text/plain': 'words' } }, 'dragenter');
  assert.equal(await hint.isVisible(), false, 'words are no files');
});

timelineTest('dropped files go to the extension with their texts, or why they have none', async (timeline) => {
  await showAll(timeline);
  const large = { name: 'large.log', text: 'x'.repeat(DROP_LIMITS.bytes + 1) };
  await drag(timeline.page, { files: [REPORT, large] }, 'dragenter', 'drop');
  await timeline.page.waitForFunction(() => 'posted' in window && JSON.stringify(window.posted).includes('"drop"'));
  assert.deepEqual(await lastPosted(timeline, 'drop'), {
    type: 'drop',
    uris: [],
    files: [REPORT, { name: 'large.log', problem: 'too-large' }],
  });
  assert.equal(await timeline.page.locator('.dropHint').isVisible(), false);
});

for (const type of ['application/vnd.code.uri-list', 'text/uri-list']) {
  timelineTest(`addresses of files are left to the extension: ${type}`, async (timeline) => {
    await showAll(timeline);
    const data = { [type]: '# two\r\nfile:///a/Example.ips\r\nfile:///a/device.log\r\n' };
    await drag(timeline.page, { data, files: [REPORT] }, 'dragenter', 'drop');
    await timeline.page.waitForFunction(() => 'posted' in window && JSON.stringify(window.posted).includes('"drop"'));
    const { uris, files } = await lastPosted(timeline, 'drop');
    assert.deepEqual(uris, ['file:///a/Example.ips', 'file:///a/device.log']);
    assert.deepEqual(files, []);
  });
}

describe('files dropped on the timeline in VS Code', { timeout: 180_000 }, () => {
  it('are read into it', () =>
    withWorkbench({ files: { 'device.log': fileOf(goodLog(60_000)) }, name: 'drop' }, async (workbench) => {
      await workbench.run('VoIP Push: Open Timeline');
      const timeline = workbench.webview();
      await timeline.getByText('hold Shift while you drag them').waitFor();
      const frame = await (await timeline.locator('body').elementHandle())?.ownerFrame();
      assert.ok(frame);
      await drag(frame, { files: [{ name: 'silent.log', text: fileOf(silentLog()) }] }, 'dragenter', 'drop');
      await timeline.getByRole('option', { name: /^Flagged: Missing report/ }).waitFor();
      const data = { 'text/uri-list': pathToFileURL(join(workbench.folder, 'device.log')).href };
      await drag(frame, { data }, 'dragenter', 'drop');
      await timeline.getByRole('option', { name: /^Reported, / }).waitFor();
      assert.deepEqual(workbench.pageErrors, []);
    }));
});
