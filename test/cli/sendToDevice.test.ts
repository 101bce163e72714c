import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { SendReport } from '../../src/cli/sendReport';
import type { CliWorld } from '../../src/cli/world';
import type { DeviceTokenState } from '../../src/virtual/localApns/deviceRules';
import type { AcceptedPush } from '../../src/virtual/localApns/localApns';
import { type LocalApns, startLocalApns } from '../../src/virtual/localApns/localApns';
import { encryptedKey, makePkcs12, makePushCertificate, PASSPHRASE } from '../adapters/credentials/madeCredentials';
import { type CliResult, cli } from './cliHarness';

const TOKEN = 'a1b2c3d4'.repeat(8);
const YEAR_MS = 365 * 86_400_000;
const dates = { fromMs: Date.now() - YEAR_MS, toMs: Date.now() + YEAR_MS };
const PAYLOAD = '{"aps":{},"uuid":"6b0f2f3e-9d0a-4f0b-8d39-0d3f7d3a1c01"}\n';
const ENV = { VOIP_PUSH_PASSPHRASE: PASSPHRASE };

let folder = '';
let sandbox: LocalApns;
let production: LocalApns;
const accepted: AcceptedPush[] = [];
const secrets: string[] = [TOKEN, PASSPHRASE];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'voip-push-send-'));
  const authority = makePushCertificate({ commonName: 'Authority', isAuthority: true, ...dates });
  const start = (environment: 'sandbox' | 'production') =>
    startLocalApns({
      folder: join(folder, 'apns'),
      environment,
      clientCa: authority.certificate,
      // The token belongs to production.
      tokenState: () =>
        environment === 'production' ? { kind: 'active', bundleId: 'com.example.app' } : { kind: 'unknown' },
      onAccepted: (push) => accepted.push(push),
    });
  sandbox = await start('sandbox');
  production = await start('production');
  const made = makePushCertificate({ authority, ...dates });
  const sandboxOnly = makePushCertificate({ authority, environments: ['sandbox'], ...dates });
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'call.json': PAYLOAD,
    'both.json': `{"Simulator Target Bundle":"com.example.app",${PAYLOAD.slice(1)}`,
    'legacy.p12': makePkcs12(made),
    'modern.p12': makePkcs12(made, PASSPHRASE, 'aes256'),
    'damaged.pem': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    'whole.pem': made.certificate + encryptedKey(made.key),
    'certificate.pem': made.certificate,
    'key.pem': made.key,
    'sandbox.p12': makePkcs12(sandboxOnly),
    'passphrase.txt': `${PASSPHRASE}\n`,
    'voip-push.targets.json': JSON.stringify({
      targets: [
        {
          name: 'My iPhone',
          bundleId: 'com.example.app.voip',
          deviceToken: TOKEN,
          environment: 'production',
          credentials: production.keyPath,
          teamId: production.teamId,
          origin: production.origin,
          ca: 'apns/ca.pem',
        },
      ],
    }),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  for (const key of [sandbox.key, made.key, sandboxOnly.key]) secrets.push(...key.split('\n').slice(1, 3));
});

after(async () => {
  await sandbox.close();
  await production.close();
  rmSync(folder, { recursive: true });
});

/** Runs `send` in the folder; fails when a secret shows. */
async function send(args: readonly string[], world: Partial<CliWorld> = {}): Promise<CliResult> {
  const result = await cli(['send', 'call.json', ...args], { cwd: folder, env: ENV, ...world });
  const written = result.stdout + result.stderr;
  for (const secret of secrets) assert.ok(!written.includes(secret), `a secret was printed: ${written}`);
  assert.doesNotMatch(written, /eyJ|PRIVATE KEY/);
  return result;
}

const to = (apns: LocalApns, environment: string) => [
  ...['--token', TOKEN, '--bundle-id', 'com.example.app.voip', '--environment', environment],
  ...['--origin', apns.origin, '--ca', 'apns/ca.pem'],
];
const key = () => ['--key', production.keyPath, '--team-id', production.teamId];
const reportOf = ({ stdout }: CliResult): SendReport => JSON.parse(stdout);

describe('voip-push send --token', () => {
  const CREDENTIALS: Readonly<Record<string, () => readonly string[]>> = {
    'a .p8 key': key,
    'a legacy .p12': () => ['--p12', 'legacy.p12'],
    'a modern .p12 and a passphrase file': () => ['--p12', 'modern.p12', '--passphrase-file', 'passphrase.txt'],
    'a .pem': () => ['--pem', 'whole.pem'],
    'a .pem in two files': () => ['--pem', 'certificate.pem', '--private-key', 'key.pem'],
  };
  for (const [name, args] of Object.entries(CREDENTIALS)) {
    it(`sends the bytes of the file with ${name}`, async () => {
      accepted.length = 0;
      const result = await send([...to(production, 'production'), ...args(), '--format', 'json']);
      assert.equal(result.exitCode, 0, result.stderr);
      const { outcome, environment, topic, deviceToken, apnsId } = reportOf(result);
      assert.deepEqual(
        { outcome, environment, topic, deviceToken },
        { outcome: 'accepted', environment: 'production', topic: 'com.example.app.voip', deviceToken: 'a1b2c3d4…' },
      );
      assert.deepEqual(
        accepted.map((push) => [push.deviceToken, push.apnsId, Buffer.from(push.body).toString()]),
        [[TOKEN, apnsId, PAYLOAD]],
      );
    });
  }

  it('says how to try the other environment on BadDeviceToken', async () => {
    const { exitCode, stdout } = await send([...to(sandbox, 'sandbox'), ...key()]);
    assert.equal(exitCode, 1);
    assert.match(
      stdout,
      /^✖ Rejected 400 BadDeviceToken {2}Device {2}sandbox {2}com\.example\.app\.voip {2}a1b2c3d4… /,
    );
    assert.match(stdout, /2\. To try the other environment, add --environment production\./);
    assert.match(stdout, /apns-unique-id/);
  });

  it('does not send people to Apple for a push that went to another APNs', async () => {
    const isKnown = (): DeviceTokenState => ({ kind: 'active', bundleId: 'com.example.app' });
    const apns = await startLocalApns({
      folder: join(folder, 'apns'),
      environment: 'sandbox',
      tokenState: isKnown,
      onAccepted: () => {},
    });
    try {
      const result = await send([...to(apns, 'sandbox'), ...key(), '--format', 'json']);
      const { outcome, apnsUniqueId, nextSteps, url } = reportOf(result);
      assert.deepEqual([outcome, nextSteps, url], ['accepted', [], null]);
      assert.notEqual(apnsUniqueId, null);
    } finally {
      await apns.close();
    }
  });

  it('takes out the key that only simctl reads, and says so', async () => {
    accepted.length = 0;
    const args = ['send', 'both.json', ...to(production, 'production'), ...key()];
    const { exitCode, stderr } = await cli(args, { cwd: folder, env: {} });
    assert.equal(exitCode, 0, stderr);
    assert.match(stderr, /Left out "Simulator Target Bundle"/);
    assert.deepEqual(
      accepted.map(({ body }) => Buffer.from(body).toString()),
      [PAYLOAD],
    );
  });

  it('fails with the cause when nothing listens', async () => {
    const args = ['--token', TOKEN, '--bundle-id', 'com.example.app', '--origin', 'https://127.0.0.1:1', ...key()];
    const result = await send([...args, '--format', 'json']);
    assert.equal(result.exitCode, 1);
    assert.equal(reportOf(result).outcome, 'failed');
    assert.match(reportOf(result).explanation, /^Nothing accepts connections at 127\.0\.0\.1:1\./);
  });
});

describe('voip-push send --target', () => {
  it('takes everything from the targets file, and asks for production by name', async () => {
    const stopped = await send(['--target', 'My iPhone']);
    assert.equal(stopped.exitCode, 2);
    assert.match(stopped.stderr, /"My iPhone" is a production target\. To send to it, add --environment production\./);
    const { exitCode, stdout, stderr } = await send(['--target', 'My iPhone', '--environment', 'production']);
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /^✔ Accepted {2}My iPhone {2}production {2}com\.example\.app\.voip /);
  });
});

const WRONG: Readonly<
  Record<string, readonly [args: () => readonly string[], message: RegExp, env?: CliWorld['env']]>
> = {
  'no destination': [
    () => [],
    /Say where to send: add one of --virtual, --simulator UDID, --token HEX and --target NAME\./,
  ],
  'two destinations': [() => ['--virtual', '--token', TOKEN], /Say where to send/],
  'two destinations by name': [
    () => ['--virtual', '--simulator', 'booted'],
    /--virtual and --simulator are both given\. Say where to send with one of them\./,
  ],
  'three destinations': [
    () => ['--virtual', '--simulator', 'booted', '--target', 'x'],
    /--virtual, --simulator and --target are all given\. Say where to send with one of them\./,
  ],
  'no address': [
    () => ['--token', TOKEN, '--bundle-id', 'com.example.app', ...key(), '--origin', 'foo'],
    /--origin foo: Enter an address like https:\/\/127\.0\.0\.1:2197/,
  ],
  'no address for a target': [
    () => ['--target', 'My iPhone', '--environment', 'production', '--origin', 'http://127.0.0.1'],
    /--origin http:\/\/127\.0\.0\.1: Enter an address like/,
  ],
  'an authority that is no certificate': [
    () => [...to(production, 'production').slice(0, -1), 'call.json', ...key()],
    /--ca .*call\.json: .* has no certificate .*-----BEGIN CERTIFICATE-----/,
  ],
  'a damaged authority': [
    () => [...to(production, 'production').slice(0, -1), 'damaged.pem', ...key()],
    /--ca .*damaged\.pem: .*cannot be read as a certificate/,
  ],
  'no credentials': [() => to(production, 'production'), /Say what to send with/],
  'no bundle id': [() => ['--token', TOKEN, ...key()], /--token needs --bundle-id too/],
  'a cut token': [
    () => ['--token', TOKEN.slice(1), '--bundle-id', 'com.example.app', ...key()],
    /--token: A digit is missing/,
  ],
  'no passphrase': [
    () => [...to(production, 'production'), '--p12', 'legacy.p12'],
    /protected with a passphrase\..* Set the variable VOIP_PUSH_PASSPHRASE, or give --passphrase-file FILE\./,
    {},
  ],
  'a wrong passphrase': [
    () => [...to(production, 'production'), '--p12', 'legacy.p12'],
    /The passphrase does not open the \.p12 file/,
    { VOIP_PUSH_PASSPHRASE: 'wrong horse' },
  ],
  'a certificate of the other environment': [
    () => [...to(production, 'production'), '--p12', 'sandbox.p12'],
    /error: The certificate is for sandbox only, and the target is production\.[\s\S]*was not sent/,
  ],
  'no such target': [
    () => ['--target', 'x'],
    /There is no target "x" in voip-push\.targets\.json\. It has: "My iPhone"\./,
  ],
  'no targets file': [
    () => ['--target', 'x', '--targets', 'no.json'],
    /Cannot read .*no\.json: there is no such file\./,
  ],
  'no bundle id for a simulator': [() => ['--simulator', 'booted'], /--simulator needs --bundle-id too/],
};

describe('wrong use of voip-push send', () => {
  for (const [name, [args, message, env = ENV]] of Object.entries(WRONG)) {
    it(`explains ${name}`, async () => {
      const { exitCode, stdout, stderr } = await send(args(), { env });
      assert.deepEqual([exitCode, stdout], [2, '']);
      assert.match(stderr, message);
      assert.ok(!stderr.includes('wrong horse'));
    });
  }
});

describe('voip-push send --simulator', { skip: process.platform === 'win32' }, () => {
  const UDID = '6B0F2F3E-9D0A-4F0B-8D39-0D3F7D3A1C01';
  const withXcrun = (script: string): Partial<CliWorld> => {
    const bin = join(folder, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'xcrun'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return { env: { PATH: `${bin}:${process.env['PATH']}` } };
  };

  it('says what simctl is and is not', async () => {
    const world = withXcrun('[ "$1 $2 $3 $4" = "simctl push $0 com.example.app" ] || exit 0');
    const { exitCode, stdout, stderr } = await send(['--simulator', UDID, '--bundle-id', 'com.example.app'], world);
    assert.equal(exitCode, 0, stderr);
    assert.match(
      stdout,
      new RegExp(`^✔ Accepted {2}${UDID} {2}com\\.example\\.app {2}[\\d.]+ m?s\\n.*cannot deliver PushKit`),
    );
  });
  it('explains its exit codes', async () => {
    const result = await send(
      ['--simulator', UDID, '--bundle-id', 'com.example.app', '--format', 'json'],
      withXcrun('exit 164'),
    );
    assert.equal(result.exitCode, 1);
    const { outcome, transport, exitCode, environment } = reportOf(result);
    assert.deepEqual([outcome, transport, exitCode, environment], ['rejected', 'simctl', 164, null]);
  });
  for (const [name, why] of [
    ['Orbit', /named by its UDID/],
    ['11111111-9D0A-4F0B-8D39-0D3F7D3A1C01', /no simulator with this UDID/],
  ] as const) {
    it(`says where simulators are listed when there is none: ${name}`, async () => {
      const { exitCode, stdout } = await send(
        ['--simulator', name, '--bundle-id', 'com.example.app'],
        withXcrun('echo "Invalid device" >&2; exit 148'),
      );
      assert.equal(exitCode, 1);
      assert.match(stdout, why);
      assert.match(stdout, /xcrun simctl list devices/);
      assert.doesNotMatch(stdout, /refresh|from the list/i);
    });
  }
});
