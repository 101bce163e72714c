import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { type CredentialUse, validateCredentials } from '../../../src/adapters/credentials/validateCredentials';
import type { Credentials } from '../../../src/core/credentials/credentials';
import { type CertificateParts, makeP8, makePushCertificate, NOW_MS } from './madeCredentials';

const DAY_MS = 86_400_000;
const use: CredentialUse = { bundleId: 'com.example.app', environment: 'production' };

/** What is not fine, as `severity code`. */
function complaints(credentials: Credentials, target: CredentialUse | undefined = use): readonly string[] {
  return validateCredentials(credentials, target, NOW_MS)
    .filter(({ severity }) => severity !== 'info')
    .map(({ severity, code, remedy }) => {
      assert.ok(remedy?.endsWith('.'));
      return `${severity} ${code}`;
    });
}

const CERTIFICATES: Readonly<Record<string, readonly [CertificateParts, readonly string[], CredentialUse?]>> = {
  'a VoIP certificate': [{}, []],
  'one with a topic list': [{ topics: ['com.example.app', 'com.example.app.voip'] }, []],
  'one with a topic list and no VoIP extension': [{ isVoip: false, topics: ['com.example.app.voip'] }, []],
  'one of the days without a topic list': [{ userId: 'com.example.app.voip' }, []],
  'one whose subject names the app': [{ userId: 'com.example.app' }, []],
  'an expired one': [{ fromMs: NOW_MS - 9 * DAY_MS, toMs: NOW_MS - DAY_MS }, ['error dates']],
  'one from tomorrow on': [{ fromMs: NOW_MS + DAY_MS }, ['error dates']],
  'one that expires soon': [{ toMs: NOW_MS + 20 * DAY_MS }, ['warning dates']],
  'one for the sandbox': [{ environments: ['sandbox'] }, ['error environment']],
  'one for the sandbox, without a target': [{ environments: ['sandbox'], topics: ['com.example.x.voip'] }, []],
  'one for no environment': [{ environments: [] }, ['warning environment']],
  'one without VoIP': [{ isVoip: false, topics: ['com.example.app'] }, ['error topic']],
  'one of another app': [{ topics: ['com.example.other', 'com.example.other.voip'] }, ['error topic']],
};

describe('validating certificates', () => {
  for (const [name, [parts, expected]] of Object.entries(CERTIFICATES)) {
    it(name, () => {
      const { certificate, key } = makePushCertificate(parts);
      const target = name.endsWith('without a target') ? [undefined] : [use];
      const found = validateCredentials({ kind: 'certificate', certificate, key }, target[0], NOW_MS);
      assert.equal(found.length, 3);
      const said = complaints({ kind: 'certificate', certificate, key }, use);
      if (target[0] !== undefined) assert.deepEqual(said, expected);
      else assert.ok(found.every(({ severity }) => severity === 'info'));
    });
  }

  it('a key of another certificate', () => {
    const { certificate } = makePushCertificate();
    const { key } = makePushCertificate();
    assert.deepEqual(complaints({ kind: 'certificate', certificate, key }), ['error key-mismatch']);
  });

  it('what is no certificate', () => {
    assert.deepEqual(complaints({ kind: 'certificate', certificate: 'x', key: 'y' }), ['error unreadable']);
  });
});

describe('validating keys', () => {
  const ids = { keyId: 'ABCDE12345', teamId: 'TEAM123456' };
  const p384 = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey;
  const KEYS: Readonly<Record<string, readonly [Partial<typeof ids> & { key?: string }, readonly string[]]>> = {
    'a good one': [{}, []],
    'another curve': [{ key: p384.export({ type: 'pkcs8', format: 'pem' }).toString() }, ['error key-type']],
    'no key': [{ key: 'x' }, ['error key-type']],
    'a wrong key id': [{ keyId: 'abc' }, ['error key-id']],
    'a wrong team id': [{ teamId: '' }, ['error team-id']],
  };
  for (const [name, [parts, expected]] of Object.entries(KEYS)) {
    it(name, () => {
      assert.deepEqual(complaints({ kind: 'token', key: makeP8(), ...ids, ...parts }), expected);
    });
  }
});
