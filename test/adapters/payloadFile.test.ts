import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readPayloadFile } from '../../src/adapters/payloadFile';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'payload-file-'));
});
after(() => rm(folder, { recursive: true }));

async function check(content: Uint8Array | string, expected: string | RegExp): Promise<void> {
  const path = join(folder, 'payload.voip.json');
  await writeFile(path, content);
  const read = await readPayloadFile(path);
  if (typeof expected === 'string') assert.deepEqual(read, { ok: true, text: expected });
  else assert.match(read.ok ? '' : read.error, expected);
}

test('UTF-8 comes as it is', async () => {
  await check('', '');
  await check('{"n":"Zoë 😀"}\r\n', '{"n":"Zoë 😀"}\r\n');
  await check('\uFEFF{}', '\uFEFF{}');
  await check('x'.repeat(1_048_576), 'x'.repeat(1_048_576));
});

test('what is not UTF-8 is refused', async () => {
  await check(Buffer.from('\uFEFF{}', 'utf16le'), /payload\.voip\.json: it is UTF-16/);
  await check(Buffer.from('\uFEFF{}', 'utf16le').swap16(), /it is UTF-16/);
  await check(Buffer.from('{}', 'utf16le'), /it is UTF-16/);
  await check(Buffer.from('{"n":"Zo\xeb"}', 'latin1'), /it is not UTF-8/);
  await check(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), /it is not UTF-8/);
});

test('too large', async () => {
  await check('x'.repeat(1_048_577), /larger than 1 MB/);
});

test('no file', async () => {
  const cases: readonly [string, RegExp][] = [
    ['missing.json', /^Cannot read .*missing\.json: there is no such file\.$/],
    ['.', /it is a folder/],
    ['payload.voip.json/inside', /a part of its path is a file/],
    ['nul\0character', /nul/],
  ];
  for (const [name, expected] of cases) {
    const read = await readPayloadFile(`${folder}/${name}`);
    assert.match(read.ok ? '' : read.error, expected);
  }
});
