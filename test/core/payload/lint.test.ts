import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintPayload } from '../../../src/core/payload/lint';
import { RuleId } from '../../../src/core/payload/ruleCatalog';

const UUID = '6b29fc40-ca47-1067-b31d-00dd010662da';

/** Each finding as `rule severity "the text it marks"`. */
function check(text: string, expected: readonly string[], limitBytes?: number): void {
  const { findings } = lintPayload(text, limitBytes === undefined ? {} : { limitBytes });
  const lines = text.split(/\r\n|\n|\r/);
  const shown = findings.map(({ rule, severity, range: { start, end } }) => {
    const marked =
      start.line === end.line
        ? (lines[start.line] ?? '').slice(start.character, end.character)
        : `${start.line}:${start.character}-${end.line}:${end.character}`;
    return `${rule.replace('payload/', '')} ${severity} ${marked}`;
  });
  assert.deepEqual(shown, expected, JSON.stringify(text.slice(0, 80)));
}

const withId = (members: string) => `{"uuid":"${UUID}",${members}}`;

test('good payloads have no findings', () => {
  const good = [
    `{"uuid":"${UUID}"}`,
    `{"uuid":"${UUID.toUpperCase()}","callerName":"</script>"}\n`,
    '{"aps":{},"id":"44d915e1-5ff4-4bed-bf13-c423048ec97a","nameCaller":"Hien","handle":"0123456789","isVideo":true}',
    '{"twi_message_type":"twilio.voice.call","twi_call_sid":"CA0123","twi_params":"reason=cancel"}',
    '{"stream":{"call_cid":"default:1","type":"call.ring"}}',
    `{"metadata":{"call_id":"${UUID}","voice_sdk_id":"x"}}`,
    '{"sendbird_call":{"command":{"cmd":"CALL","type":"dial","payload":{"call_id":"a1"}}}}',
    `{"nexmo":{"type":"member:invited","body":{"channel":{"id":"${UUID}"}}}}`,
    '{"push_info":{},"conversation_id":"CON-1","event_type":"member:invited"}',
    '{"aps":{"call-id":"kx3~f","loc-key":"IC_MSG"},"from-uri":"sip:jane@example.org"}',
    `{"cn1call":{"uuid":"${UUID}","handle":"+1"}}`,
    '{"id":17}',
    '{"data":{"callId":"abc"}}',
    withId('"n":9007199254740991,"f":1e300,"s":"\\ud83d\\ude00 \u{1f600} \\\\ud800"'),
    withId('"buttons":[{"action":"decline"}],"nextState":"the-end","textDecline":"Decline","kind":"cancelled"'),
  ];
  for (const text of good) check(text, []);
});

test('what is not strict JSON', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['', ['empty error ']],
    [' \n', ['empty error 0:0-1:0']],
    ['hello', ['json error hello']],
    ['{"a":1,}', ['json error }']],
    ['{"a":[1,]}', ['json error ]']],
    ['{"a":1 "b":2}', ['json error "b"']],
    ['{"a" 1}', ['json error 1']],
    ['{"a":}', ['json error }']],
    ["{'a':1}", ["json error 'a'"]],
    ['{"a":True}', ['json error True']],
    ['{"a":01}', ['json error 1']],
    ['{"a":"\\x"}', ['json error "\\x"']],
    ['{"a":"\\u12"}', ['json error "\\u12"']],
    ['{"a":"\t"}', ['json error "\t"']],
    ['// why\n{}', ['json error // why']],
    ['{"a":1', ['json error 1']],
    ['{"a":1\n\n', ['json error 1']],
    ['{"a":"b\n}', ['json error "b']],
    ['{} {}', ['json error {']],
    ['[1]', ['top-level error [1]']],
    ['null', ['top-level error null']],
    ['"text"', ['top-level error "text"']],
  ];
  for (const [text, expected] of cases) check(text, expected);
});

test('byte order mark', () => {
  check(`\uFEFF{"uuid":"${UUID}"}`, ['bom warning \uFEFF']);
  assert.equal(lintPayload('\uFEFF{}').bytes, 5);
});

test('size in bytes, not characters', () => {
  const payload = (bytes: number) => `{"uuid":"${UUID}","n":"${'é'.repeat((bytes - 54) / 2)}"}`;
  assert.equal(lintPayload(payload(5120)).bytes, 5120);
  const over4096 = 'é'.repeat((5120 - 4096) / 2 - 1);
  check(payload(4096), []);
  check(payload(5120), [`simulator-size info ${over4096}"}`]);
  check(payload(5122), ['size error "}']);
  check(payload(6000), [`size error ${'é'.repeat(439)}"}`]);
  check(payload(4098), ['size error "}'], 4096);
  assert.match(lintPayload(payload(6000)).findings[0]?.message ?? '', /6000 bytes.*5120.*413 PayloadTooLarge/);
});

test('a payload for a simulator that does not fit it', () => {
  const start = `{"uuid":"${UUID}","aps":{},"Simulator Target Bundle":"a.b","n":"`;
  check(`${start.padEnd(4096, 'x')}"}`, [
    'simulator-target info "Simulator Target Bundle"',
    'simulator-size warning "}',
  ]);
});

test('nesting', () => {
  const nested = (depth: number) => withId(`"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}`);
  check(nested(32), []);
  check(nested(33), ['depth warning [']);
  check(nested(512), ['depth warning [']);
  check(nested(513), ['depth error [']);
  check('['.repeat(5000), ['depth error [', `simulator-size info ${'['.repeat(904)}`].toReversed());
  check('[},'.repeat(600), ['depth error [']);
  check('{"a":'.repeat(600), ['depth error {']);
});

test('values', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['"a":1,"a":2,"\\u0061":3', ['duplicate-key warning "a"', 'duplicate-key warning "\\u0061"']],
    ['"b":{"c":1,"c":1},"d":[{"c":1}]', ['duplicate-key warning "c"']],
    ['"__proto__":1,"constructor":2', []],
    ['"n":9007199254740992', ['number warning 9007199254740992']],
    ['"n":-12345678901234567890', ['number warning -12345678901234567890']],
    ['"n":1e999', ['number error 1e999']],
    ['"n":"\\ud800"', ['lone-surrogate error \\ud800']],
    ['"n":"\\uDC00\\ud83d\\ude00"', ['lone-surrogate error \\uDC00']],
    ['"n":"\\ud83d\\n\\ude00"', ['lone-surrogate error \\ud83d', 'lone-surrogate error \\ude00']],
    ['"\\ud83d\\ud83d\\ude00":1', ['lone-surrogate error \\ud83d']],
    ['"n":"a\ud800"', ['lone-surrogate error \ud800']],
    ['"aps":[]', ['aps error []']],
    ['"aps":{"alert":7}', ['aps error 7']],
    ['"aps":{"alert":{"title":"x"}}', []],
    [
      '"aps":{"sound":"x","badge":1,"content-available":1,"mutable-content":1}',
      ['sound', 'badge', 'content-available', 'mutable-content'].map((key) => `aps-ignored info "${key}"`),
    ],
    [
      '"Simulator Target Bundle":"a.b"',
      ['simulator-target info "Simulator Target Bundle"', 'simulator-target warning "Simulator Target Bundle"'],
    ],
    ['"voipPushId":7', ['push-id warning 7']],
    ['"voipPushId":""', ['push-id warning ""']],
  ];
  for (const [members, expected] of cases) check(withId(members), expected);
});

test('call ids', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['{}', ['call-id-missing warning {']],
    ['{"callerName":"Jane"}', ['call-id-missing warning {']],
    ['{"uuid":"call-17"}', ['call-id-format error "call-17"']],
    ['{"uuid":null}', ['call-id-format error null']],
    [`{"uuid":"{${UUID}}"}`, [`call-id-format error "{${UUID}}"`]],
    ['{"id":"17","nameCaller":"Jane"}', ['call-id-format error "17"']],
    ['{"nameCaller":"Jane"}', ['call-id-missing warning {']],
    ['{"metadata":{"call_id":"x"}}', ['call-id-format error "x"']],
    ['{"nexmo":{"body":{"channel":{"id":"x"}}}}', ['call-id-format error "x"']],
    ['{"stream":{"type":"call.ring"}}', ['call-id-missing warning {']],
    ['{"stream":{"call_cid":""}}', ['call-id-format error ""']],
    ['{"cn1call":{"uuid":"x"}}', ['call-id-format warning "x"']],
    ['{"twi_message_type":"twilio.voice.call"}', ['call-id-missing warning {']],
    ['{"uuid":', ['json error :']],
  ];
  for (const [text, expected] of cases) check(text, expected);
  const message = (text: string) => lintPayload(text).findings[0]?.message ?? '';
  assert.match(message('{"nameCaller":"Jane"}'), /flutter_callkit_incoming.*"id" is missing/);
  assert.match(message('{"metadata":{"call_id":"x"}}'), /"metadata\.call_id" is not a UUID: "x"/);
});

test('control messages', () => {
  const control = [
    '"type":"cancel"',
    '"type":"callCancelled"',
    '"twi_message_type":"twilio.voice.cancel"',
    '"event":{"type":"CALL_MISSED"}',
    '"cmd":"hangup"',
    '"action":"hang-up"',
    '"callStatus":"ended"',
    '"event_type":"call.end"',
    '"aps":{"alert":"Missed call!"}',
    '"aps":{"alert":"Answered Elsewhere"}',
  ];
  for (const members of control) {
    const rules = lintPayload(withId(members)).findings.map(({ rule }) => rule);
    assert.deepEqual(rules, [RuleId.controlMessage], members);
  }
});

test('a rule that has much to say is cut short, and says so', () => {
  const { findings } = lintPayload(withId(Array.from({ length: 100 }, () => '"a":1').join(',')));
  assert.equal(findings.length, 25);
  assert.match(findings.at(-1)?.message ?? '', /74 more like this/);
});

test('ids in the report', () => {
  const report = lintPayload(`{"uuid":"${UUID.toUpperCase()}","voipPushId":"P-1"}`);
  assert.equal(report.callId, UUID);
  assert.equal(report.pushId, 'P-1');
  assert.deepEqual(Object.keys(lintPayload('[]')), ['bytes', 'findings']);
});
