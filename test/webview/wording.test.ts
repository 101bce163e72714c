import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockText, offsetText } from '../../src/core/timeline/evidenceWords';
import { prettyPayload } from '../../webview/payloadText';
import { INITIAL_STATE, readSavedState } from '../../webview/savedState';
import { explanationText, rowLabel, timeOfDay } from '../../webview/wording';
import { fc } from '../propertyRuns';
import { DELIVERIES, detailOf, START } from './deliveries';

test('a payload is set out without touching its numbers, escapes and duplicate keys', () => {
  assert.equal(
    prettyPayload('{"a":12345678901234567890,"b":[1.0,{}],"b":"\\u0041 { , }","c":[]}'),
    '{\n  "a": 12345678901234567890,\n  "b": [\n    1.0,\n    {}\n  ],\n  "b": "\\u0041 { , }",\n  "c": []\n}',
  );
  assert.equal(prettyPayload('{"a":'), '{"a":');
  assert.equal(prettyPayload(''), '');
});

test('setting out changes nothing but space', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      assert.deepEqual(JSON.parse(prettyPayload(text)), JSON.parse(text));
    }),
  );
});

test('what VS Code kept is read, and whatever does not fit falls back', () => {
  const kept = { order: 'oldest-first', filter: 'x', flaggedOnly: true, follow: false, selectedId: 'a', scrollTop: 40 };
  assert.deepEqual(readSavedState(kept), kept);
  for (const broken of [undefined, null, 7, 'x', {}, { order: 'sideways', scrollTop: -1, filter: 3, follow: 'yes' }]) {
    assert.deepEqual(readSavedState(broken), INITIAL_STATE);
  }
});

test('a row in one sentence says the flag and the verdict first', () => {
  const time = timeOfDay(DELIVERIES.killed.at);
  assert.equal(rowLabel(DELIVERIES.killed), `Flagged: Killed, com.example.app, ${time}, mustReport true`);
  assert.match(rowLabel(DELIVERIES.reported), /^Reported, .*, report after 42 ms$/);
});

test('mustReport is unknown only of a push that the app received', () => {
  assert.match(rowLabel(DELIVERIES['missing-report']), /mustReport unknown$/);
  for (const verdict of ['rejected', 'send-failed', 'undelivered', 'blocked'] as const) {
    assert.doesNotMatch(rowLabel(DELIVERIES[verdict]), /mustReport/);
    assert.doesNotMatch(explanationText(DELIVERIES[verdict], undefined), /mustReport/);
  }
});

test('the clock of the device is worth a word from 50 ms on', () => {
  const check = (clockOffset: number | undefined, expected: RegExp | undefined): void => {
    const text = clockText(clockOffset);
    if (expected === undefined) assert.equal(text, undefined);
    else assert.match(text ?? '', expected);
  };
  check(undefined, undefined);
  check(0, undefined);
  check(-196, undefined);
  check(49_999, undefined);
  check(50_000, /is 50 ms ahead of this computer's/);
  check(-50_000, /is 50 ms behind this computer's/);
});

test('times have milliseconds, offsets a sign', () => {
  assert.match(timeOfDay(START), /^\d\d:11:34\.092$/);
  assert.equal(offsetText(42_000), '+42 ms');
  assert.equal(offsetText(-3_000), '−3 ms');
});

test('the copied explanation stands alone', () => {
  const { killed } = DELIVERIES;
  const lines = explanationText(killed, detailOf(killed)).split('\n');
  assert.equal(lines[0], `Killed: ${killed.headline}`);
  assert.equal(lines[1], 'com.example.app, 2026-09-08T09:04:54.092155Z, mustReport true');
  assert.ok(lines.includes('Why') && lines.includes('Next steps') && lines.includes('Sources'));
  assert.ok(lines.some((line) => line.startsWith('1. Report the call')));
  assert.equal(explanationText(killed, undefined).split('\n').length, 2);
});
