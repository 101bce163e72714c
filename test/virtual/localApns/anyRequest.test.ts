import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { APNS_REASON_STATUS, isApnsReason } from '../../../src/core/apns/apnsReason';
import { fc, runs } from '../../propertyRuns';
import {
  ACTIVE_TOKEN,
  BUNDLE_ID,
  connectTo,
  makeFolder,
  makeProviderToken,
  type RunningApns,
  removeFolder,
  startTestApns,
  type TestConnection,
  type TestRequest,
  UNREGISTERED_TOKEN,
} from './apnsTestClient';

let folder: string;
let running: RunningApns;
let connection: TestConnection;

before(async () => {
  folder = await makeFolder();
  running = await startTestApns(folder);
  connection = await connectTo(running.apns);
});
after(async () => {
  await running.apns.close();
  await removeFolder(folder);
});

/** What may stand in a header value: anything else never leaves a client. */
const headerText = fc
  .string({
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .filter((code) => code !== 0x7f)
      .map((code) => String.fromCharCode(code)),
  })
  .map((text) => text.trim());
const base64urlJson = fc.json().map((text) => Buffer.from(text).toString('base64url'));

const request: fc.Arbitrary<TestRequest> = fc.record(
  {
    method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'DELETE', 'X'),
    path: fc.oneof(
      fc.webPath().map((path) => `/${path}`),
      fc.constantFrom('/3/device/', '/3/device', `/3/device/${ACTIVE_TOKEN}`, `/3/device/${UNREGISTERED_TOKEN}`),
      fc.string({ unit: fc.constantFrom('0', 'a', 'F', 'z', '/', '%', '?', '.') }).map((token) => `/3/device/${token}`),
    ),
    headers: fc.record(
      {
        authorization: fc.oneof(
          headerText,
          fc.tuple(base64urlJson, base64urlJson, base64urlJson).map((parts) => `bearer ${parts.join('.')}`),
        ),
        'apns-topic': fc.oneof(headerText, fc.constantFrom(BUNDLE_ID, `${BUNDLE_ID}.voip`, `${BUNDLE_ID}.voip.voip`)),
        'apns-push-type': fc.oneof(headerText, fc.constantFrom('voip', 'alert', 'toString')),
        'apns-priority': fc.oneof(headerText, fc.constantFrom('10', '5', '1', '010', '1e1')),
        'apns-expiration': fc.oneof(headerText, fc.integer().map(String)),
        'apns-id': fc.oneof(headerText, fc.uuid(), fc.array(fc.uuid(), { minLength: 2, maxLength: 3 })),
        'apns-collapse-id': fc.oneof(headerText, fc.constant('é'.repeat(64)), fc.constant('é'.repeat(65))),
        'x-other': headerText,
      },
      { requiredKeys: [] },
    ),
    body: fc.oneof(fc.json(), fc.uint8Array({ maxLength: 6000 }), fc.constant('')),
  },
  { requiredKeys: [] },
);

test('whatever is asked, the answer is 200 or a documented reason with its status', async () => {
  const reasons = new Set<string>();
  await fc.assert(
    fc.asyncProperty(request, async (asked) => {
      const answer = await connection.send(asked);
      if (answer.status === 200) {
        assert.equal(answer.text, '');
        return;
      }
      assert.ok(answer.reason !== undefined && isApnsReason(answer.reason), `${answer.status} ${answer.text}`);
      assert.equal(answer.status, APNS_REASON_STATUS[answer.reason]);
      assert.match(String(answer.headers['apns-id']), /^[0-9A-Fa-f-]{36}$/);
      reasons.add(answer.reason);
    }),
    { numRuns: runs(1000) },
  );
  // The property is worth something only if it gets past the first rules.
  assert.ok(reasons.size >= 10, [...reasons].join(' '));
  assert.equal((await connection.send()).status, 200);
});

test('no answer and no refusal repeats a provider token', async () => {
  const refusals: string[] = [];
  const other = await startTestApns(folder, { onRefused: (push) => refusals.push(JSON.stringify(push)) });
  const token = makeProviderToken(other.apns, { claims: { iss: 'DEF123GHIJ' } });
  const answer = await (await connectTo(other.apns)).send({ headers: { authorization: `bearer ${token}` } });
  assert.equal(answer.reason, 'InvalidProviderToken');
  for (const text of [...refusals, answer.text, JSON.stringify(answer.headers)])
    assert.equal(text.includes(token), false);
  assert.equal(refusals.length, 1);
  await other.apns.close();
});
