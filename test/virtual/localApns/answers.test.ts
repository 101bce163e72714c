import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  ACTIVE_TOKEN,
  BUNDLE_ID,
  connectTo,
  exchange,
  makeFolder,
  makeProviderToken,
  removeFolder,
  startTestApns,
  type TestRequest,
  UNREGISTERED_SINCE_MS,
  UNREGISTERED_TOKEN,
} from './apnsTestClient';

let folder: string;
before(async () => {
  folder = await makeFolder();
});
after(() => removeFolder(folder));

const header = (name: string, value: string): TestRequest => ({ headers: { [name]: value } });
const device = (token: string): TestRequest => ({ path: `/3/device/${token}` });

test('410 says since when, in milliseconds', async () => {
  assert.equal((await exchange(folder, device(UNREGISTERED_TOKEN))).timestamp, UNREGISTERED_SINCE_MS);
});

test('apns-id comes back as it was sent, and is made in upper case when it was not', async () => {
  const sent = await exchange(folder, header('apns-id', '123e4567-e89b-12d3-a456-4266554400a0'));
  assert.equal(sent.headers['apns-id'], '123e4567-e89b-12d3-a456-4266554400a0');
  const made = await exchange(folder, {});
  assert.match(String(made.headers['apns-id']), /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  assert.equal(made.accepted[0]?.apnsId, made.headers['apns-id']);
  const refused = await exchange(folder, header('apns-priority', '0'));
  assert.match(String(refused.headers['apns-id']), /^[0-9A-F-]{36}$/);
});

test('apns-unique-id is a matter of the sandbox', async () => {
  assert.match(String((await exchange(folder, {})).headers['apns-unique-id']), /^[0-9a-f-]{36}$/);
  const production = await exchange(folder, {}, undefined, { environment: 'production' });
  assert.equal(production.headers['apns-unique-id'], undefined);
});

test('an accepted push is handed over with its exact bytes and without the provider token', async () => {
  const body = '{ "id" : 12345678901234567890, "x": 1.0, "x": 2 }';
  const { accepted } = await exchange(folder, { ...header('apns-id', '123e4567-e89b-12d3-a456-4266554400a0'), body });
  assert.equal(accepted.length, 1);
  const [push] = accepted;
  assert.equal(push?.deviceToken, ACTIVE_TOKEN);
  assert.equal(push?.topic, `${BUNDLE_ID}.voip`);
  assert.equal(Buffer.from(push?.body ?? []).toString(), body);
  assert.deepEqual(push?.headers, {
    'apns-topic': `${BUNDLE_ID}.voip`,
    'apns-push-type': 'voip',
    'apns-priority': '10',
    'apns-expiration': '0',
    'apns-id': '123e4567-e89b-12d3-a456-4266554400a0',
  });
});

test('a device that fails is an internal server error, not the end of the server', async () => {
  const failing = (): never => {
    throw new Error('no device');
  };
  assert.equal((await exchange(folder, {}, undefined, { tokenState: failing })).reason, 'InternalServerError');
  assert.equal((await exchange(folder, {}, undefined, { onAccepted: failing })).reason, 'InternalServerError');
});

test('a refusal is told, without the provider token', async () => {
  const refusals: unknown[] = [];
  const answer = await exchange(folder, device('00'), undefined, { onRefused: (push) => refusals.push(push) });
  assert.deepEqual(refusals, [
    {
      deviceToken: '00',
      topic: `${BUNDLE_ID}.voip`,
      apnsId: answer.headers['apns-id'],
      status: 400,
      reason: 'BadDeviceToken',
    },
  ]);
});

test('another key on a connection is unrelated, and the connection goes on', async () => {
  const { apns } = await startTestApns(folder);
  const connection = await connectTo(apns);
  assert.equal((await connection.send()).status, 200);
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const other = makeProviderToken(apns, { header: { kid: 'ABC123DEFG' }, signingKey: privateKey });
  assert.equal((await connection.send(header('authorization', `bearer ${other}`))).reason, 'UnrelatedKeyIdInToken');
  assert.equal((await connection.send()).status, 200);
  await apns.close();
});
