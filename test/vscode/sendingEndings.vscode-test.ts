import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/ui/extensionApi';
import { type LocalApns, startLocalApns } from '../../src/virtual/localApns/localApns';
import { answerSteps, chooseInDialog, pickItems, replaceInWindow } from './answers';
import {
  activated,
  answerMessages,
  closeEditors,
  forgetDeliveries,
  goodPayload,
  until,
  writePayload,
} from './extensionHost';

const TOKEN = `c1b2c3d4${'2'.repeat(48)}5e6f7a8b`;
const BUNDLE_ID = 'com.example.endings';

// What becomes of a sending that does not end well: the user cancels it, or APNs goes away.
describe('sendings that come to no answer', function () {
  this.timeout(60_000);
  let api: ExtensionApi;
  let payload: vscode.Uri;
  let folder: string;
  let apns: LocalApns;
  let count = 0;

  const startApns = (port?: number) =>
    startLocalApns({
      folder,
      bundleIds: [BUNDLE_ID],
      ...(port !== undefined && { port }),
      tokenState: () => ({ kind: 'active', bundleId: BUNDLE_ID }),
      onAccepted: () => {
        count += 1;
      },
    });

  before(async () => {
    api = await activated();
    folder = mkdtempSync(join(tmpdir(), 'voip-push-endings-'));
    apns = await startApns();
    payload = await writePayload('endings.voip.json', goodPayload());
    await addTarget();
  });

  after(async () => {
    await removeTarget();
    await forgetDeliveries();
    await apns.close();
    rmSync(folder, { recursive: true, force: true });
    await closeEditors();
  });

  async function addTarget(): Promise<void> {
    const dialog = chooseInDialog(vscode.Uri.file(apns.keyPath));
    const key = answerSteps({ type: apns.teamId }, { type: 'Endings key' });
    await vscode.commands.executeCommand('voipPush.addCredentials');
    key.restore();
    dialog.restore();
    const target = answerSteps(
      { type: BUNDLE_ID },
      { type: TOKEN },
      { pick: 'Sandbox' },
      { pick: 'Endings key' },
      { type: apns.origin },
      { type: apns.caPath },
      { type: 'Endings iPhone' },
      { pick: 'This workspace' },
    );
    await vscode.commands.executeCommand('voipPush.addDeviceTarget');
    target.restore();
    await vscode.commands.executeCommand('voipPush.chooseTarget', 'device:Endings iPhone');
  }

  async function removeTarget(): Promise<void> {
    const agree = answerMessages('showWarningMessage', 'Remove');
    const pick = pickItems('Endings key');
    await vscode.commands.executeCommand('voipPush.removeCredentials');
    await vscode.commands.executeCommand('voipPush.removeTarget', 'device:Endings iPhone');
    pick.restore();
    agree.restore();
    await vscode.commands.executeCommand('voipPush.chooseTarget', 'virtual-iphone');
  }

  /** Sends, and gives what the user was told. */
  async function send(): Promise<readonly string[]> {
    const failure = answerMessages('showErrorMessage', undefined);
    await vscode.commands.executeCommand('voipPush.sendPayload', payload);
    failure.restore();
    return failure.messages;
  }

  function lastSent() {
    const last = api.timeline().deliveries.findLast(({ delivery }) => delivery.sent?.target === 'Endings iPhone');
    assert.ok(last, 'something was sent');
    return last;
  }

  async function sendsWell(): Promise<void> {
    const before = count;
    assert.deepEqual(await send(), []);
    assert.equal(lastSent().delivery.answer?.kind, 'push.accepted');
    assert.equal(count, before + 1);
  }

  /** Until the push is on its way. */
  async function isOnItsWay(sent: number): Promise<void> {
    await until(
      () => api.events().filter(({ kind }) => kind === 'push.sent').length > sent || undefined,
      'the push to go out',
    );
  }

  const sentSoFar = (): number => api.events().filter(({ kind }) => kind === 'push.sent').length;

  it('a sending that is canceled half-way is over at once, without a word, and the next one works', async () => {
    await sendsWell();
    apns.setFault({ delayMs: 120_000 });
    const canceled = cancelProgress(/^Sending to Endings iPhone/);
    const messages = await send();
    canceled.restore();
    apns.setFault(undefined);
    assert.equal(canceled.titles.length, 1);
    assert.deepEqual(messages, [], 'who cancels knows it');
    const { verdict, delivery } = lastSent();
    assert.deepEqual([verdict.kind, verdict.severity], ['send-failed', 'info']);
    assert.ok(delivery.answer?.kind === 'push.failed' && delivery.answer.code === 'cancelled');
    await sendsWell();
  });

  it('when APNs goes away under a sending, the user is told, and the next one works when it is back', async () => {
    await sendsWell();
    apns.setFault({ delayMs: 120_000 });
    const before = sentSoFar();
    const sending = send();
    await isOnItsWay(before);
    await apns.close();
    const [message, ...more] = await sending;
    assert.deepEqual(more, []);
    assert.match(String(message), /^The push was not answered: .+/);
    const { verdict, explanation } = lastSent();
    assert.deepEqual([verdict.kind, verdict.severity], ['send-failed', 'error']);
    assert.ok(explanation.nextSteps.length > 0);

    const refused = await send();
    assert.match(String(refused[0]), /^The push was not answered: .*127\.0\.0\.1/);
    assert.equal(lastSent().verdict.kind, 'send-failed');

    apns = await startApns(apns.port);
    await sendsWell();
  });
});

/** Presses Cancel as soon as a progress notification of that title is shown. */
function cancelProgress(title: RegExp): { readonly titles: readonly string[]; restore(): void } {
  const original = vscode.window.withProgress;
  const titles: string[] = [];
  const { restore } = replaceInWindow('withProgress', (options: vscode.ProgressOptions, task: Task) => {
    if (options.title === undefined || !title.test(options.title)) return original(options, task);
    assert.equal(options.cancellable, true);
    titles.push(options.title);
    return original(options, (progress) => {
      const source = new vscode.CancellationTokenSource();
      setTimeout(() => source.cancel(), 10);
      return task(progress, source.token);
    });
  });
  return { titles, restore };
}

type Task = Parameters<typeof vscode.window.withProgress>[1];
