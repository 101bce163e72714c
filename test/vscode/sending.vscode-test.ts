import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VerdictKind } from '../../src/core/verdict/verdict';
import { AppBehavior, type PhoneSystem } from '../../src/core/virtualApp';
import type { ExtensionApi } from '../../src/ui/extensionApi';
import {
  activated,
  answerMessages,
  changeSetting,
  closeEditors,
  goodPayload,
  lastDelivery,
  sendAndWait,
  until,
  writePayload,
} from './extensionHost';

interface Situation {
  readonly behavior: AppBehavior;
  readonly verdict: VerdictKind;
  readonly check?: string;
  readonly system?: PhoneSystem;
  readonly debuggerAttached?: boolean;
}

const SITUATIONS: readonly Situation[] = [
  { behavior: 'reports-in-time', verdict: 'reported' },
  { behavior: 'reports-after-await', verdict: 'reported-late' },
  { behavior: 'reports-after-await', system: 'older', verdict: 'killed', check: 'handler-return' },
  { behavior: 'reports-late', verdict: 'killed', check: 'seven-seconds' },
  { behavior: 'never-reports', verdict: 'killed', check: 'seven-seconds' },
  { behavior: 'returns-early', verdict: 'killed', check: 'handler-return' },
  { behavior: 'reports-existing-call', verdict: 'reported-with-error' },
  { behavior: 'do-not-disturb', verdict: 'reported-with-error' },
  { behavior: 'foreground', verdict: 'not-required' },
  { behavior: 'on-call', verdict: 'not-required' },
  { behavior: 'delivered-late', verdict: 'not-required' },
  { behavior: 'logged-out', verdict: 'killed', check: 'handler-return' },
  { behavior: 'never-reports', debuggerAttached: true, verdict: 'missing-report' },
  { behavior: 'reports-late', debuggerAttached: true, verdict: 'reported-late' },
];

async function behave({ behavior, system, debuggerAttached }: Omit<Situation, 'verdict'>): Promise<void> {
  await changeSetting('voipPush.virtual.behavior', behavior);
  await changeSetting('voipPush.virtual.system', system);
  await changeSetting('voipPush.virtual.debuggerAttached', debuggerAttached);
}

describe('sending to the virtual iPhone', function () {
  this.timeout(60_000);
  let api: ExtensionApi;
  let payload: vscode.Uri;

  beforeEach(async () => {
    payload = await writePayload('send.voip.json', goodPayload());
  });

  before(async () => {
    api = await activated();
    await changeSetting('voipPush.virtual.timeScale', 50);
  });

  after(async () => {
    for (const id of ['behavior', 'system', 'debuggerAttached', 'timeScale'] as const) {
      await changeSetting(`voipPush.virtual.${id}`, undefined);
    }
    await closeEditors();
  });

  it('covers every behavior', () => {
    const covered = new Set(SITUATIONS.map(({ behavior }) => behavior));
    assert.deepEqual([...covered].sort(), Object.values(AppBehavior).sort());
  });

  for (const situation of SITUATIONS) {
    const { behavior, verdict, check, system, debuggerAttached } = situation;
    const words = [behavior, system, debuggerAttached && 'with a debugger'].filter(Boolean).join(', ');
    it(`${words}: ${verdict}`, async () => {
      await behave(situation);
      await vscode.commands.executeCommand('voipPush.reinstallVirtualApp');
      const judged = await sendAndWait(payload);
      assert.equal(judged.verdict.kind, verdict);
      if (judged.verdict.kind === 'killed') assert.equal(judged.verdict.check, check);
      const file = Buffer.from(await vscode.workspace.fs.readFile(payload)).toString();
      assert.equal(judged.delivery.sent?.payload, file);
      assert.equal(judged.delivery.answer?.kind, 'push.accepted');
    });
  }

  it('measures the time to the report', async () => {
    await behave({ behavior: 'reports-in-time' });
    const { verdict } = await sendAndWait(payload);
    assert.ok(
      verdict.kind === 'reported' && verdict.latency > 0 && verdict.latency < 1_000_000,
      JSON.stringify(verdict),
    );
  });

  it('tells a second sending of the same payload from the first', async () => {
    await behave({ behavior: 'never-reports' });
    const first = await sendAndWait(payload);
    await behave({ behavior: 'reports-in-time' });
    await vscode.commands.executeCommand('voipPush.sendAgain', first.delivery.id);
    const second = await lastDelivery(api);
    assert.equal(second.verdict.kind, 'reported');
    assert.ok(second.delivery.reporting, 'the report is part of the delivery that it was made for');
    assert.equal(
      api.timeline().deliveries.find(({ delivery }) => delivery.id === first.delivery.id)?.verdict.kind,
      'killed',
    );
  });

  it('is blocked after repeated violations, until the app is reinstalled', async () => {
    await behave({ behavior: 'logged-out' });
    const kinds: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const uri = await writePayload(`send-${round}.voip.json`, goodPayload());
      kinds.push((await sendAndWait(uri)).verdict.kind);
    }
    assert.equal(kinds.at(-1), 'blocked', kinds.join(' '));
    await vscode.commands.executeCommand('voipPush.reinstallVirtualApp');
    assert.equal((await sendAndWait(payload)).verdict.kind, 'killed');
  });

  it('sends the unsaved text of the editor, and the very same bytes again', async () => {
    await behave({ behavior: 'reports-in-time' });
    const editor = await vscode.window.showTextDocument(payload);
    await editor.edit((edit) => edit.replace(new vscode.Range(4, 17, 4, 31), 'Zoë 📞'));
    const text = editor.document.getText();
    const first = await sendAndWait(payload);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('voipPush.sendAgain', first.delivery.id);
    const again = await lastDelivery(api);
    assert.notEqual(again.delivery.id, first.delivery.id);
    assert.equal(again.delivery.sent?.payload, text);
    assert.equal(again.delivery.sent?.payloadSha256, first.delivery.sent?.payloadSha256);
    await vscode.commands.executeCommand('voipPush.sendAgain');
    assert.equal((await lastDelivery(api)).delivery.sent?.payload, text);
  });

  it('asks before it sends a payload with errors', async () => {
    const bad = await writePayload('bad.voip.json', 'hello');
    const before = api.timeline().deliveries.length;
    const declined = answerMessages('showWarningMessage', undefined);
    await vscode.commands.executeCommand('voipPush.sendPayload', bad);
    declined.restore();
    assert.equal(declined.messages.length, 1);
    assert.equal(api.timeline().deliveries.length, before);

    const accepted = answerMessages('showWarningMessage', 'Send Anyway');
    await vscode.commands.executeCommand('voipPush.sendPayload', bad);
    accepted.restore();
    assert.equal((await lastDelivery(api)).delivery.sent?.payload, 'hello');
    await vscode.workspace.fs.delete(bad);
  });

  it('says why a push was rejected, and what to do', async () => {
    const large = await writePayload('large.voip.json', JSON.stringify({ aps: {}, filler: 'x'.repeat(6000) }));
    const warning = answerMessages('showWarningMessage', 'Send Anyway');
    const failure = answerMessages('showErrorMessage', 'Show Delivery');
    await closeEditors();
    await changeSetting('voipPush.timeline.revealOnSend', false);
    await vscode.commands.executeCommand('voipPush.sendPayload', large);
    warning.restore();
    failure.restore();
    assert.match(String(failure.messages[0]), /413 PayloadTooLarge/);
    await until(() => timelineTab()?.isActive, 'the delivery to be shown');
    await changeSetting('voipPush.timeline.revealOnSend', undefined);
    assert.equal((await lastDelivery(api)).verdict.kind, 'rejected');
    await vscode.workspace.fs.delete(large);
  });

  it('opens the timeline, and leaves the focus in the editor', async () => {
    await closeEditors();
    await vscode.window.showTextDocument(payload);
    await sendAndWait(payload);
    await until(() => timelineTab(), 'the timeline');
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), payload.toString());
  });

  it('clears the timeline, and brings it back', async () => {
    const before = api.timeline().deliveries.map(({ delivery }) => delivery.id);
    assert.ok(before.length > 0);
    const declined = answerMessages('showInformationMessage', undefined);
    await vscode.commands.executeCommand('voipPush.clearTimeline');
    declined.restore();
    assert.deepEqual(api.timeline().deliveries, []);
    const failed = answerMessages('showErrorMessage', undefined);
    await vscode.commands.executeCommand('voipPush.sendAgain');
    failed.restore();
    assert.match(String(failed.messages[0]), /^There is nothing to send again\./);

    await behave({ behavior: 'never-reports' });
    assert.equal((await sendAndWait(payload)).verdict.kind, 'killed');
    const undo = answerMessages('showInformationMessage', 'Undo');
    await vscode.commands.executeCommand('voipPush.clearTimeline');
    undo.restore();
    assert.match(String(undo.messages[0]), /^1 delivery cleared/);
    await until(() => api.timeline().deliveries.length === 1 || undefined, 'the delivery to come back');
    await api.whenIdle();
  });
});

function timelineTab(): vscode.Tab | undefined {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label === 'VoIP Push Timeline');
}
