import assert from 'node:assert/strict';
import { createPrivateKey, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { type ClientHttp2Session, connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createSteppedClock, startVirtualTarget, type VirtualTarget } from '../../src/virtual/virtualTarget';
import { bytes, probesOf, readLine } from './phone/phoneRun';

const START = Date.UTC(2026, 8, 8, 8, 11, 34) * 1000;
const CALL = '6b29fc40-ca47-1067-b31d-00dd010662da';

describe('the virtual target', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'virtual-target-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('shows in the log what became of a push that APNs accepted', async () => {
    const lines: string[] = [];
    const clock = createSteppedClock(START);
    const target = await startVirtualTarget({
      folder,
      clock,
      behavior: 'never-reports',
      onLine: (line) => lines.push(line),
    });
    const session = connect(target.apns.origin, { ca: target.apns.ca });
    try {
      assert.deepEqual([target.bundleId, target.topic], ['com.example.app', 'com.example.app.voip']);
      assert.equal(await post(session, target, { payload: { id: CALL, voipPushId: 'push-1' } }), 200);
      await target.phone.idle();
      const seen = lines.slice(1).map(readLine);
      const [received, ...others] = probesOf(seen);
      assert.deepEqual([received?.['push'], received?.['call'], received?.['mustReport']], ['push-1', CALL, true]);
      assert.deepEqual(others, []);
      assert.ok(seen.some(({ message }) => message.startsWith('Killing VoIP app')));
      const arrivedAt = seen.find(({ message }) => message.startsWith('Received incoming APS'))?.at ?? Number.NaN;
      assert.ok(
        arrivedAt - START >= 25_000 && arrivedAt - START <= 60_000,
        'the network takes some tens of milliseconds',
      );

      const old = target.phone.deviceToken;
      target.phone.reinstall();
      assert.equal(await post(session, target, { deviceToken: old }), 410);
      assert.equal(await post(session, target, { deviceToken: 'ab'.repeat(32) }), 400);
      assert.equal(await post(session, target, {}), 200);
      await target.phone.idle();
      assert.equal(probesOf(lines.slice(1).map(readLine)).length, 2);
    } finally {
      session.destroy();
      await target.close();
    }
  });

  it('delivers on a scaled clock, for another app', async () => {
    const lines: string[] = [];
    const target = await startVirtualTarget({
      folder,
      bundleId: 'org.example.phone',
      system: 'older',
      timeScale: 200,
      onLine: (line) => lines.push(line),
    });
    const session = connect(target.apns.origin, { ca: target.apns.ca });
    try {
      assert.equal(await post(session, target, { payload: { id: CALL } }), 200);
      await target.phone.idle();
      const probes = probesOf(lines.slice(1).map(readLine));
      assert.deepEqual(
        probes.map(({ e, app, call }) => [e, app, call]),
        ['received', 'reporting', 'returned', 'reported', 'completed'].map((e) => [e, 'org.example.phone', CALL]),
      );
      assert.equal(probes[0]?.['via'], 'legacy');
    } finally {
      session.destroy();
      await target.close();
    }
  });

  it('loses a push on its way when it is closed or the app is removed', async () => {
    const lines: string[] = [];
    const clock = createSteppedClock(START);
    const target = await startVirtualTarget({ folder, clock, onLine: (line) => lines.push(line) });
    const session = connect(target.apns.origin, { ca: target.apns.ca });
    try {
      assert.equal(await post(session, target, {}), 200);
      target.phone.reinstall();
      clock.advance(10_000_000);
      assert.equal(await post(session, target, {}), 200);
    } finally {
      session.destroy();
      await target.close();
    }
    const before = lines.length;
    await clock.idle();
    assert.equal(lines.length, before);
    assert.deepEqual(probesOf(lines.slice(1).map(readLine)), []);
  });

  it('says why it cannot start', async () => {
    const target = await startVirtualTarget({ folder, onLine: () => undefined });
    try {
      await assert.rejects(
        startVirtualTarget({ folder, port: target.apns.port, onLine: () => undefined }),
        new RegExp(String(target.apns.port)),
      );
    } finally {
      await target.close();
    }
  });
});

interface Posting {
  readonly payload?: unknown;
  readonly deviceToken?: string;
}

/** Sends a VoIP push as any provider would; gives the status. */
function post(
  session: ClientHttp2Session,
  target: VirtualTarget,
  { payload = {}, deviceToken }: Posting,
): Promise<number> {
  const stream = session.request({
    ':method': 'POST',
    ':path': `/3/device/${deviceToken ?? target.phone.deviceToken}`,
    authorization: `bearer ${providerToken(target)}`,
    'apns-topic': target.topic,
    'apns-push-type': 'voip',
    'apns-priority': '10',
    'apns-expiration': '0',
  });
  stream.end(bytes(JSON.stringify(payload)));
  return new Promise((resolve, reject) => {
    let status = 0;
    stream.on('response', (headers) => {
      status = Number(headers[':status']);
    });
    stream.on('error', reject);
    stream.on('close', () => resolve(status));
    stream.resume();
  });
}

const tokens = new Map<string, string>();

/** One token per key, as APNs wants it. */
function providerToken({ apns }: VirtualTarget): string {
  const known = tokens.get(apns.keyId);
  if (known !== undefined) return known;
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const issuedAt = Math.floor(Date.now() / 1000);
  const text = `${part({ alg: 'ES256', kid: apns.keyId })}.${part({ iss: apns.teamId, iat: issuedAt })}`;
  const key = { key: createPrivateKey(apns.key), dsaEncoding: 'ieee-p1363' } as const;
  const token = `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
  tokens.set(apns.keyId, token);
  return token;
}
