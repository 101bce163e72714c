import assert from 'node:assert/strict';
import { verify } from 'node:crypto';
import { test } from 'node:test';
import { credentials, DEVICE_TOKEN, providerPublicKey, push, startPair } from './sending';

test('posts to the device with the headers of the push, the authority and the provider token', async (context) => {
  const { apns, client } = await startPair(context);
  const headers = {
    'apns-id': 'eabeae54-14a8-11e5-b60b-1697f925ec7b',
    'apns-priority': '10',
    'apns-expiration': '0',
    'apns-collapse-id': 'call',
  };
  await client.send(push('{}', headers));
  const sent = apns.requests[0]?.headers ?? {};
  const expected = {
    ...headers,
    'apns-topic': 'com.example.app.voip',
    'apns-push-type': 'voip',
    ':method': 'POST',
    ':scheme': 'https',
    ':path': `/3/device/${DEVICE_TOKEN}`,
    ':authority': new URL(apns.origin).host,
  };
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, sent[name]])), expected);
  assert.deepEqual(new Set(Object.keys(sent)), new Set([...Object.keys(expected), 'authorization']));
});

test('all sends carry one provider token, signed with the key, by ES256', async (context) => {
  const { apns, client } = await startPair(context);
  await Promise.all(Array.from({ length: 20 }, () => client.send(push())));
  const tokens = new Set(apns.requests.map((request) => request.headers.authorization));
  assert.equal(tokens.size, 1);
  const [token] = tokens;
  const [head = '', claims = '', signature = ''] = (token ?? '').replace(/^bearer /, '').split('.');
  const decode = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
  assert.deepEqual(decode(head), { alg: 'ES256', kid: credentials.keyId });
  const { iss, iat, ...others } = decode(claims) as Record<string, unknown>;
  assert.equal(iss, credentials.teamId);
  assert.ok(typeof iat === 'number' && Math.abs(iat - Date.now() / 1000) < 60);
  assert.deepEqual(others, {});
  const key = { key: providerPublicKey, dsaEncoding: 'ieee-p1363' } as const;
  assert.ok(verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url')));
});

test('a device token that is none stays one part of the path', async (context) => {
  const { apns, client } = await startPair(context);
  await client.send({ ...push(), deviceToken: '../x y?é' });
  assert.equal(apns.requests[0]?.headers[':path'], '/3/device/..%2Fx%20y%3F%C3%A9');
});

const BAD_HEADERS = {
  'a line end in a value': [{ 'apns-topic': 'a\r\nb' }, 'ERR_INVALID_CHAR'],
  'a space in a name': [{ 'apns topic': 'a' }, 'ERR_INVALID_HTTP_TOKEN'],
  'a pseudo header': [{ ':path': '/3/device/other' }, 'ERR_INVALID_HTTP_TOKEN'],
  'a header of HTTP/1': [{ connection: 'close' }, 'ERR_HTTP2_INVALID_CONNECTION_HEADERS'],
} as const;

for (const [name, [headers, code]] of Object.entries(BAD_HEADERS)) {
  test(`${name} fails that push and no other`, async (context) => {
    const { apns, client } = await startPair(context);
    const [good, bad, next] = await Promise.all([
      client.send(push()),
      client.send(push('{}', headers)),
      client.send(push()),
    ]);
    assert.equal(good.kind, 'accepted');
    assert.equal(next.kind, 'accepted');
    assert.ok(bad.kind === 'failed' && bad.code === code, JSON.stringify(bad));
    assert.match(bad.message, /^The push was not sent\. /);
    assert.equal(apns.requests.length, 2);
    assert.equal(apns.connections(), 1);
  });
}
