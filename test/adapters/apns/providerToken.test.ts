import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { createApnsClient } from '../../../src/adapters/apns/apnsClient';
import { createProviderToken } from '../../../src/adapters/apns/providerToken';
import { credentials, push } from './sending';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 8, 8);

/** Does what node-apn does before each request. */
function readLikeNodeApn(token: ReturnType<typeof createProviderToken>): string {
  if (token.isExpired()) token.regenerate(token.generation);
  return token.current;
}

test('a token is kept for 50 minutes, then made anew', () => {
  let now = START_MS;
  const token = createProviderToken(credentials, () => now);
  const first = readLikeNodeApn(token);
  now = START_MS + 50 * MINUTE_MS - 1;
  assert.equal(readLikeNodeApn(token), first);
  now = START_MS + 50 * MINUTE_MS;
  const second = readLikeNodeApn(token);
  assert.notEqual(second, first);
  const claims: unknown = JSON.parse(Buffer.from(second.split('.')[1] ?? '', 'base64url').toString());
  assert.deepEqual(claims, { iss: credentials.teamId, iat: now / 1000 });
});

test('a clock that was set back makes a new token', () => {
  let now = START_MS;
  const token = createProviderToken(credentials, () => now);
  const first = readLikeNodeApn(token);
  now = START_MS - 1000;
  assert.notEqual(readLikeNodeApn(token), first);
});

test('after APNs called it expired, a token is replaced no sooner than 20 minutes, and once', () => {
  let now = START_MS;
  const token = createProviderToken(credentials, () => now);
  const first = readLikeNodeApn(token);
  now += 20 * MINUTE_MS - 1;
  token.regenerate(token.generation);
  assert.equal(token.current, first);
  now += 1;
  const { generation } = token;
  token.regenerate(generation);
  const second = token.current;
  assert.notEqual(second, first);
  now += 20 * MINUTE_MS;
  token.regenerate(generation); // an old answer, about the first token
  assert.equal(token.current, second);
});

const pem = (type: 'rsa' | 'ed25519' | 'p384' | 'public' | 'encrypted'): string => {
  if (type === 'rsa') {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  }
  if (type === 'ed25519') {
    return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  }
  const keys = generateKeyPairSync('ec', { namedCurve: type === 'p384' ? 'secp384r1' : 'prime256v1' });
  if (type === 'public') return keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const encryption = type === 'encrypted' ? { cipher: 'aes-256-cbc', passphrase: 'secret' } : {};
  return keys.privateKey.export({ type: 'pkcs8', format: 'pem', ...encryption }).toString();
};

const BAD_KEYS: Readonly<Record<string, readonly [key: string, why: RegExp]>> = {
  'an empty key': ['', /empty/],
  'text that is no PEM': ['not a key', /not a PEM file/],
  'a key cut off': [credentials.key.slice(0, 100), /damaged or incomplete/],
  'a public key': [pem('public'), /holds no private key/],
  'a key with a password': [pem('encrypted'), /password/],
  'an RSA key': [pem('rsa'), /another kind/],
  'an Ed25519 key': [pem('ed25519'), /another kind/],
  'a key on another curve': [pem('p384'), /another kind/],
};

for (const [name, [key, why]] of Object.entries(BAD_KEYS)) {
  test(`${name} fails at send, says why, and keeps the key to itself`, async () => {
    const client = createApnsClient({ origin: 'https://127.0.0.1:9', credentials: { ...credentials, key } });
    const outcome = await client.send(push());
    assert.ok(outcome.kind === 'failed' && outcome.code === 'invalid-key', JSON.stringify(outcome));
    assert.match(outcome.message, why);
    assert.ok(key === '' || !outcome.message.includes(key.slice(30, 60) || key));
    await client.close();
  });
}
