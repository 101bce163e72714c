import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkBundleId, normalizeBundleId } from '../../../src/core/targets/bundleId';
import { checkDeviceToken, normalizeDeviceToken } from '../../../src/core/targets/deviceTarget';
import { parseTargetsFile } from '../../../src/core/targets/targetsFile';

const TOKEN = '740f4707bebcf74f9b7c25d48e3358945f6aa01da5ddb387462c7eaf61bb78ad';

const GOOD_TOKENS: Readonly<Record<string, readonly [text: string, token: string]>> = {
  'as a device has it': [TOKEN, TOKEN],
  'in upper case, with a line end': [`${TOKEN.toUpperCase()}\n`, TOKEN],
  'as the description of NSData': [`<${TOKEN.match(/.{8}/g)?.join(' ')}>`, TOKEN],
  'of a simulator': ['0a'.repeat(80), '0a'.repeat(80)],
};
const BAD_TOKENS: Readonly<Record<string, readonly [text: string, why: RegExp]>> = {
  nothing: [' <> ', /^Enter the PushKit token/],
  'a cut one': [TOKEN.slice(1), /63 hexadecimal digits are no whole number of bytes/],
  'a short one': ['abcd', /too short: 4 digits/],
  'one pasted many times': [TOKEN.repeat(7), /too long: 448 digits/],
  Base64: [Buffer.from(TOKEN, 'hex').toString('base64'), /looks like Base64/],
  'a Firebase token': ['dGhpcy1pc:APA91bHun4MxP5egoKMwt2KZFBaFUH', /Firebase/],
  'the description of Data': ['{length = 32, bytes = 0x740f4707 bebcf74f ... 462c7eaf 61bb78ad }', /middle left out/],
  'a placeholder': ['<your token>', /only hexadecimal digits/],
};

describe('device tokens', () => {
  for (const [name, [text, token]] of Object.entries(GOOD_TOKENS)) {
    it(`takes one ${name}`, () => {
      assert.equal(checkDeviceToken(text), undefined);
      assert.equal(normalizeDeviceToken(text), token);
    });
  }
  for (const [name, [text, why]] of Object.entries(BAD_TOKENS)) {
    it(`says why ${name} is none`, () => assert.match(checkDeviceToken(text) ?? '', why));
  }
});

describe('bundle ids', () => {
  it('may have .voip, once or twice, and spaces around', () => {
    for (const text of ['com.example.app', ' com.example.app.voip ', 'com.example.app.voip.voip']) {
      assert.equal(checkBundleId(text), undefined);
      assert.equal(normalizeBundleId(text), 'com.example.app');
    }
  });
  const BAD: readonly (readonly [text: string, why: RegExp])[] = [
    ['', /^Enter the bundle id/],
    ['.voip', /^Enter the bundle id/],
    ['com.example.*', /wildcard/],
    ['Example', /has dots in it/],
    ['com.example.my app', /only letters, digits, hyphens and dots/],
    ['com..app', /between all of its dots/],
  ];
  for (const [text, why] of BAD) it(`says why "${text}" is none`, () => assert.match(checkBundleId(text) ?? '', why));
});

describe('targets files', () => {
  const target = {
    name: 'My iPhone',
    bundleId: 'com.example.app.voip',
    deviceToken: TOKEN.toUpperCase(),
    environment: 'sandbox',
    credentials: 'AuthKey_ABCDE12345.p8',
    teamId: 'TEAM123456',
  };
  it('are read with comments, and mended where that is safe', () => {
    const text = `// mine\n${JSON.stringify({ targets: [target] })}`;
    const expected = { ...target, bundleId: 'com.example.app', deviceToken: TOKEN };
    assert.deepEqual(parseTargetsFile(text), { ok: true, targets: [expected] });
  });
  const BAD: Readonly<Record<string, readonly [file: unknown, error: RegExp]>> = {
    'no targets': [{}, /^targets: is missing\.$/],
    'no list': [{ targets: 1 }, /^targets: must be an array\.$/],
    'a key of another kind': [
      { targets: [{ ...target, passphrase: 'secret' }] },
      /^targets\.0\.passphrase: is not a known key\.$/,
    ],
    'a missing key': [{ targets: [{ ...target, name: undefined }] }, /^targets\.0\.name: is missing\.$/],
    'another environment': [
      { targets: [{ ...target, environment: 'dev' }] },
      /^targets\.0\.environment: must be "sandbox" or "production"$/,
    ],
    'a broken token': [
      { targets: [{ ...target, deviceToken: `${TOKEN}x` }] },
      /^targets\.0\.deviceToken: A device token has only/,
    ],
    'a token that is a number': [
      { targets: [{ ...target, deviceToken: 740470776 }] },
      /^targets\.0\.deviceToken: must be a text\.$/,
    ],
  };
  for (const [name, [file, error]] of Object.entries(BAD)) {
    it(`explain ${name}, without repeating what came`, () => {
      const parsed = parseTargetsFile(JSON.stringify(file));
      assert.ok(!parsed.ok);
      assert.match(parsed.error, error);
      assert.ok(!/740f4707|740470776|secret/.test(parsed.error));
    });
  }
  it('say in which line they are no JSON', () => {
    assert.deepEqual(parseTargetsFile('{\n"targets": [,\n'), {
      ok: false,
      error: 'line 2 is not JSON (ValueExpected).',
    });
  });
});
