import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { lintPayload } from '../../../src/core/payload/lint';
import { PAYLOAD_TEMPLATES } from '../../../src/core/payload/templates';

const CARRY_PUSH_ID = ['minimal', 'callkit', 'live-communication-kit'];

test('templates pass the lint, with a call id', () => {
  assert.equal(PAYLOAD_TEMPLATES.length, 6);
  assert.equal(new Set(PAYLOAD_TEMPLATES.map(({ id }) => id)).size, 6);
  for (const { id, build } of PAYLOAD_TEMPLATES) {
    const text = build(randomUUID);
    const { findings, callId, pushId } = lintPayload(text);
    assert.deepEqual(findings, [], id);
    assert.equal(typeof callId, 'string', id);
    assert.equal(pushId !== undefined, CARRY_PUSH_ID.includes(id), id);
    assert.ok(text.endsWith('}\n'), id);
    assert.deepEqual(JSON.stringify(JSON.parse(text), undefined, 2), text.trimEnd(), id);
  }
});

test('ids are fresh each time', () => {
  for (const { id, build } of PAYLOAD_TEMPLATES) assert.notEqual(build(randomUUID), build(randomUUID), id);
});
