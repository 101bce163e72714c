import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readPayloadFile } from '../../../src/adapters/payloadFile';
import { valueAt } from '../../../src/core/payload/jsonPointer';
import { lintPayload } from '../../../src/core/payload/lint';
import { PAYLOAD_TEMPLATES } from '../../../src/core/payload/templates';

const schema: unknown = JSON.parse(readFileSync('media/voip-payload.schema.json', 'utf8'));

/** Every payload in `demo` and what the lint says of it. */
const DEMO_FILES: { readonly [file: string]: readonly string[] } = {
  'incoming-call.voip.json': [],
  'flutter-callkit-incoming.voip.json': [],
  'missing-call-id.voip.json': ['payload/call-id-missing warning'],
  'too-large.voip.json': ['payload/size error'],
  'control-message.apns': ['payload/control-message warning'],
};

test('demo files lint as intended', async () => {
  const files = readdirSync('demo').filter((file) => /\.(voip\.json|apns)$/.test(file));
  assert.deepEqual(files.toSorted(), Object.keys(DEMO_FILES).toSorted());
  for (const file of files) {
    const read = await readPayloadFile(`demo/${file}`);
    assert.ok(read.ok, file);
    const shown = lintPayload(read.text).findings.map(({ rule, severity }) => `${rule} ${severity}`);
    assert.deepEqual(shown, DEMO_FILES[file], file);
  }
});

test('the schema knows the keys of every template, with a description', () => {
  for (const { id, build } of PAYLOAD_TEMPLATES) {
    const payload = JSON.parse(build(randomUUID)) as object;
    for (const key of Object.keys(payload)) {
      assert.equal(typeof valueAt(schema, `/properties/${key}/description`), 'string', `${id}: ${key}`);
    }
  }
});

test('the schema reports nothing: the lint does the judging', () => {
  const harmless = new Set(['title', 'description', 'default', 'examples', 'properties', 'defaultSnippets']);
  const inspect = (subschema: object, path: string) => {
    for (const [keyword, value] of Object.entries(subschema)) {
      assert.ok(harmless.has(keyword) || (path === '' && keyword.startsWith('$')), `${path}: ${keyword}`);
      if (keyword !== 'properties') continue;
      for (const [key, inner] of Object.entries(value as object)) inspect(inner as object, `${path}/${key}`);
    }
  };
  inspect(schema as object, '');
});
