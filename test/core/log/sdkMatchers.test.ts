import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VoipEvent } from '../../../src/core/events/event';
import { createLogReader } from '../../../src/core/log/logReader';
import { SDK_MATCHERS } from '../../../src/core/log/sdk/sdkMatchers';
import { fc, runs } from '../../propertyRuns';
import { ndjsonLine } from '../logLines';

const AT = Date.UTC(2026, 8, 8, 8, 11, 34) * 1000;
const CALL = '8ed32a8a-3f1b-4a7b-9c5e-0123456789ab';

describe('every line of an SDK', () => {
  const seen: readonly [needle: string, expected: Readonly<Record<string, unknown>>][] = [
    [
      '[RNVoipPushNotificationManager] didReceive',
      { kind: 'push.received', mustReport: 'unknown', via: 'legacy', callId: CALL },
    ],
    ['[RNVoipPushNotificationManager] onVoip', { kind: 'handler.completed', callId: CALL }],
    ['[RNCallKeep][report', { kind: 'call.reporting', api: 'CallKit', callId: CALL }],
    ['pushRegistry:didReceive', { kind: 'push.received', mustReport: 'unknown', callId: undefined }],
    ['Incoming call successfully', { kind: 'call.reported', api: 'CallKit', error: undefined }],
    ['Failed to report incoming call', { kind: 'call.reported', api: 'CallKit' }],
    ['Incoming conversation successfully', { kind: 'call.reported', api: 'LiveCommunicationKit' }],
    ['Failed to report incoming conversation', { kind: 'call.reported', api: 'LiveCommunicationKit' }],
    ['[PushKit] Notification', { kind: 'push.received', mustReport: 'unknown', callId: 'f3tgnhqz-v' }],
    ['CallKit: report new', { kind: 'call.reporting', api: 'CallKit', callId: 'f3tgnhqz-v' }],
    ['CallKit: cannot complete', { kind: 'call.reported', api: 'CallKit', callId: 'f3tgnhqz-v' }],
    ['Received VoIP push', { kind: 'push.received', mustReport: 'unknown', callId: 'default:abc123' }],
    ['Reporting VoIP incoming', { kind: 'call.reporting', api: 'CallKit', callId: 'default:abc123' }],
  ];

  it('is in this table', () => {
    assert.equal(seen.length, SDK_MATCHERS.length);
  });

  for (const [needle, expected] of seen) {
    it(`is recognised: ${needle}`, () => {
      const matcher = SDK_MATCHERS.find((one) => one.needle.startsWith(needle));
      assert.ok(matcher);
      const event = readAll([matcher.example])[0];
      for (const [key, value] of Object.entries(expected)) assert.deepEqual(fieldOf(event, key), value, key);
      assert.equal(fieldOf(event, 'pid'), 7);
      assert.doesNotMatch(matcher.needle, /["\\/]/);
    });
  }
});

describe('the error of a report', () => {
  const cases: readonly [message: string, error: object][] = [
    [
      'Failed to report incoming call successfully: The operation couldn’t be completed. (com.apple.CallKit.error.incomingcall error 2.).',
      { domain: 'com.apple.CallKit.error.incomingcall', code: 2 },
    ],
    [
      'Failed to report incoming call: Error Domain=com.apple.CallKit.error.incomingcall Code=3 "(null)".',
      { domain: 'com.apple.CallKit.error.incomingcall', code: 3 },
    ],
    ['Failed to report incoming call: no reason', { domain: 'unknown', code: 0 }],
  ];
  for (const [message, expected] of cases) {
    it(message, () => {
      const error = fieldOf(readAll([message])[0], 'error');
      assert.ok(typeof error === 'object' && error !== null && 'text' in error);
      const { text, ...rest } = error;
      assert.deepEqual(rest, expected);
      assert.ok(typeof text === 'string' && message.includes(text));
    });
  }
});

describe('lines that only look like it', () => {
  const messages = [
    'The words "Incoming call successfully reported." were expected',
    'pushRegistry:didReceiveIncomingPushWithPayload:forType: is not implemented',
    'Failed to report incoming call',
    '[PushKit] Notification [0x281f4c0c0] dropped',
    'CallKit: cannot complete incoming call with call-id: [a] and UUID: [b]',
    '[EarlyPushkitDelegate] Received incoming push while core is not ready, reporting call to CallKit',
    '[RNCallKeep][reportEndCallWithUUID] uuidString = 8ED32A8A-3F1B-4A7B-9C5E-0123456789AB reason = 2',
  ];
  for (const message of messages) {
    it(message, () => assert.deepEqual(readAll([message]), []));
  }
});

describe('a push that is told of twice', () => {
  const sdkReceipt = `[RNVoipPushNotificationManager] didReceiveIncomingPushWithPayload payload.dictionaryPayload = {\n    uuid = "${CALL}";\n}, type = PKPushTypeVoIP`;
  const delegateReceipt = 'pushRegistry:didReceiveIncomingPushWithPayload:forType:completion:';
  const sdkReport = `[RNCallKeep][reportNewIncomingCall] uuidString = ${CALL}`;
  const probe = (e: string): string => `voip-push 1 {"e":"${e}","call":"${CALL}"}`;
  const cases: readonly [what: string, messages: readonly string[], kinds: readonly string[]][] = [
    ['by the probe and an SDK', [probe('received'), sdkReceipt], ['push.received']],
    ['by two SDKs', [delegateReceipt, sdkReceipt], ['push.received']],
    ['by one SDK: two pushes', [sdkReceipt, sdkReceipt], ['push.received', 'push.received']],
    [
      'half by the probe: the SDK tells the rest',
      [probe('received'), sdkReceipt, sdkReport],
      ['push.received', 'call.reporting'],
    ],
    ['with its report', [probe('received'), probe('reporting'), sdkReport], ['push.received', 'call.reporting']],
  ];
  for (const [what, messages, kinds] of cases) {
    it(what, () =>
      assert.deepEqual(
        readAll(messages).map(({ kind }) => kind),
        kinds,
      ),
    );
  }

  it('by another app is another push', () => {
    const reader = createLogReader({ source: 'test' });
    const kinds = [probe('received'), sdkReceipt].flatMap((eventMessage, index) =>
      reader
        .read(ndjsonLine(AT, { processImagePath: `/x/App${index}`, processID: index + 1, eventMessage }))
        .map(({ kind }) => kind),
    );
    assert.deepEqual(kinds, ['source.started', 'push.received', 'push.received']);
  });
});

it('mutated SDK lines never throw', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SDK_MATCHERS.map(({ example }) => example)),
      fc.nat(),
      fc.nat(20),
      fc.string(),
      (example, at, cut, insert) => {
        const from = at % example.length;
        readAll([example.slice(0, from) + insert + example.slice(from + cut)]);
      },
    ),
    { numRuns: runs(1000) },
  );
});

/** The evidence in these messages of one app's process, 10 ms apart. */
function readAll(messages: readonly string[]): VoipEvent[] {
  const reader = createLogReader({ source: 'test' });
  return messages
    .flatMap((eventMessage, index) =>
      reader.read(
        ndjsonLine(AT + index * 10_000, { processImagePath: '/x/Example.app/Example', processID: 7, eventMessage }),
      ),
    )
    .filter(({ kind }) => kind !== 'source.started');
}

function fieldOf(event: VoipEvent | undefined, key: string): unknown {
  assert.ok(event, 'the line is evidence');
  return Object.entries(event).find(([name]) => name === key)?.[1];
}
