import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/ui/extensionApi';
import { type AcceptedPush, type LocalApns, startLocalApns } from '../../src/virtual/localApns/localApns';
import { makePkcs12, makePushCertificate, PASSPHRASE } from '../adapters/credentials/madeCredentials';
import { answerSteps, chooseInDialog, distrust, pickItems, typeInBox } from './answers';
import { exportAs } from './exporting';
import {
  activated,
  answerMessages,
  changeSetting,
  closeEditors,
  forgetDeliveries,
  goodPayload,
  workspaceFile,
  writePayload,
} from './extensionHost';

const SANDBOX_TOKEN = `a1b2c3d4${'0'.repeat(48)}5e6f7a8b`;
const PRODUCTION_TOKEN = `b1b2c3d4${'1'.repeat(48)}5e6f7a8b`;
const BUNDLE_ID = 'com.example.device';

describe('sending to a device over APNs', function () {
  this.timeout(60_000);
  let api: ExtensionApi;
  let payload: vscode.Uri;
  let folder: string;
  let sandbox: LocalApns;
  let production: LocalApns;
  let caPath: string;
  const arrived: AcceptedPush[] = [];

  const start = (environment: 'sandbox' | 'production', token: string) =>
    startLocalApns({
      folder,
      bundleIds: [BUNDLE_ID],
      environment,
      tokenState: (deviceToken) =>
        deviceToken === token ? { kind: 'active', bundleId: BUNDLE_ID } : { kind: 'unknown' },
      onAccepted: (push) => arrived.push(push),
    });

  before(async () => {
    api = await activated();
    folder = mkdtempSync(join(tmpdir(), 'voip-push-devices-'));
    sandbox = await start('sandbox', SANDBOX_TOKEN);
    production = await start('production', PRODUCTION_TOKEN);
    caPath = sandbox.caPath;
    payload = await writePayload('device.voip.json', goodPayload());
  });

  after(async () => {
    await vscode.commands.executeCommand('voipPush.chooseTarget', 'virtual-iphone');
    await vscode.workspace
      .getConfiguration()
      .update('voipPush.targets', undefined, vscode.ConfigurationTarget.Workspace);
    await forgetDeliveries();
    await sandbox.close();
    await production.close();
    rmSync(folder, { recursive: true, force: true });
    await closeEditors();
  });

  async function send(uri: vscode.Uri = payload): Promise<void> {
    await vscode.commands.executeCommand('voipPush.sendPayload', uri);
  }

  function savedTargets(): unknown {
    return vscode.workspace.getConfiguration().inspect('voipPush.targets')?.workspaceValue;
  }

  it('stores a key after asking for what its file does not say', async () => {
    const dialog = chooseInDialog(vscode.Uri.file(sandbox.keyPath));
    const steps = answerSteps({ type: 'short' }, { type: sandbox.teamId }, { type: 'Test key' });
    await vscode.commands.executeCommand('voipPush.addCredentials');
    steps.restore();
    dialog.restore();
    assert.match(steps.asked.join('\n'), /Team id.*\nA team id has 10 letters and digits/);
    assert.match(String(steps.asked.at(-1)), new RegExp(`Key ${sandbox.keyId}, team ${sandbox.teamId}`));
  });

  it('stores a certificate with the ciphers of old, asks again after a wrong passphrase, and says what is wrong with it', async () => {
    const file = join(folder, 'VoIP Services.p12');
    const certificate = makePushCertificate({
      environments: ['production'],
      isVoip: true,
      topics: ['com.example.app'],
    });
    writeFileSync(file, makePkcs12(certificate));
    const dialog = chooseInDialog(vscode.Uri.file(file));
    const steps = answerSteps({ type: 'wrong' }, { type: PASSPHRASE }, { type: 'Certificate' });
    await vscode.commands.executeCommand('voipPush.addCredentials');
    steps.restore();
    dialog.restore();
    assert.match(steps.asked.join('\n'), /protected with a passphrase.*\n.*does not open/);

    const picked = pickItems('Certificate', '$(info) The certificate is for production.');
    const said = answerMessages('showInformationMessage', undefined);
    await vscode.commands.executeCommand('voipPush.validateCredentials');
    picked.restore();
    said.restore();
    assert.deepEqual(said.messages, ['The certificate is for production.'], 'what was picked is said in full');
    const rows = picked.offered.map(({ label }) => label).join('\n');
    assert.match(rows, /\$\(info\) The certificate is for production\./);
  });

  it('adds a target step by step, back and forth, and says what is wrong with an answer', async () => {
    const steps = answerSteps(
      { type: 'nodots' },
      { type: `${BUNDLE_ID}.voip` },
      'back',
      { type: BUNDLE_ID },
      { type: 'abc:def' },
      { type: `<${SANDBOX_TOKEN.toUpperCase()}>` },
      { pick: 'Sandbox' },
      { pick: 'Test key' },
      { type: 'http://127.0.0.1' },
      { type: sandbox.origin },
      { type: caPath },
      { type: 'My iPhone' },
      { pick: 'This workspace' },
    );
    await vscode.commands.executeCommand('voipPush.addDeviceTarget');
    steps.restore();
    assert.match(steps.asked.join('\n'), /A bundle id has dots/);
    assert.match(steps.asked.join('\n'), /Firebase/);
    assert.deepEqual(savedTargets(), [
      {
        name: 'My iPhone',
        bundleId: BUNDLE_ID,
        deviceToken: 'a1b2c3d4',
        environment: 'sandbox',
        credentials: 'Test key',
        origin: sandbox.origin,
        ca: caPath,
      },
    ]);
  });

  it('a flow that is left keeps nothing', async () => {
    const before = savedTargets();
    const steps = answerSteps(
      { type: BUNDLE_ID },
      { type: SANDBOX_TOKEN },
      { pick: 'Sandbox' },
      { pick: 'Test key' },
      { type: '' },
      'back',
    );
    await vscode.commands.executeCommand('voipPush.addDeviceTarget');
    steps.restore();
    assert.match(String(steps.asked.at(-2)), /Name of the target/);
    assert.match(String(steps.asked.at(-1)), /Address of another APNs/, 'what is not asked is not in the way back');
    assert.deepEqual(savedTargets(), before);
  });

  it('a file dialog that is left goes back to its step', async () => {
    const before = savedTargets();
    const dialog = chooseInDialog();
    const steps = answerSteps(
      { type: BUNDLE_ID },
      { type: SANDBOX_TOKEN },
      { pick: 'Sandbox' },
      { pick: 'Add credentials' },
      { pick: 'Test key' },
    );
    await vscode.commands.executeCommand('voipPush.addDeviceTarget');
    steps.restore();
    dialog.restore();
    assert.equal(steps.asked.at(3), steps.asked.at(4));
    assert.match(String(steps.asked.at(5)), /Address of another APNs/);
    assert.deepEqual(savedTargets(), before);
  });

  it('sends there, exactly the bytes of the editor', async () => {
    await send();
    const { delivery } = lastSent(api);
    assert.equal(delivery.answer?.kind, 'push.accepted', JSON.stringify(delivery.answer));
    assert.equal(delivery.sent?.target, 'My iPhone');
    assert.equal(delivery.sent?.environment, 'sandbox');
    assert.equal(delivery.sent?.deviceToken, 'a1b2c3d4…');
    assert.equal(arrived.at(-1)?.deviceToken, SANDBOX_TOKEN);
    assert.ok(delivery.answer?.apnsUniqueId);

    const said = answerMessages('showInformationMessage', undefined);
    await vscode.commands.executeCommand('voipPush.copyApnsUniqueId', delivery.id);
    said.restore();
    assert.equal(await vscode.env.clipboard.readText(), delivery.answer.apnsUniqueId);
    assert.equal(delivery.sent?.origin, sandbox.origin);
    assert.deepEqual(said.messages, [], 'Apple knows nothing of a push to another APNs');
  });

  it('never sends the key that only simctl reads to APNs', async () => {
    const named = await writePayload('named.voip.json', `{"aps":{},"Simulator Target Bundle":"${BUNDLE_ID}","a":1}`);
    const count = arrived.length;
    const declined = answerMessages('showWarningMessage', undefined);
    await send(named);
    declined.restore();
    assert.equal(arrived.length, count);
    const agreed = answerMessages('showWarningMessage', 'Send Without It');
    await send(named);
    agreed.restore();
    assert.equal(lastSent(api).delivery.sent?.payload, '{"aps":{},"a":1}');
    assert.equal(arrived.length, count + 1);
    await vscode.workspace.fs.delete(named);
  });

  it('copies curl with placeholders, and with a token only when it is asked for', async () => {
    const { delivery } = lastSent(api);
    const placeholders = pickItems('With placeholders');
    await vscode.commands.executeCommand('voipPush.copyAsCurl', delivery.id);
    placeholders.restore();
    const harmless = await vscode.env.clipboard.readText();
    assert.match(harmless, /\$APNS_TOKEN/);
    assert.ok(!harmless.includes(SANDBOX_TOKEN) && !harmless.includes('eyJ'));
    assert.ok(harmless.includes(sandbox.origin));

    const fresh = pickItems('With a fresh token');
    await vscode.commands.executeCommand('voipPush.copyAsCurl', delivery.id);
    fresh.restore();
    const secret = await vscode.env.clipboard.readText();
    assert.ok(secret.includes(SANDBOX_TOKEN) && secret.includes('bearer eyJ'));
    await vscode.env.clipboard.writeText('');
  });

  it('validates the key without sending', async () => {
    const count = arrived.length;
    const picked = pickItems('Test key');
    await vscode.commands.executeCommand('voipPush.validateCredentials');
    picked.restore();
    const rows = picked.offered.map(({ label }) => label).join('\n');
    assert.match(rows, /For My iPhone \(sandbox\)/);
    assert.match(rows, /\$\(info\) The key is an EC key on the curve P-256/);
    assert.equal(arrived.length, count);
  });

  it('offers the other environment when the token is not known, asks for production, and saves what worked', async () => {
    const edit = answerSteps(
      { type: BUNDLE_ID },
      { type: PRODUCTION_TOKEN },
      { pick: 'Sandbox' },
      { pick: 'Test key' },
      { type: sandbox.origin },
      { type: caPath },
      { type: 'My iPhone' },
      { pick: 'This workspace' },
    );
    await vscode.commands.executeCommand('voipPush.editTarget', 'device:My iPhone');
    edit.restore();

    const failure = answerMessages('showErrorMessage', 'Try Production');
    const origin = typeInBox(production.origin);
    const asked = answerMessages('showWarningMessage', 'Send to Production');
    const saved = answerMessages('showInformationMessage', 'Save');
    await send();
    const end = Date.now() + 20_000;
    while (saved.messages.length === 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    for (const part of [failure, asked, saved]) part.restore();
    origin.restore();
    assert.match(String(failure.messages[0]), /My iPhone \(sandbox\) rejected the push: 400 BadDeviceToken/);
    assert.deepEqual(asked.messages, ['Send to My iPhone in production?']);
    assert.match(String(saved.messages[0]), /took the push in production/);
    assert.equal(arrived.at(-1)?.deviceToken, PRODUCTION_TOKEN);
    await waitUntil(() => JSON.stringify(savedTargets()).includes('"environment":"production"'));

    const again = answerMessages('showWarningMessage', undefined);
    await send();
    again.restore();
    assert.deepEqual(again.messages, [], 'asked once');
    assert.equal(lastSent(api).delivery.sent?.environment, 'production');
    assert.equal(lastSent(api).delivery.answer?.kind, 'push.accepted');
  });

  it('leaves no secret in anything that was written', async () => {
    const root = dirname(workspaceFile('').fsPath.replace(/\/$/, ''));
    const lastSendId = String(lastSent(api).delivery.sent?.sendId);
    await waitUntil(() => readFileSync(api.recordingPath() ?? '/dev/null', 'utf8').includes(lastSendId));
    assert.ok(filesIn(root).includes(api.recordingPath() ?? ''), 'the recording is among what is looked at');
    for (const format of ['HTML', 'Markdown', 'JSON']) {
      const { text } = await exportAs(format, `exported.${format}`);
      assert.ok(text.includes(BUNDLE_ID), format);
    }
    await vscode.commands.executeCommand('voipPush.copyAsMermaid', lastSent(api).delivery.id);
    const diagram = await vscode.env.clipboard.readText();
    assert.ok(diagram.includes(BUNDLE_ID));
    await writePayload('exported.mmd', diagram);
    await writePayload('saved.voiprec', readFileSync(api.recordingPath() ?? '/dev/null'));
    const { text: page } = await exportAs('HTML', 'exported.HTML');
    assert.ok(page.includes(`${PRODUCTION_TOKEN.slice(0, 8)}…`), 'the token is in it, shortened');
    const key = readFileSync(sandbox.keyPath, 'utf8').split('\n')[1] ?? '';
    assert.ok(key.length > 40);
    const found = filesIn(root).filter((file) => {
      const text = readFileSync(file, 'latin1');
      return [SANDBOX_TOKEN, PRODUCTION_TOKEN, key, PASSPHRASE, 'bearer eyJ'].some((secret) => text.includes(secret));
    });
    assert.deepEqual(found, []);
  });

  it('says what is missing when credentials or token are gone, and how to get them', async () => {
    const remove = pickItems('Test key');
    const agree = answerMessages('showWarningMessage', 'Remove');
    await vscode.commands.executeCommand('voipPush.removeCredentials');
    remove.restore();
    agree.restore();
    const failure = answerMessages('showErrorMessage', undefined);
    await send();
    failure.restore();
    assert.match(String(failure.messages[0]), /credentials "Test key" of My iPhone are not stored/);
  });

  it('copies curl with placeholders all the same, in restricted mode, too', async () => {
    const untrusted = distrust();
    const picked = pickItems('With placeholders');
    const failure = answerMessages('showErrorMessage', undefined);
    await vscode.commands.executeCommand('voipPush.copyAsCurl', lastSent(api).delivery.id);
    for (const part of [untrusted, picked, failure]) part.restore();
    assert.deepEqual(failure.messages, []);
    const curl = await vscode.env.clipboard.readText();
    assert.match(curl, /\$APNS_TOKEN/);
    assert.ok(curl.includes(production.origin), curl);
  });

  it('removes a target, and Send goes to the virtual iPhone again', async () => {
    const agree = answerMessages('showWarningMessage', 'Remove');
    await vscode.commands.executeCommand('voipPush.removeTarget', 'device:My iPhone');
    agree.restore();
    assert.equal(savedTargets(), undefined);
    await changeSetting('voipPush.virtual.timeScale', 50);
    await send();
    assert.equal(lastSent(api).delivery.sent?.target, 'Virtual iPhone');
    // Its lines must not come into the timeline of another test.
    await api.whenIdle();
    await changeSetting('voipPush.virtual.timeScale', undefined);
  });
});

function lastSent(api: ExtensionApi) {
  const last = api.timeline().deliveries.findLast(({ delivery }) => delivery.sent !== undefined);
  assert.ok(last, 'something was sent');
  return last;
}

async function waitUntil(look: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!look()) {
    assert.ok(Date.now() < end, 'waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}
