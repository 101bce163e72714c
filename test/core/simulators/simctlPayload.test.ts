import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  prepareSimctlPayload,
  simulatorTargetBundle,
  withoutSimulatorTargetBundle,
} from '../../../src/core/simulators/simctlPayload';
import { fc } from '../../propertyRuns';

const filler = (bytes: number): string => 'x'.repeat(bytes);

interface Case {
  readonly name: string;
  readonly text: string;
  /** The text that goes out, or why it does not. */
  readonly expected: string | RegExp;
  readonly changes?: number;
}

const CASES: readonly Case[] = [
  { name: 'with aps it stays as it is', text: ' {\n "aps" : {} }\n', expected: ' {\n "aps" : {} }\n' },
  { name: 'aps is put first', text: '{\n  "uuid": "1"\n}', expected: '{"aps":{},\n  "uuid": "1"\n}', changes: 1 },
  { name: 'an empty object', text: '{ }', expected: '{"aps":{} }', changes: 1 },
  {
    name: 'aps deeper down does not count',
    text: '{"a":{"aps":{}}}',
    expected: '{"aps":{},"a":{"aps":{}}}',
    changes: 1,
  },
  { name: 'a byte order mark stays', text: '\uFEFF{"a":1}', expected: '\uFEFF{"aps":{},"a":1}', changes: 1 },
  {
    name: 'the app’s name stays',
    text: '{"Simulator Target Bundle":"a.b","aps":{}}',
    expected: '{"Simulator Target Bundle":"a.b","aps":{}}',
  },
  { name: 'an array', text: '[1]', expected: /not a JSON object/ },
  { name: 'text', text: '"aps"', expected: /not a JSON object/ },
  { name: 'no JSON', text: '{"a":}', expected: /not valid JSON/ },
  { name: 'comments are no JSON', text: '{"a":1} // c', expected: /not valid JSON/ },
  { name: 'nothing', text: '', expected: /not valid JSON/ },
  { name: '4096 bytes', text: `{"aps":{},"a":"${filler(4079)}"}`, expected: `{"aps":{},"a":"${filler(4079)}"}` },
  {
    name: '4097 bytes',
    text: `{"aps":{},"a":"${filler(4080)}"}`,
    expected: /has 4097 bytes, and simctl takes at most 4096/,
  },
  {
    name: '4096 bytes after aps was added',
    text: `{"a":"${filler(4079)}"}`,
    expected: `{"aps":{},"a":"${filler(4079)}"}`,
    changes: 1,
  },
  { name: 'too large only because of aps', text: `{"a":"${filler(4080)}"}`, expected: /4097 bytes with the "aps"/ },
  { name: 'bytes, not characters', text: `{"aps":{},"a":"${'é'.repeat(2040)}"}`, expected: /4097 bytes/ },
];

describe('a payload for simctl', () => {
  for (const { name, text, expected, changes = 0 } of CASES) {
    it(name, () => {
      const prepared = prepareSimctlPayload(text);
      if ('refused' in prepared) return assert.match(prepared.refused, expected instanceof RegExp ? expected : /^$/);
      assert.equal(prepared.text, expected);
      assert.equal(prepared.changes.length, changes);
    });
  }

  it('says when the app must be in the foreground', () => {
    const notes = (text: string): number => {
      const prepared = prepareSimctlPayload(text);
      return 'refused' in prepared ? -1 : prepared.notes.length;
    };
    assert.equal(notes('{"aps":{"content-available":1}}'), 0);
    assert.equal(notes('{"aps":{}}'), 1);
    assert.equal(notes('{}'), 1);
  });

  it('has aps, at most 4096 bytes, and says the same as before', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (content) => {
        const prepared = prepareSimctlPayload(JSON.stringify(content));
        if ('refused' in prepared) return assert.match(prepared.refused, /at most 4096/);
        const sent: unknown = JSON.parse(prepared.text);
        const wanted: unknown = JSON.parse(JSON.stringify({ aps: {}, ...content }));
        assert.deepEqual(sent, wanted);
        assert.ok(Buffer.byteLength(prepared.text) <= 4096);
        assert.equal(prepared.changes.length, Object.hasOwn(content, 'aps') ? 0 : 1);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        prepareSimctlPayload(text);
        simulatorTargetBundle(text);
        withoutSimulatorTargetBundle(text);
      }),
    );
  });
});

describe('the app that a payload names', () => {
  const cases: readonly (readonly [string, string | undefined, string])[] = [
    ['{"Simulator Target Bundle":"com.example.app","aps":{}}', 'com.example.app', '{"aps":{}}'],
    ['{\n  "aps": {},\n  "Simulator Target Bundle": "com.example.app"\n}', 'com.example.app', '{\n  "aps": {}\n}'],
    ['{"a":1, "Simulator Target Bundle":"x.y", "b":2}', 'x.y', '{"a":1, "b":2}'],
    ['{"Simulator Target Bundle":"x","Simulator Target Bundle":"y"}', 'y', '{}'],
    ['\uFEFF{"Simulator Target Bundle":"x"}', 'x', '\uFEFF{}'],
    ['{"Simulator Target Bundle":7}', undefined, '{}'],
    ['{"Simulator Target Bundle":"x"', 'x', '{"Simulator Target Bundle":"x"'],
    ['{"aps":{"Simulator Target Bundle":"x"}}', undefined, '{"aps":{"Simulator Target Bundle":"x"}}'],
    ['[]', undefined, '[]'],
    ['no', undefined, 'no'],
  ];
  for (const [text, bundleId, rest] of cases) {
    it(text, () => {
      assert.equal(simulatorTargetBundle(text), bundleId);
      const prepared = withoutSimulatorTargetBundle(text);
      assert.equal(prepared.text, rest);
      assert.equal(prepared.changes.length, rest === text ? 0 : 1);
    });
  }
});
