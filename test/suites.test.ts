import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastLine, readExitCode, readProof, readTap, table } from './suites';

const tap = (counts: { pass: number; fail?: number; cancelled?: number; skipped?: number }, lines = ''): string =>
  `TAP version 13\n${lines}\n1..1\n# tests 9\n# suites 0\n# pass ${counts.pass}\n# fail ${counts.fail ?? 0}\n` +
  `# cancelled ${counts.cancelled ?? 0}\n# skipped ${counts.skipped ?? 0}\n# todo 0\n# duration_ms 1\n`;

test('a whole check counts as one', () => {
  assert.deepEqual(readExitCode(0), { passed: 1, failed: 0, skipped: 0 });
  assert.deepEqual(readExitCode(2), { passed: 0, failed: 1, skipped: 0, note: 'exit code 2' });
  assert.equal(readExitCode(undefined).failed, 1);
});

test('TAP gives its totals', () => {
  assert.deepEqual(readTap(tap({ pass: 5, skipped: 2 }), 0), { passed: 5, failed: 0, skipped: 2 });
  assert.deepEqual(readTap(tap({ pass: 5, fail: 1, cancelled: 2 }), 1), { passed: 5, failed: 3, skipped: 0 });
});

test('a run that broke off, ran nothing or contradicts itself has failed', () => {
  assert.equal(readTap(undefined, 0).failed, 1);
  assert.equal(readTap('TAP version 13\nok 1 - a\n', undefined).failed, 1);
  assert.equal(readTap(tap({ pass: 0 }), 0).failed, 1);
  assert.equal(readTap(tap({ pass: 5 }), 1).failed, 1);
  assert.equal(readTap(tap({ pass: 5 }), undefined).failed, 1);
});

test('a test file without a test has failed', () => {
  const found = readTap(tap({ pass: 2 }, 'ok 1 - /project/out/empty.test.js\nok 2 - adds a.test.js of two'), 0);
  assert.deepEqual([found.passed, found.failed], [1, 1]);
});

test('the in-host result is believed only with a proof', () => {
  assert.deepEqual(readProof('{"tests":4,"failures":0,"pending":1}', 0), { passed: 3, failed: 0, skipped: 1 });
  assert.deepEqual(readProof('{"tests":4,"failures":1,"pending":0}', 1), { passed: 3, failed: 1, skipped: 0 });
  assert.equal(readProof(undefined, 0).failed, 1);
  assert.equal(readProof('{"tests":0,"failures":0,"pending":0}', 0).failed, 1);
  assert.equal(readProof('{"tests":4,"failures":0,"pending":0}', 73).failed, 1);
});

test('the last line adds up every suite', () => {
  const outcomes = [readExitCode(0), readTap(tap({ pass: 5 }), 0), readProof(undefined, 73)];
  assert.equal(lastLine(outcomes), '6 passed, 1 failed');
  assert.match(table(outcomes.map((outcome) => ({ name: 'suite', seconds: 1, outcome }))), /✖ suite .* exit code 73$/m);
});
