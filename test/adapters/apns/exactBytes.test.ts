import assert from 'node:assert/strict';
import { test } from 'node:test';
import { push, startPair } from './sending';

const BODIES: Readonly<Record<string, Uint8Array>> = {
  'an ordinary payload': Buffer.from('{"aps":{},"handle":"+1 555 0100","name":"Zoë ☎️"}'),
  'an empty object': Buffer.from('{}'),
  'nothing at all': new Uint8Array(0),
  'duplicate keys, spaces and line ends': Buffer.from('{ "a" : 1,\r\n\t"a" : 2 }\n'),
  'numbers that no double holds': Buffer.from('{"n":12345678901234567890,"f":1.0,"e":1e999}'),
  'a byte order mark': Buffer.from('\uFEFF{"aps":{}}'),
  'invalid JSON': Buffer.from('{"aps":'),
  'invalid UTF-8': new Uint8Array([0x7b, 0xff, 0xfe, 0x00, 0xc3, 0x7d]),
  'the middle of a larger buffer': new Uint8Array(Buffer.from('xx{"a":1}yy').buffer.slice(0)).subarray(2, 9),
  '5,120 bytes': Buffer.from(`{"pad":"${'p'.repeat(5110)}"}`),
  '200,000 bytes': Buffer.alloc(200_000, 0x7a),
};

for (const [name, body] of Object.entries(BODIES)) {
  test(`sends exactly the bytes of ${name}`, async (context) => {
    const { apns, client } = await startPair(context);
    const outcome = await client.send(push(body));
    assert.equal(outcome.kind, 'accepted');
    assert.deepEqual(
      apns.requests.map((request) => request.body),
      [Buffer.from(body)],
    );
  });
}
