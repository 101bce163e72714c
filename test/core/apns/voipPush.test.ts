import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildVoipPush, voipTopic } from '../../../src/core/apns/voipPush';
import { fc } from '../../propertyRuns';

const TOPICS: readonly (readonly [bundleId: string, topic: string])[] = [
  ['com.example.app', 'com.example.app.voip'],
  ['com.example.app.voip', 'com.example.app.voip'],
  ['com.example.app.voip.voip', 'com.example.app.voip'],
  [' com.example.app ', 'com.example.app.voip'],
  ['com.example.voipapp', 'com.example.voipapp.voip'],
  ['com.voip.app', 'com.voip.app.voip'],
];

for (const [bundleId, topic] of TOPICS) {
  test(`the topic of "${bundleId}" is ${topic}`, () => assert.equal(voipTopic(bundleId), topic));
}

test('completing a topic twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string(), (bundleId) => {
      const topic = voipTopic(bundleId);
      assert.equal(voipTopic(topic), topic);
      assert.ok(topic.endsWith('.voip') && !topic.endsWith('.voip.voip'));
    }),
  );
});

const body = new TextEncoder().encode('{"id":12345678901234567890}');

test('a push carries the headers of a VoIP push and the very bytes', () => {
  const push = buildVoipPush({
    bundleId: 'com.example.app',
    deviceToken: 'AB12',
    body,
    apnsId: '123E4567-E89B-12D3-A456-4266554400A0',
  });
  assert.equal(push.deviceToken, 'AB12');
  assert.equal(push.body, body);
  assert.deepEqual(push.headers, {
    'apns-topic': 'com.example.app.voip',
    'apns-push-type': 'voip',
    'apns-priority': '10',
    'apns-expiration': '0',
    'apns-id': '123e4567-e89b-12d3-a456-4266554400a0',
  });
});

test('options replace the defaults', () => {
  const { headers } = buildVoipPush({
    bundleId: 'com.example.app',
    deviceToken: 'ab12',
    body,
    apnsId: 'x',
    expirationSeconds: 1_788_855_094,
    priority: 5,
    collapseId: 'call-1',
  });
  assert.equal(headers['apns-expiration'], '1788855094');
  assert.equal(headers['apns-priority'], '5');
  assert.equal(headers['apns-collapse-id'], 'call-1');
});
