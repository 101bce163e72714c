import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PushOutcome } from '../../../src/core/ports';
import { answerWith } from './loopbackApns';
import { push, startPair } from './sending';

type Expected = Record<string, unknown> & Pick<PushOutcome, 'kind'>;

interface AnswerCase {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly expected: Expected;
}

const ID = 'eabeae54-14a8-11e5-b60b-1697f925ec7b';

const CASES: Readonly<Record<string, AnswerCase>> = {
  'accepted with both ids': {
    status: 200,
    headers: { 'apns-id': ID, 'apns-unique-id': 'b0c9' },
    expected: { kind: 'accepted', apnsId: ID, apnsUniqueId: 'b0c9' },
  },
  'accepted without ids': { status: 200, expected: { kind: 'accepted' } },
  'rejected with both ids': {
    status: 400,
    headers: { 'apns-id': ID, 'apns-unique-id': 'b0c9' },
    body: '{ "reason" : "BadDeviceToken" }',
    expected: rejected(400, '{ "reason" : "BadDeviceToken" }', 'BadDeviceToken', { apnsId: ID, apnsUniqueId: 'b0c9' }),
  },
  'a token that is no longer registered, with its time in milliseconds': {
    status: 410,
    body: '{"reason":"Unregistered","timestamp":1757319094092}',
    expected: rejected(410, '{"reason":"Unregistered","timestamp":1757319094092}', 'Unregistered', {
      unregisteredSince: 1757319094092000,
    }),
  },
  'a time that is none': {
    status: 410,
    body: '{"reason":"Unregistered","timestamp":"yesterday"}',
    expected: rejected(410, '{"reason":"Unregistered","timestamp":"yesterday"}', 'Unregistered'),
  },
  'a time beyond all time': {
    status: 410,
    body: '{"reason":"Unregistered","timestamp":1e300}',
    expected: rejected(410, '{"reason":"Unregistered","timestamp":1e300}', 'Unregistered'),
  },
  'an expired provider token': reason(403, 'ExpiredProviderToken'),
  'another wrong provider token': reason(403, 'InvalidProviderToken'),
  'too many requests': reason(429, 'TooManyRequests', { 'retry-after': '1' }),
  'an error inside APNs': reason(500, 'InternalServerError'),
  'a service that is down': reason(503, 'ServiceUnavailable', { 'retry-after': '1' }),
  'a reason nobody knows': reason(418, 'SomethingNew'),
  'a page of a proxy': {
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: '<h1>Bad gateway ☂</h1>',
    expected: rejected(502, '<h1>Bad gateway ☂</h1>'),
  },
  'no body': { status: 500, expected: rejected(500, '') },
  'JSON that is no object': { status: 400, body: 'null', expected: rejected(400, 'null') },
  'a reason that is no text': { status: 400, body: '{"reason":7}', expected: rejected(400, '{"reason":7}') },
};

function rejected(status: number, body: string, reasonText?: string, more: object = {}): Expected {
  return { kind: 'rejected', status, body, ...(reasonText === undefined ? {} : { reason: reasonText }), ...more };
}

function reason(status: number, name: string, headers: Readonly<Record<string, string>> = {}): AnswerCase {
  const body = JSON.stringify({ reason: name });
  return { status, headers, body, expected: rejected(status, body, name) };
}

for (const [name, { status, headers, body, expected }] of Object.entries(CASES)) {
  test(`${name}: one POST, and the answer as it came`, async (context) => {
    const { apns, client } = await startPair(context, {
      answer: (request) => answerWith(request, status, body ?? '', headers),
    });
    const { latencyMs, ...outcome } = await client.send(push());
    assert.deepEqual(outcome, expected);
    assert.ok(latencyMs > 0);
    await new Promise((resolve) => setTimeout(resolve, 50)); // node-apn sends again within 12 ms, where it is let
    assert.equal(apns.requests.length, 1);
  });
}

test('after 500 the others in flight are answered on the same connection', async (context) => {
  const { apns, client } = await startPair(context, {
    answer: (request) =>
      request.number % 2 === 0
        ? answerWith(request, 500, '{"reason":"InternalServerError"}')
        : setTimeout(() => answerWith(request, 200, ''), 20),
  });
  const outcomes = await Promise.all(Array.from({ length: 40 }, () => client.send(push())));
  assert.equal(outcomes.filter(({ kind }) => kind === 'accepted').length, 20);
  assert.equal(outcomes.filter(({ kind }) => kind === 'rejected').length, 20);
  assert.equal(apns.connections(), 1);
});

test('an expired provider token is not replaced at once: APNs punishes new ones within 20 minutes', async (context) => {
  const { apns, client } = await startPair(context, {
    answer: (request) => answerWith(request, 403, '{"reason":"ExpiredProviderToken"}'),
  });
  for (let sent = 0; sent < 3; sent += 1) await client.send(push());
  assert.equal(new Set(apns.requests.map((request) => request.headers.authorization)).size, 1);
});

test('the latency reaches from the send to the end of the answer', async (context) => {
  const { client } = await startPair(context, {
    answer: ({ stream }) => {
      stream.respond({ ':status': 400 });
      setTimeout(() => stream.end('{"reason":"BadTopic"}'), 80);
    },
  });
  const outcome = await client.send(push());
  assert.equal(outcome.kind, 'rejected');
  assert.ok(outcome.latencyMs >= 75, `${outcome.latencyMs}`);
});
