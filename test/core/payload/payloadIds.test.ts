import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonPointer } from '../../../src/core/payload/jsonPointer';
import { findCallId, findPushId } from '../../../src/core/payload/payloadIds';
import { fc } from '../../propertyRuns';

const UUID = '6B29FC40-CA47-1067-B31D-00DD010662DA';
const lower = UUID.toLowerCase();

test('call ids by shape', () => {
  const cases: readonly [unknown, string | undefined, string?][] = [
    [{ twi_call_sid: 'CAff00', uuid: UUID }, '/twi_call_sid', 'caff00'],
    [{ cn1call: { uuid: UUID } }, '/cn1call/uuid', lower],
    [{ stream: { call_cid: 'default:1' } }, '/stream/call_cid', 'default:1'],
    [{ metadata: { call_id: UUID } }, '/metadata/call_id', lower],
    [{ sendbird_call: { command: { payload: { call_id: 'X' } } } }, '/sendbird_call/command/payload/call_id', 'x'],
    [{ nexmo: { body: { channel: { id: UUID } } } }, '/nexmo/body/channel/id', lower],
    [{ push_info: {}, conversation_id: 'CON-1' }, '/conversation_id', 'con-1'],
    [{ conversation_id: 'CON-1' }, undefined],
    [{ aps: { 'call-id': 'k~1', uuid: UUID } }, '/aps/call-id', 'k~1'],
    [{ aps: { uuid: UUID } }, '/aps/uuid', lower],
    [{ id: UUID, nameCaller: 'Jane', callId: 'other' }, '/id', lower],
    [{ id: 'order', callId: 'call' }, '/callId', 'call'],
    [{ uuid: UUID, callerName: 'Jane' }, '/uuid', lower],
    [{ callUUID: UUID }, '/callUUID', lower],
    [{ call_id: 12 }, '/call_id', '12'],
    [{ call: { id: 'x' } }, '/call/id', 'x'],
    [{ data: { callId: 'x' } }, '/data/callId', 'x'],
    [{ id: 'x' }, '/id', 'x'],
    [{ uuid: '', callId: ' ' }, undefined],
    [{ id: { nested: true } }, undefined],
    [Object.create({ uuid: UUID }), undefined],
    ...[undefined, null, 7, 'text', [], [{ uuid: UUID }]].map((value): [unknown, undefined] => [value, undefined]),
  ];
  for (const [payload, pointer, value] of cases) {
    assert.deepEqual(
      findCallId(payload),
      pointer === undefined ? undefined : { pointer, value },
      JSON.stringify(payload),
    );
  }
});

test('push ids', () => {
  assert.equal(findPushId({ voipPushId: 'P-1' }), 'P-1');
  for (const payload of [{ voipPushId: 7 }, { voipPushId: '' }, {}, null, undefined, 'voipPushId']) {
    assert.equal(findPushId(payload), undefined);
  }
});

test('any value: no exception', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true }), (value) => {
      findCallId(value);
      findPushId(value);
    }),
  );
});

test("the user's own places go first, and need not be there", () => {
  const payload = { uuid: UUID, room: { 'the/id': 'R-1', empty: '' } };
  assert.deepEqual(findCallId(payload, ['/room/the~1id']), { pointer: '/room/the~1id', value: 'r-1' });
  assert.deepEqual(findCallId(payload, ['/nowhere', '/room/the~1id']), { pointer: '/room/the~1id', value: 'r-1' });
  assert.deepEqual(findCallId(payload, ['/room/empty', '/nowhere']), { pointer: '/uuid', value: lower });
});

test('what is a JSON pointer', () => {
  for (const good of ['/call/id', '/a~1b/~0', '/0']) assert.ok(isJsonPointer(good), good);
  for (const bad of ['', 'call', '#/call', '/a~2', '/a~']) assert.ok(!isJsonPointer(bad), bad);
});
