import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/ui/extensionApi';
import { type AcceptedPush, startLocalApns } from '../../src/virtual/localApns/localApns';
import { probeLine } from '../cli/cliHarness';
import { deviceRecord, installXcrun, type XcrunStandIn, type XcrunWorld } from '../standIns/xcrun';
import { answerSteps, chooseInDialog, pickItems } from './answers';
import { activated, answerMessages, forgetDeliveries, goodPayload, until, writePayload } from './extensionHost';

const BOOTED = '9F0B7A52-3C1D-4E8A-8B6F-2D4C6E8A0B1C';
const SHUT = '11111111-3C1D-4E8A-8B6F-2D4C6E8A0B1C';

const WORLD: XcrunWorld = {
  devices: {
    devices: {
      'com.apple.CoreSimulator.SimRuntime.iOS-26-4': [
        deviceRecord(SHUT, 'iPhone 16e', 'Shutdown'),
        deviceRecord(BOOTED, 'iPhone 17', 'Booted'),
      ],
    },
  },
  apps: `{
    "com.example.app" =     {
        ApplicationType = User;
        CFBundleDisplayName = Example;
        CFBundleIdentifier = "com.example.app";
    };
}
`,
  log: { lines: [] },
};

describe('sending to a simulator', function () {
  this.timeout(60_000);
  let api: ExtensionApi;
  let payload: vscode.Uri;
  let folder: string;
  let xcrun: XcrunStandIn;
  const path = process.env['PATH'];

  const pushes = () => xcrun.calls().filter(({ args }) => args[1] === 'push');
  const watches = () => xcrun.calls().filter(({ args }) => args[1] === 'spawn');

  before(async () => {
    api = await activated();
    folder = mkdtempSync(join(tmpdir(), 'voip-push-xcrun-'));
    xcrun = installXcrun(folder, WORLD);
    process.env['PATH'] = `${folder}${delimiter}${path}`;
    payload = await writePayload('simulator.voip.json', goodPayload());
  });

  after(async () => {
    await vscode.commands.executeCommand('voipPush.chooseTarget', 'virtual-iphone');
    await until(() => !isAlive(watches().at(-1)?.pid) || undefined, 'the log to end');
    await forgetDeliveries();
    process.env['PATH'] = path;
    rmSync(folder, { recursive: true, force: true });
  });

  it('says quietly why there are none without Xcode', async () => {
    const errors = answerMessages('showErrorMessage', undefined);
    process.env['PATH'] = '/nowhere';
    await vscode.commands.executeCommand('voipPush.refreshSimulators');
    process.env['PATH'] = `${folder}${delimiter}${path}`;
    errors.restore();
    assert.deepEqual(errors.messages, []);
    assert.match(String(api.targetNotes().join(' ')), /xcrun was not found\. Simulators need a Mac with Xcode/);
  });

  it('offers what helps where there are none', async () => {
    xcrun.change({ ...WORLD, devices: { devices: {} } });
    await vscode.commands.executeCommand('voipPush.refreshSimulators');
    xcrun.change(WORLD);
    const target = pickItems('Refresh Simulators', 'iPhone 17');
    await vscode.commands.executeCommand('voipPush.chooseTarget');
    target.restore();
    const rows = target.offered.map(({ label, description }) => `${label}: ${description}`);
    assert.ok(rows.includes('Refresh Simulators: No simulators. Xcode has none.'), rows.join(' | '));
    assert.ok(rows.includes('Add Device Target…: No devices'), rows.join(' | '));
    assert.ok(!rows.some((row) => row.startsWith('No ')), rows.join(' | '));
    assert.equal(target.lists.length, 2, 'the refreshed list is shown');
    await vscode.commands.executeCommand('voipPush.chooseTarget', 'virtual-iphone');
  });

  it('lists them, the booted one first, and sends to the one that is chosen and its app', async () => {
    await vscode.commands.executeCommand('voipPush.refreshSimulators');
    const target = pickItems('iPhone 17');
    await vscode.commands.executeCommand('voipPush.chooseTarget');
    target.restore();
    const labels = target.offered.map(({ label }) => label);
    assert.ok(labels.indexOf('iPhone 17, iOS 26.4') < labels.indexOf('iPhone 16e, iOS 26.4'), labels.join(' | '));
    const shut = target.offered.find(({ label }) => label.startsWith('iPhone 16e'));
    assert.match(String(shut?.detail), /Shut down\. Boot it in Simulator/);

    const app = pickItems('Example');
    const said = answerMessages('showInformationMessage', undefined);
    await vscode.commands.executeCommand('voipPush.sendPayload', payload);
    app.restore();
    said.restore();
    assert.match(String(said.messages[0]), /simctl push delivers a remote notification, not a PushKit push/);
    const [push, ...others] = pushes();
    assert.deepEqual(others, []);
    assert.deepEqual(push?.args.slice(0, 4), ['simctl', 'push', BOOTED, 'com.example.app']);
    assert.equal(push?.payload, Buffer.from(await vscode.workspace.fs.readFile(payload)).toString());
    const { delivery } = lastSent(api);
    assert.equal(delivery.answer?.kind, 'push.accepted');
    assert.equal(delivery.sent?.environment, 'simulator');
    assert.equal(delivery.sent?.deviceToken, undefined);
    assert.equal(watches().length, 1, 'its log is watched');
  });

  it('remembers the app, and adds only what simctl demands', async () => {
    const bare = await writePayload('bare.voip.json', '{"uuid":"8ed32a8a-3f1b-4a7b-9c5e-0123456789ab"}');
    const said = answerMessages('showInformationMessage', undefined);
    await vscode.commands.executeCommand('voipPush.sendPayload', bare);
    said.restore();
    assert.match(String(said.messages[0]), /Added "aps": \{\}/);
    assert.equal(pushes().at(-1)?.payload, '{"aps":{},"uuid":"8ed32a8a-3f1b-4a7b-9c5e-0123456789ab"}');
    assert.equal(lastSent(api).delivery.sent?.payload, pushes().at(-1)?.payload);
    await vscode.workspace.fs.delete(bare);
  });

  it('honors the app that the payload names', async () => {
    const named = await writePayload('named-app.voip.json', '{"aps":{},"Simulator Target Bundle":"com.example.other"}');
    await vscode.commands.executeCommand('voipPush.sendPayload', named);
    assert.equal(pushes().at(-1)?.args[3], 'com.example.other');
    await vscode.workspace.fs.delete(named);
  });

  it('explains every exit code', async () => {
    for (const [exitCode, words] of [
      [22, /exit code 22\..*invalid/],
      [148, /exit code 148\..*no simulator with this UDID/],
      [149, /exit code 149\..*shut down.*Boot it/],
      [211, /exit code 211\..*permission/],
      [77, /exit code 77\)?,? ?.*does not know/],
    ] as const) {
      xcrun.change({ ...WORLD, behaviors: { push: { exitCode, stderr: '' } } });
      const errors = answerMessages('showErrorMessage', undefined);
      await vscode.commands.executeCommand('voipPush.sendPayload', payload);
      errors.restore();
      assert.match(String(errors.messages[0]), words);
      const { answer } = lastSent(api).delivery;
      assert.equal(answer?.kind === 'push.rejected' ? answer.exitCode : answer?.kind, exitCode);
    }
    xcrun.change(WORLD);
  });

  it('offers the PushKit token of its app over sandbox APNs, unverified, and reaches it', async () => {
    // Longer than a device's 64 digits, as simulators have them.
    const token = '80e5c1'.repeat(27);
    const arrived: AcceptedPush[] = [];
    const apns = await startLocalApns({
      folder: join(folder, 'apns'),
      tokenState: (asked) => (asked === token ? { kind: 'active', bundleId: 'com.example.app' } : { kind: 'unknown' }),
      onAccepted: (push) => arrived.push(push),
    });
    const dialog = chooseInDialog(vscode.Uri.file(apns.keyPath));
    const credentials = answerSteps({ type: apns.teamId }, { type: 'Simulator key' });
    await vscode.commands.executeCommand('voipPush.addCredentials');
    credentials.restore();
    dialog.restore();

    const offer = answerMessages('showInformationMessage', 'Add Target');
    const steps = answerSteps(
      'accept',
      'accept',
      'accept',
      { pick: 'Simulator key' },
      { type: apns.origin },
      { type: apns.caPath },
      'accept',
      { pick: 'This workspace' },
    );
    const line = probeLine(0, { e: 'token', environment: 'sandbox', token });
    xcrun.change({ ...WORLD, log: { lines: [line] } });
    const before = watches().at(-1)?.pid;
    if (before !== undefined) process.kill(before, 'SIGKILL');
    const label = 'iPhone 17, iOS 26.4, sandbox APNs, unverified';
    const saved = () => JSON.stringify(vscode.workspace.getConfiguration().get('voipPush.targets'));
    await until(() => saved().includes(label) || undefined, 'the target to be added');
    steps.restore();
    offer.restore();
    xcrun.change(WORLD);
    assert.match(
      String(offer.messages.find((message) => message.includes('PushKit token'))),
      /^The app on iPhone 17, iOS 26\.4 printed its PushKit token 80e5c180…\. Add it as a target over sandbox APNs\? Unverified: /,
    );

    await vscode.commands.executeCommand('voipPush.chooseTarget', `device:${label}`);
    const errors = answerMessages('showErrorMessage', undefined);
    await vscode.commands.executeCommand('voipPush.sendPayload', payload);
    errors.restore();
    assert.deepEqual(errors.messages, []);
    const last = api.timeline().deliveries.findLast(({ delivery }) => delivery.sent !== undefined);
    assert.equal(last?.delivery.sent?.target, label);
    assert.equal(last?.delivery.answer?.kind, 'push.accepted', JSON.stringify(last?.delivery.answer));
    assert.equal(arrived[0]?.deviceToken, token);
    assert.ok(!JSON.stringify(api.events()).includes(token));

    await vscode.workspace
      .getConfiguration()
      .update('voipPush.targets', undefined, vscode.ConfigurationTarget.Workspace);
    await apns.close();
    await vscode.commands.executeCommand('voipPush.chooseTarget', `simulator:${BOOTED}`);
    const said = answerMessages('showInformationMessage', undefined);
    await vscode.commands.executeCommand('voipPush.sendPayload', payload);
    said.restore();
  });

  it('watches while it is chosen, and again when the log dies', async () => {
    const before = watches().at(-1)?.pid;
    assert.ok(before !== undefined && isAlive(before));
    process.kill(before, 'SIGKILL');
    await until(() => watches().at(-1)?.pid !== before || undefined, 'the log to be watched again');
    await vscode.commands.executeCommand('voipPush.chooseTarget', 'virtual-iphone');
    await until(() => !isAlive(watches().at(-1)?.pid) || undefined, 'the log to end');
  });
});

function lastSent(api: ExtensionApi) {
  const last = api.timeline().deliveries.findLast(({ delivery }) => delivery.sent?.transport === 'simctl');
  assert.ok(last, 'something was sent');
  return last;
}

function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
