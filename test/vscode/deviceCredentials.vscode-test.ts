import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/ui/extensionApi';
import { type AcceptedPush, type LocalApns, startLocalApns } from '../../src/virtual/localApns/localApns';
import { type LoopbackApns, startLoopbackApns } from '../adapters/apns/loopbackApns';
import { makeCertificates } from '../adapters/apns/loopbackCertificates';
import { type LoopbackProxy, startLoopbackProxy } from '../adapters/apns/loopbackProxy';
import { encryptedKey, makePkcs12, makePushCertificate, PASSPHRASE } from '../adapters/credentials/madeCredentials';
import { answerSteps, chooseInDialog, pickItems, type StepAnswer } from './answers';
import { activated, answerMessages, closeEditors, forgetDeliveries, goodPayload, writePayload } from './extensionHost';

const BUNDLE_ID = 'com.example.certified';
const TOKEN = `c1b2c3d4${'2'.repeat(48)}5e6f7a8b`;
const YEAR_MS = 365 * 86_400_000;
const DATES = { fromMs: Date.now() - YEAR_MS, toMs: Date.now() + YEAR_MS };

describe('credentials and ways to APNs', function () {
  this.timeout(60_000);
  let api: ExtensionApi;
  let payload: vscode.Uri;
  let folder: string;
  const authority = makePushCertificate({ commonName: 'Authority', isAuthority: true, ...DATES });
  const certificate = makePushCertificate({ authority, topics: [`${BUNDLE_ID}.voip`], ...DATES });

  before(async () => {
    api = await activated();
    folder = mkdtempSync(join(tmpdir(), 'voip-push-credentials-'));
    payload = await writePayload('credentials.voip.json', goodPayload());
  });

  after(async () => {
    await vscode.commands.executeCommand('voipPush.chooseTarget', 'virtual-iphone');
    await vscode.workspace
      .getConfiguration()
      .update('voipPush.targets', undefined, vscode.ConfigurationTarget.Workspace);
    await forgetDeliveries();
    rmSync(folder, { recursive: true, force: true });
    await closeEditors();
  });

  async function addCredentials(file: string, ...answers: readonly StepAnswer[]): Promise<void> {
    const dialog = chooseInDialog(vscode.Uri.file(file));
    const steps = answerSteps(...answers);
    await vscode.commands.executeCommand('voipPush.addCredentials');
    steps.restore();
    dialog.restore();
  }

  async function addTarget(name: string, credentials: string, origin: string, ca: string): Promise<void> {
    const steps = answerSteps(
      { type: BUNDLE_ID },
      { type: TOKEN },
      { pick: 'Sandbox' },
      { pick: credentials },
      { type: origin },
      { type: ca },
      { type: name },
      { pick: 'This workspace' },
    );
    await vscode.commands.executeCommand('voipPush.addDeviceTarget');
    steps.restore();
  }

  async function send() {
    const errors = answerMessages('showErrorMessage', undefined);
    await vscode.commands.executeCommand('voipPush.sendPayload', payload);
    errors.restore();
    const last = api.timeline().deliveries.findLast(({ delivery }) => delivery.sent !== undefined);
    return { answer: last?.delivery.answer, id: last?.delivery.id, errors: errors.messages };
  }

  describe('a client certificate', () => {
    let apns: LocalApns;
    const arrived: AcceptedPush[] = [];

    before(async () => {
      apns = await startLocalApns({
        folder: join(folder, 'apns'),
        bundleIds: [BUNDLE_ID],
        clientCa: authority.certificate,
        tokenState: () => ({ kind: 'active', bundleId: BUNDLE_ID }),
        onAccepted: (push) => arrived.push(push),
      });
    });
    after(() => apns.close());

    const files: readonly (readonly [name: string, content: () => string | Buffer, asks: boolean])[] = [
      ['cert.pem', () => `${certificate.certificate}${certificate.key}`, false],
      ['cert-protected.pem', () => `${encryptedKey(certificate.key)}${certificate.certificate}`, true],
      ['cert.p12', () => makePkcs12(certificate), true],
    ];
    for (const [name, content, asks] of files) {
      it(`in ${name} is stored, and sends`, async () => {
        const file = join(folder, name);
        writeFileSync(file, content());
        await addCredentials(file, ...(asks ? [{ type: PASSPHRASE }] : []), { type: name });
        await addTarget(`With ${name}`, name, apns.origin, apns.caPath);
        const count = arrived.length;
        const { answer, errors, id } = await send();
        assert.deepEqual(errors, []);
        assert.equal(answer?.kind, 'push.accepted', JSON.stringify(answer));
        assert.equal(arrived.length, count + 1);

        const picked = pickItems('With placeholders');
        await vscode.commands.executeCommand('voipPush.copyAsCurl', id);
        picked.restore();
        assert.match(await vscode.env.clipboard.readText(), /--cert "\$APNS_CERTIFICATE" --key "\$APNS_KEY"/);
      });
    }
  });

  describe('VS Code’s proxy', () => {
    let apns: LoopbackApns;
    let proxy: LoopbackProxy;
    let origin: string;

    before(async () => {
      apns = await startLoopbackApns({ certificates: makeCertificates(['apns.voip-push.test']) });
      proxy = await startLoopbackProxy();
      origin = apns.origin.replace('127.0.0.1', 'apns.voip-push.test');
      const ca = join(folder, 'proxied-ca.pem');
      writeFileSync(ca, apns.ca);
      await addTarget('Behind a proxy', 'cert.pem', origin, ca);
    });

    afterEach(async () => {
      for (const name of ['proxy', 'noProxy', 'proxySupport']) await change(name, undefined);
    });

    after(async () => {
      await proxy.close();
      await apns.close();
    });

    const change = (name: string, value: unknown) =>
      vscode.workspace.getConfiguration('http').update(name, value, vscode.ConfigurationTarget.Global);

    it('is the way to APNs', async () => {
      await change('proxy', proxy.url);
      const { answer, errors } = await send();
      assert.deepEqual(errors, []);
      assert.equal(answer?.kind, 'push.accepted', JSON.stringify(answer));
      assert.deepEqual(
        proxy.asked.map(({ url }) => url),
        [new URL(origin).host],
      );
      assert.equal(apns.requests.length, 1);
    });

    for (const [title, settings] of [
      ['noProxy', { noProxy: ['voip-push.test'] }],
      ['proxySupport off', { proxySupport: 'off' }],
    ] as const) {
      it(`is left alone with ${title}: the name is looked up here, and not found`, async () => {
        await change('proxy', proxy.url);
        for (const [name, value] of Object.entries(settings)) await change(name, value);
        const count = proxy.asked.length;
        const { answer, errors } = await send();
        assert.equal(answer?.kind, 'push.failed', JSON.stringify(answer));
        assert.match(String(errors[0]), /apns\.voip-push\.test/);
        assert.equal(proxy.asked.length, count);
      });
    }

    it('that cannot be reached is named', async () => {
      await change('proxy', 'http://127.0.0.1:9');
      const { answer, errors } = await send();
      assert.equal(answer?.kind, 'push.failed');
      assert.match(String(errors[0]), /The proxy 127\.0\.0\.1:9 cannot be reached/);
    });
  });
});
