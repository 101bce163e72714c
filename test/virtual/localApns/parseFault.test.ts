import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApnsReason } from '../../../src/core/apns/apnsReason';
import { type ApnsFault, createFaultSource } from '../../../src/virtual/localApns/fault';
import { FAULT_HELP, parseFault } from '../../../src/virtual/localApns/parseFault';
import { fc } from '../../propertyRuns';

const GOOD: readonly (readonly [text: string, fault: ApnsFault])[] = [
  ['reason=BadDeviceToken', { action: { kind: 'answer', status: 400, reason: 'BadDeviceToken' } }],
  ['reason=Unregistered', { action: { kind: 'answer', status: 410, reason: 'Unregistered' } }],
  ['status=429', { action: { kind: 'answer', status: 429, reason: 'TooManyRequests' } }],
  ['status=500', { action: { kind: 'answer', status: 500, reason: 'InternalServerError' } }],
  ['status=503', { action: { kind: 'answer', status: 503, reason: 'ServiceUnavailable' } }],
  ['status=502', { action: { kind: 'answer', status: 502 } }],
  ['status=400,reason=BrandNew', { action: { kind: 'answer', status: 400, reason: 'BrandNew' } }],
  ['delay=2000', { delayMs: 2000 }],
  ['delay=0', { delayMs: 0 }],
  ['goaway', { action: { kind: 'goaway' } }],
  ['goaway-unprocessed', { action: { kind: 'goaway-unprocessed' } }],
  ['reset', { action: { kind: 'reset' } }],
  ['refuse', { action: { kind: 'refuse' } }],
  ['drop', { action: { kind: 'drop' } }],
  ['shutdown,times=3', { action: { kind: 'shutdown' }, times: 3 }],
  [' delay=500 , reason=Shutdown ', { delayMs: 500, action: { kind: 'answer', status: 503, reason: 'Shutdown' } }],
];

for (const [text, fault] of GOOD) {
  test(`"${text}" is a fault`, () => assert.deepEqual(parseFault(text), { ok: true, fault }));
}

const BAD: readonly (readonly [text: string, error: RegExp])[] = [
  ['', /^"" is not a fault\./],
  ['explode', /^"explode" is not a fault\./],
  ['Reset', /^"Reset" is not a fault\./],
  ['times=3', /does not say what to do/],
  ['reset,drop', /does one thing/],
  ['reset,status=429', /does one thing/],
  ['reset=1', /"reset" takes no value/],
  ['reset,reset', /"reset" is given twice/],
  ['reason', /needs a name/],
  ['reason=', /needs a name/],
  ['reason=badDeviceToken', /"badDeviceToken" is not a reason of APNs.*BadDeviceToken/],
  ['reason=toString', /is not a reason of APNs/],
  ['status=200', /"status" needs a whole number from 400 to 599/],
  ['status=x', /"status" needs a whole number/],
  ['delay=1s', /"delay" needs a whole number from 0/],
  ['delay=', /"delay" needs a whole number/],
  ['delay=-1', /"delay" needs a whole number/],
  ['reset,times=0', /"times" needs a whole number from 1/],
];

for (const [text, error] of BAD) {
  test(`"${text}" is none, and the message says what is allowed`, () => {
    const parsed = parseFault(text);
    assert.ok(!parsed.ok);
    assert.match(parsed.error, error);
    for (const part of Object.keys(FAULT_HELP)) assert.ok(parsed.error.includes(part), part);
  });
}

test('every reason of the catalogue can be asked for', () => {
  for (const reason of Object.values(ApnsReason)) assert.ok(parseFault(`reason=${reason}`).ok, reason);
});

test('every line of the help is accepted', () => {
  const values: Readonly<Record<string, string>> = { NAME: 'Forbidden', CODE: '503', MS: '1', N: '1' };
  for (const part of Object.keys(FAULT_HELP)) {
    const text = part.replace(/[A-Z]+$/, (placeholder) => values[placeholder] ?? placeholder);
    assert.ok(parseFault(text.startsWith('times') ? `reset,${text}` : text).ok, text);
  }
});

test('no text makes the parser throw', () => {
  const word = fc.constantFrom(
    'reason',
    'status',
    'delay',
    'times',
    'goaway',
    'drop',
    '=',
    ',',
    '429',
    '0',
    'Shutdown',
    ' ',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(word).map((words) => words.join('')),
  );
  fc.assert(fc.property(text, (fault) => assert.equal(typeof parseFault(fault).ok, 'boolean')));
});

test('a fault hits as many pushes as it says', () => {
  const source = createFaultSource();
  assert.equal(source.take(), undefined);
  const fault: ApnsFault = { action: { kind: 'reset' }, times: 2 };
  source.set(fault);
  assert.deepEqual([source.take(), source.take(), source.take()], [fault, fault, undefined]);
  source.set({ delayMs: 1 });
  for (let count = 0; count < 100; count += 1) assert.deepEqual(source.take(), { delayMs: 1 });
  source.set(undefined);
  assert.equal(source.take(), undefined);
});
