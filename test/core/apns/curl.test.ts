import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { type CurlOptions, curlCommand } from '../../../src/core/apns/curl';
import { whyNotForApns } from '../../../src/core/apns/simulatorKey';
import { buildVoipPush } from '../../../src/core/apns/voipPush';

const TOKEN = 'ab'.repeat(32);
const origin = 'https://api.sandbox.push.apple.com';

function command(payload: string, options: Partial<CurlOptions> = {}): string {
  const push = buildVoipPush({
    bundleId: 'com.example.app',
    deviceToken: TOKEN,
    body: Buffer.from(payload),
    apnsId: '6b0f2f3e-9d0a-4f0b-8d39-0d3f7d3a1c01',
  });
  return curlCommand(push, { payload, origin, ...options });
}

/** What a shell hands to curl. */
function argumentsIn(shell: string, script: string): readonly string[] {
  const print = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${script}`;
  const env = { APNS_TOKEN: 'JWT', DEVICE_TOKEN: TOKEN, APNS_CERTIFICATE: 'c.pem', APNS_KEY: 'k.pem' };
  return execFileSync(shell, ['-c', print], { env, encoding: 'utf8' }).split('\0').slice(0, -1);
}

const PAYLOADS = [
  '{"aps":{}}',
  '{"name":"O\'Neill \\"Jack\\" $HOME `id` !! \\\\ % 日本"}',
  '@file',
  '{\n  "aps": {}\n}\n',
  "''",
];

describe('the curl command', { skip: process.platform === 'win32' }, () => {
  for (const shell of ['sh', 'bash']) {
    for (const payload of PAYLOADS) {
      it(`keeps ${JSON.stringify(payload)} in ${shell}`, () => {
        const words = argumentsIn(shell, command(payload));
        assert.equal(words[words.indexOf('--data-raw') + 1], payload);
        assert.equal(words.at(-1), `${origin}/3/device/${TOKEN}`);
        for (const header of [
          'authorization: bearer JWT',
          'apns-topic: com.example.app.voip',
          'apns-push-type: voip',
          'apns-priority: 10',
          'apns-expiration: 0',
          'content-type:',
        ]) {
          assert.ok(
            words.some((word, index) => word === header && words[index - 1] === '--header'),
            header,
          );
        }
      });
    }
  }

  it('has variables in place of secrets', () => {
    const text = command('{}');
    assert.ok(!text.includes(TOKEN));
    assert.match(text, /"authorization: bearer \$APNS_TOKEN"[\s\S]*"\$DEVICE_TOKEN"$/);
  });
  it('has the tokens when asked', () => {
    const words = argumentsIn('sh', command('{}', { providerToken: 'eyJ.a.b', ca: "/x/it's.pem" }));
    assert.ok(words.includes('authorization: bearer eyJ.a.b') && words.includes("/x/it's.pem"));
    assert.equal(words.at(-1), `${origin}/3/device/${TOKEN}`);
  });
  it('names the files of a certificate by variables, and sends no token then', () => {
    const words = argumentsIn('sh', command('{}', { usesCertificate: true }));
    assert.ok(words.includes('c.pem') && words.includes('k.pem'));
    assert.ok(!words.some((word) => word.startsWith('authorization')));
  });
});

it('a payload with the key that only simctl reads may not go to APNs', () => {
  assert.match(whyNotForApns('{"Simulator Target Bundle":"com.example.app"}') ?? '', /only simctl reads/);
  for (const fine of ['{"aps":{"Simulator Target Bundle":1}}', '[]', '', 'Simulator Target Bundle']) {
    assert.equal(whyNotForApns(fine), undefined);
  }
});
