import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../host/paths';
import { DELIVERIES, detailOf } from '../webview/deliveries';
import {
  ALL,
  answerDetail,
  details,
  lastPosted,
  list,
  press,
  STATE,
  selected,
  selectedVerdict,
  showAll,
  timelineTest,
  titles,
} from './timelineDriver';

const { killed, inconclusive } = DELIVERIES;

test('the bundle stays within its budget', () => {
  const bytes = statSync(join(ROOT, 'dist', 'timeline.js')).size;
  assert.ok(bytes < 220_000, `${bytes} bytes`);
});

timelineTest('a new timeline says what to do first, and its buttons do it', async (timeline) => {
  await showAll(timeline, []);
  await timeline.page.getByText('No deliveries yet').waitFor();
  await timeline.page.locator('.empty vscode-button', { hasText: 'Compose' }).click();
  assert.deepEqual((await timeline.posted()).at(-1), { type: 'command', command: 'compose' });
});

timelineTest('flagged rows say so in words, color and icon', async (timeline) => {
  await showAll(timeline);
  const row = timeline.page.getByRole('option', { name: /^Flagged: Killed, com\.example\.app/ });
  assert.equal(await row.locator('.pillError').textContent(), 'Flagged');
  assert.equal(await row.locator('.rowIcon svg').count(), 1);
  const background = (element: Element): string => getComputedStyle(element).backgroundColor;
  const calm = timeline.page.getByRole('option', { name: /^Reported, / });
  assert.notEqual(await row.evaluate(background), await calm.evaluate(background));
  assert.equal(await timeline.page.getByText('6 flagged').count(), 1);
});

timelineTest('a click selects, the detail shows why, what next, the ladder and the evidence', async (timeline) => {
  await showAll(timeline);
  await timeline.page.getByRole('option', { name: /^Inconclusive/ }).click();
  assert.equal((await lastPosted(timeline, 'requestDetail')).deliveryId, inconclusive.id);
  assert.match((await details(timeline).textContent()) ?? '', /Loading/);
  await answerDetail(timeline);
  const text = (await details(timeline).textContent()) ?? '';
  for (const part of [inconclusive.headline, 'Next steps', 'Log not watched for 5.9 s', '200 accepted', 'Sources']) {
    assert.ok(text.includes(part), part);
  }
  await timeline.page.locator('summary', { hasText: 'Evidence' }).click();
  await timeline.page.locator('.evidenceHead', { hasText: 'Handler ran' }).click();
  await timeline.page.getByText(/callservicesd\[101\] Handler ran <private>/).waitFor();
});

timelineTest('the missing report is a rung of the ladder', async (timeline) => {
  await showAll(timeline);
  await answerDetail(timeline);
  const rung = timeline.page.locator('.rung-no-report');
  assert.match((await rung.textContent()) ?? '', /7\.12 s.*No report by the deadline/);
  assert.equal(await rung.locator('.absent-missing').count(), 1);
});

timelineTest('copy, open and links ask the extension', async (timeline) => {
  await showAll(timeline);
  await answerDetail(timeline);
  await timeline.page.locator('summary', { hasText: 'Payload sent' }).click();
  await timeline.page.locator('vscode-button', { hasText: 'Copy payload' }).click();
  assert.deepEqual(await lastPosted(timeline, 'copy'), {
    type: 'copy',
    text: detailOf(killed).payload?.text,
    what: 'payload',
  });
  await timeline.page.locator('vscode-button', { hasText: 'Open' }).click();
  assert.deepEqual(await lastPosted(timeline, 'openPayload'), { type: 'openPayload', deliveryId: killed.id });
  await timeline.page.getByRole('button', { name: 'Copy apns-unique-id' }).click();
  assert.equal((await lastPosted(timeline, 'copy')).what, 'apns-unique-id');
  await timeline.page.getByRole('link', { name: 'Apple DTS on the two checks' }).click();
  assert.deepEqual(await lastPosted(timeline, 'openLink'), {
    type: 'openLink',
    url: 'https://developer.apple.com/forums/thread/817976',
  });
});

timelineTest('keys move, page, find flagged, focus and copy', async (timeline) => {
  await timeline.page.setViewportSize({ width: 1280, height: 420 });
  await showAll(timeline);
  await list(timeline).focus();
  const steps: readonly (readonly [key: string, verdict: string])[] = [
    ['ArrowDown', 'Missing report'],
    ['End', 'Not required'],
    ['ArrowDown', 'Not required'],
    ['f', 'Killed'],
    ['Shift+F', 'Not sent'],
    ['p', 'Rejected'],
    ['n', 'Not sent'],
    ['Home', 'Killed'],
    ['PageDown', 'Not sent'],
    ['PageUp', 'Killed'],
  ];
  for (const [key, verdict] of steps) {
    await press(timeline, key);
    assert.equal(await selectedVerdict(timeline), verdict, key);
    const active = await list(timeline).getAttribute('aria-activedescendant');
    assert.equal(await selected(timeline).getAttribute('id'), active, key);
    const shown = await selected(timeline).boundingBox();
    const viewport = await list(timeline).boundingBox();
    assert.ok(
      shown && viewport && shown.y >= viewport.y - 1 && shown.y + shown.height <= viewport.y + viewport.height + 1,
      key,
    );
  }
  await press(timeline, 'Control+c');
  assert.match((await lastPosted(timeline, 'copy')).text, /^Killed: iOS ended the app/);
  const focused = (): Promise<string | undefined> => timeline.page.evaluate(() => document.activeElement?.className);
  await press(timeline, 'Enter');
  assert.equal(await focused(), 'details');
  await press(timeline, 'Escape');
  assert.equal(await focused(), 'listbox');
  await press(timeline, '/');
  assert.equal(await timeline.page.evaluate(() => document.activeElement?.tagName), 'VSCODE-TEXT-FIELD');
  await timeline.page.keyboard.type('f/n');
  assert.equal(await timeline.page.evaluate(() => (document.activeElement as HTMLInputElement).value), 'f/n');
  await press(timeline, 'Escape');
});

timelineTest('order, filter and flags', async (timeline) => {
  const { page } = timeline;
  await showAll(timeline);
  assert.deepEqual((await titles(timeline)).slice(0, 2), ['Killed', 'Missing report']);
  await page.getByRole('combobox', { name: 'Order of deliveries' }).click();
  await page.getByRole('option', { name: 'Oldest first' }).click();
  assert.deepEqual((await titles(timeline)).slice(0, 2), ['Not sent', 'Rejected']);
  await page.getByRole('textbox', { name: 'Filter deliveries' }).fill('apns');
  assert.deepEqual(await titles(timeline), ['Not sent', 'Rejected', 'Undelivered']);
  await page.getByRole('checkbox', { name: 'Flagged only' }).click();
  assert.deepEqual(await titles(timeline), ['Not sent', 'Rejected']);
  assert.equal(await page.getByText('2 of 12 deliveries').count(), 1);
  await page.getByRole('button', { name: 'Next flagged delivery' }).click();
  assert.equal(await selectedVerdict(timeline), 'Not sent');
  await page.getByRole('button', { name: 'Previous flagged delivery' }).click();
  assert.equal(await selectedVerdict(timeline), 'Rejected');
  await page.getByRole('textbox', { name: 'Filter deliveries' }).fill('nothing has this');
  await page.getByText('No delivery matches').waitFor();
  await page.locator('vscode-button', { hasText: 'Show all' }).click();
  assert.equal((await titles(timeline)).length, ALL.length);
});

timelineTest('sending: target and environment beside the button, and why nothing can be sent', async (timeline) => {
  const { page } = timeline;
  const send = page.locator('.groupSend vscode-button', { hasText: 'Send' });
  await showAll(timeline);
  assert.equal(await page.locator('.groupSend vscode-badge').textContent(), 'virtual');
  await send.click();
  assert.deepEqual((await timeline.posted()).at(-1), { type: 'command', command: 'send' });
  await page.locator('.groupSend vscode-button', { hasText: 'Again' }).click();
  assert.deepEqual((await timeline.posted()).at(-1), { type: 'command', command: 'sendAgain', deliveryId: killed.id });
  await page.locator('vscode-button', { hasText: 'Never reports' }).click();
  assert.deepEqual((await timeline.posted()).at(-1), { type: 'command', command: 'chooseBehavior' });
  await page.locator('vscode-button', { hasText: 'Virtual iPhone' }).click();
  assert.deepEqual((await timeline.posted()).at(-1), { type: 'command', command: 'chooseTarget' });
  await page.getByRole('button', { name: 'Clear' }).click();
  assert.deepEqual((await timeline.posted()).at(-1), { type: 'command', command: 'clear' });
  const posted = (await timeline.posted()).length;
  await timeline.send({ type: 'state', state: { ...STATE, cannotSend: 'This workspace is not trusted.' } });
  await page.getByText('Nothing can be sent: This workspace is not trusted.').waitFor();
  await send.click({ force: true });
  assert.equal((await timeline.posted()).length, posted);
});
