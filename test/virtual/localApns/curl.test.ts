import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import {
  ACTIVE_TOKEN,
  makeFolder,
  makeProviderToken,
  type RunningApns,
  removeFolder,
  startTestApns,
} from './apnsTestClient';

/*
 * The same server seen by a client that is not Node's, in the way Apple's pages show it. Every rule has a row in
 * rules.test.ts, so a computer without a curl that speaks HTTP/2 misses none of them.
 */
const skip = curlSpeaksHttp2() ? false : 'no curl with HTTP/2 here';

function curlSpeaksHttp2(): boolean {
  try {
    return /\bHTTP2\b/.test(execFileSync('curl', ['--version'], { encoding: 'utf8' }));
  } catch {
    return false;
  }
}

let folder: string;
let running: RunningApns;
before(async () => {
  folder = await makeFolder();
  running = await startTestApns(folder);
});
after(async () => {
  await running.apns.close();
  await removeFolder(folder);
});

async function curl(body: string, ...headers: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('curl', [
    ...['--silent', '--show-error', '--http2', '--cacert', running.apns.caPath],
    ...['--write-out', '%{http_version} %{http_code}', '--data-binary', body],
    ...headers.flatMap((header) => ['--header', header]),
    `https://localhost:${running.apns.port}/3/device/${ACTIVE_TOKEN}`,
  ]);
  return stdout;
}

const authorization = (): string => `authorization: bearer ${makeProviderToken(running.apns)}`;
const VOIP = ['apns-topic: com.example.app.voip', 'apns-push-type: voip'];

test('curl pushes, with the CA from the folder and by the name localhost', { skip }, async () => {
  assert.equal(await curl('{"aps":{}}', authorization(), ...VOIP), '2 200');
  assert.equal(running.accepted.length, 1);
});

test('curl is told why not', { skip }, async () => {
  assert.equal(await curl('{"aps":{}}', ...VOIP), '{"reason":"MissingProviderToken"}2 403');
  assert.equal(
    await curl('{"aps":{}}', authorization(), 'apns-topic: com.example.app'),
    '{"reason":"TopicDisallowed"}2 400',
  );
});

test('curl gets the answer to a payload that is much too large', { skip }, async () => {
  assert.equal(await curl('x'.repeat(100_000), authorization(), ...VOIP), '{"reason":"PayloadTooLarge"}2 413');
});

test('a repeated provider token, which Node as a client does not send', { skip }, async () => {
  assert.equal(await curl('{}', authorization(), authorization(), ...VOIP), '{"reason":"DuplicateHeaders"}2 400');
});
