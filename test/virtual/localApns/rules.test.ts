import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { LocalApnsOptions } from '../../../src/virtual/localApns/localApns';
import {
  ACTIVE_TOKEN,
  BUNDLE_ID,
  connectTo,
  exchange,
  makeFolder,
  OTHER_APP_TOKEN,
  removeFolder,
  SIMULATOR_TOKEN,
  startTestApns,
  type TestRequest,
  type TokenParts,
  UNREGISTERED_TOKEN,
} from './apnsTestClient';

let folder: string;
before(async () => {
  folder = await makeFolder();
});
after(() => removeFolder(folder));

const nowSeconds = Math.floor(Date.now() / 1000);
const otherKey = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;

interface Row {
  readonly name: string;
  readonly request?: TestRequest;
  readonly token?: TokenParts;
  readonly options?: Partial<LocalApnsOptions>;
  /** Left out: accepted. */
  readonly refused?: readonly [status: number, reason: string];
}

const header = (name: string, value: string | readonly string[] | undefined): TestRequest => ({
  headers: { [name]: value },
});
const path = (text: string): TestRequest => ({ path: text });
const device = (token: string): TestRequest => path(`/3/device/${token}`);

const ROWS: readonly Row[] = [
  { name: 'a right push' },
  { name: 'a simulator token, longer than a device token', request: device(SIMULATOR_TOKEN) },
  { name: 'a device token in upper case', request: device(ACTIVE_TOKEN.toUpperCase()) },

  { name: 'GET', request: { method: 'GET', body: '' }, refused: [405, 'MethodNotAllowed'] },
  { name: 'PUT', request: { method: 'PUT' }, refused: [405, 'MethodNotAllowed'] },
  { name: 'another path', request: path('/2/device/ab'), refused: [404, 'BadPath'] },
  { name: 'the root path', request: path('/'), refused: [404, 'BadPath'] },
  { name: 'a path that goes on after the token', request: device(`${ACTIVE_TOKEN}/x`), refused: [404, 'BadPath'] },
  { name: 'no device token', request: path('/3/device/'), refused: [400, 'MissingDeviceToken'] },
  { name: 'no device token and no slash', request: path('/3/device'), refused: [400, 'MissingDeviceToken'] },

  { name: 'a repeated topic', request: header('apns-topic', ['a.b', 'a.b']), refused: [400, 'DuplicateHeaders'] },
  { name: 'a repeated apns-id', request: header('apns-id', ['x', 'y']), refused: [400, 'DuplicateHeaders'] },
  {
    name: 'a repeated push type',
    request: header('apns-push-type', ['voip', 'voip']),
    refused: [400, 'DuplicateHeaders'],
  },
  { name: 'a repeated priority', request: header('apns-priority', ['10', '10']), refused: [400, 'DuplicateHeaders'] },
  { name: 'a repeated expiration', request: header('apns-expiration', ['0', '0']), refused: [400, 'DuplicateHeaders'] },
  {
    name: 'a repeated collapse id',
    request: header('apns-collapse-id', ['a', 'a']),
    refused: [400, 'DuplicateHeaders'],
  },
  { name: 'a repeated cookie, which HTTP/2 allows', request: header('cookie', ['a=1', 'b=2']) },

  { name: 'an apns-id that is no UUID', request: header('apns-id', 'call-1'), refused: [400, 'BadMessageId'] },
  { name: 'an empty apns-id', request: header('apns-id', ''), refused: [400, 'BadMessageId'] },
  { name: 'an apns-id in upper case', request: header('apns-id', '123E4567-E89B-12D3-A456-4266554400A0') },

  { name: 'no provider token', request: header('authorization', undefined), refused: [403, 'MissingProviderToken'] },
  {
    name: 'an empty provider token',
    request: header('authorization', 'bearer '),
    refused: [403, 'MissingProviderToken'],
  },
  { name: 'another scheme', request: header('authorization', 'basic eA=='), refused: [403, 'MissingProviderToken'] },
  {
    name: 'a malformed provider token',
    request: header('authorization', 'bearer a.b'),
    refused: [403, 'InvalidProviderToken'],
  },
  {
    name: 'a token that holds no JSON',
    request: header('authorization', 'bearer a.b.c'),
    refused: [403, 'InvalidProviderToken'],
  },
  {
    name: 'a token of arrays',
    request: header('authorization', 'bearer W10.W10.c'),
    refused: [403, 'InvalidProviderToken'],
  },
  { name: 'a signature of another key', token: { signingKey: otherKey }, refused: [403, 'InvalidProviderToken'] },
  { name: 'another algorithm', token: { header: { alg: 'HS256' } }, refused: [403, 'InvalidProviderToken'] },
  { name: 'no algorithm at all', token: { header: { alg: 'none' } }, refused: [403, 'InvalidProviderToken'] },
  { name: 'an unknown key id', token: { header: { kid: 'ABC123DEFG' } }, refused: [403, 'InvalidProviderToken'] },
  { name: 'no key id', token: { header: { kid: undefined } }, refused: [403, 'InvalidProviderToken'] },
  { name: 'another team', token: { claims: { iss: 'DEF123GHIJ' } }, refused: [403, 'InvalidProviderToken'] },
  { name: 'no iat', token: { claims: { iat: undefined } }, refused: [403, 'InvalidProviderToken'] },
  {
    name: 'an iat that is a text',
    token: { claims: { iat: String(nowSeconds) } },
    refused: [403, 'InvalidProviderToken'],
  },
  { name: 'an iat in milliseconds', token: { claims: { iat: Date.now() } }, refused: [403, 'InvalidProviderToken'] },
  {
    name: 'a token from the future',
    token: { claims: { iat: nowSeconds + 3600 } },
    refused: [403, 'InvalidProviderToken'],
  },
  { name: 'a token of a clock a little ahead', token: { claims: { iat: nowSeconds + 60 } } },
  {
    name: 'a token of 61 minutes',
    token: { claims: { iat: nowSeconds - 3660 } },
    refused: [403, 'ExpiredProviderToken'],
  },
  { name: 'a token of 59 minutes', token: { claims: { iat: nowSeconds - 3540 } } },

  { name: 'no topic', request: header('apns-topic', undefined), refused: [400, 'MissingTopic'] },
  { name: 'an empty topic', request: header('apns-topic', ''), refused: [400, 'MissingTopic'] },
  { name: 'a topic with a blank', request: header('apns-topic', 'com.example.app .voip'), refused: [400, 'BadTopic'] },
  { name: 'a topic without a dot', request: header('apns-topic', 'app'), refused: [400, 'BadTopic'] },
  { name: 'a topic that ends in a dot', request: header('apns-topic', 'com.example.'), refused: [400, 'BadTopic'] },
  {
    name: 'the topic of another app',
    request: header('apns-topic', 'com.example.else.voip'),
    refused: [400, 'DeviceTokenNotForTopic'],
  },
  {
    name: 'a doubled .voip',
    request: header('apns-topic', `${BUNDLE_ID}.voip.voip`),
    refused: [400, 'DeviceTokenNotForTopic'],
  },
  {
    name: 'another suffix',
    request: header('apns-topic', `${BUNDLE_ID}.complication`),
    refused: [400, 'DeviceTokenNotForTopic'],
  },
  { name: 'the token of another app', request: device(OTHER_APP_TOKEN), refused: [400, 'DeviceTokenNotForTopic'] },
  { name: 'a topic without .voip', request: header('apns-topic', BUNDLE_ID), refused: [400, 'TopicDisallowed'] },
  {
    name: 'an alert to a PushKit token',
    request: { headers: { 'apns-topic': BUNDLE_ID, 'apns-push-type': 'alert' } },
    refused: [400, 'TopicDisallowed'],
  },
  {
    name: 'an app that the key does not cover',
    options: { bundleIds: ['com.example.other'] },
    refused: [400, 'TopicDisallowed'],
  },

  { name: 'an unknown push type', request: header('apns-push-type', 'VOIP'), refused: [400, 'InvalidPushType'] },
  { name: 'an alert to a .voip topic', request: header('apns-push-type', 'alert'), refused: [400, 'InvalidPushType'] },
  { name: 'no push type', request: header('apns-push-type', undefined) },

  { name: 'priority 5', request: header('apns-priority', '5') },
  { name: 'priority 1', request: header('apns-priority', '1') },
  { name: 'no priority', request: header('apns-priority', undefined) },
  { name: 'priority 11', request: header('apns-priority', '11'), refused: [400, 'BadPriority'] },
  { name: 'priority high', request: header('apns-priority', 'high'), refused: [400, 'BadPriority'] },

  { name: 'an expiration in the past', request: header('apns-expiration', '300') },
  { name: 'no expiration', request: header('apns-expiration', undefined) },
  { name: 'a negative expiration', request: header('apns-expiration', '-1'), refused: [400, 'BadExpirationDate'] },
  {
    name: 'an expiration in ISO form',
    request: header('apns-expiration', '2026-09-08'),
    refused: [400, 'BadExpirationDate'],
  },

  { name: 'a collapse id of 64 bytes', request: header('apns-collapse-id', 'x'.repeat(64)) },
  {
    name: 'a collapse id of 65 bytes',
    request: header('apns-collapse-id', 'x'.repeat(65)),
    refused: [400, 'BadCollapseId'],
  },

  { name: 'no payload', request: { body: '' }, refused: [400, 'PayloadEmpty'] },
  { name: 'a payload that is not JSON, for which Apple documents no reason', request: { body: 'hello' } },
  { name: 'a payload of 5120 bytes', request: { body: 'x'.repeat(5120) } },
  { name: 'a payload of 5121 bytes', request: { body: 'x'.repeat(5121) }, refused: [413, 'PayloadTooLarge'] },
  { name: 'a payload of a megabyte', request: { body: 'x'.repeat(1_048_576) }, refused: [413, 'PayloadTooLarge'] },
  {
    name: 'a megabyte refused by a header',
    request: { ...header('apns-priority', '0'), body: 'x'.repeat(1_048_576) },
    refused: [400, 'BadPriority'],
  },
  {
    name: 'a payload of 5120 bytes and no push type',
    request: { ...header('apns-push-type', undefined), body: 'x'.repeat(5120) },
  },
  {
    name: 'an alert of 4097 bytes',
    request: { headers: { 'apns-topic': BUNDLE_ID, 'apns-push-type': 'alert' }, body: 'x'.repeat(4097) },
    refused: [413, 'PayloadTooLarge'],
  },

  { name: 'an unknown device token', request: device('00'.repeat(32)), refused: [400, 'BadDeviceToken'] },
  { name: 'a token with a letter too many', request: device(`${ACTIVE_TOKEN}z`), refused: [400, 'BadDeviceToken'] },
  { name: 'a token with half a byte', request: device(ACTIVE_TOKEN.slice(1)), refused: [400, 'BadDeviceToken'] },
  { name: 'an unregistered device token', request: device(UNREGISTERED_TOKEN), refused: [410, 'Unregistered'] },
];

for (const { name, request, token, options, refused } of ROWS) {
  test(`${name}: ${refused?.join(' ') ?? 'accepted'}`, async () => {
    const answer = await exchange(folder, request ?? {}, token, options);
    assert.deepEqual([answer.status, answer.reason], refused ?? [200, undefined]);
    assert.equal(answer.accepted.length, refused === undefined ? 1 : 0);
    assert.equal(answer.text === '', refused === undefined);
    assert.equal(answer.headers['content-type'], refused === undefined ? undefined : 'application/json');
  });
}

test('the first rule that fails answers, in the order the source lists', async () => {
  const all: TestRequest = {
    method: 'PUT',
    path: '/2',
    headers: {
      cookie: 'a',
      'apns-collapse-id': ['a', 'b'],
      'apns-id': 'x',
      authorization: undefined,
      'apns-topic': undefined,
      'apns-push-type': 'x',
      'apns-priority': 'x',
      'apns-expiration': 'x',
    },
    body: '',
  };
  const mends: readonly (readonly [string, (request: TestRequest) => TestRequest])[] = [
    ['MethodNotAllowed', (request) => ({ ...request, method: 'POST' })],
    ['BadPath', (request) => ({ ...request, path: '/3/device/zz' })],
    ['DuplicateHeaders', (request) => with_(request, 'apns-collapse-id', 'x'.repeat(65))],
    ['BadMessageId', (request) => with_(request, 'apns-id', undefined)],
    [
      'MissingProviderToken',
      ({ headers: { authorization: _, ...headers } = {}, ...request }) => ({ ...request, headers }),
    ],
    ['MissingTopic', (request) => with_(request, 'apns-topic', BUNDLE_ID)],
    ['InvalidPushType', (request) => with_(request, 'apns-push-type', 'alert')],
    ['BadPriority', (request) => with_(request, 'apns-priority', '10')],
    ['BadExpirationDate', (request) => with_(request, 'apns-expiration', '0')],
    ['BadCollapseId', (request) => with_(request, 'apns-collapse-id', 'x')],
    ['PayloadEmpty', (request) => ({ ...request, body: '{}' })],
    ['BadDeviceToken', (request) => ({ ...request, path: `/3/device/${ACTIVE_TOKEN}` })],
    ['TopicDisallowed', (request) => request],
  ];
  const { apns } = await startTestApns(folder);
  const connection = await connectTo(apns);
  let request = all;
  for (const [reason, mend] of mends) {
    assert.equal((await connection.send(request)).reason, reason);
    request = mend(request);
  }
  await apns.close();
});

function with_(request: TestRequest, name: string, value: string | undefined): TestRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}
