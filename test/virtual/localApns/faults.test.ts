import assert from 'node:assert/strict';
import { constants } from 'node:http2';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { APNS_REASON_STATUS } from '../../../src/core/apns/apnsReason';
import { parseFault } from '../../../src/virtual/localApns/parseFault';
import {
  connectTo,
  makeFolder,
  type RunningApns,
  removeFolder,
  startTestApns,
  type TestConnection,
} from './apnsTestClient';

let folder: string;
let running: RunningApns;
let connection: TestConnection;

before(async () => {
  folder = await makeFolder();
});
after(() => removeFolder(folder));
beforeEach(async () => {
  running = await startTestApns(folder);
  connection = await connectTo(running.apns);
});
afterEach(() => running.apns.close());

function setFault(text: string): void {
  const parsed = parseFault(text);
  assert.ok(parsed.ok);
  running.apns.setFault(parsed.fault);
}

function closed(): Promise<void> {
  return new Promise((resolve) => {
    if (connection.session.destroyed) resolve();
    else connection.session.once('close', () => resolve());
  });
}

for (const [reason, status] of Object.entries(APNS_REASON_STATUS)) {
  test(`reason=${reason} answers ${status}, and the push is not handed over`, async () => {
    setFault(`reason=${reason}`);
    const answer = await connection.send();
    assert.deepEqual([answer.status, answer.reason], [status, reason]);
    assert.equal(typeof answer.timestamp, status === 410 ? 'number' : 'undefined');
    assert.equal(running.accepted.length, 0);
  });
}

test('a status without a reason is not in the form of APNs', async () => {
  setFault('status=502');
  const answer = await connection.send();
  assert.equal(answer.status, 502);
  assert.equal(answer.reason, undefined);
  assert.equal(answer.headers['apns-id'], undefined);
  assert.equal(answer.headers['content-type'], 'text/plain');
});

test('times=2 hits two pushes, the third is answered by the rules', async () => {
  setFault('status=503,times=2');
  const statuses = [await connection.send(), await connection.send(), await connection.send()].map(
    ({ status }) => status,
  );
  assert.deepEqual(statuses, [503, 503, 200]);
  assert.equal(running.accepted.length, 1);
});

test('a fault that is taken back is gone', async () => {
  setFault('reset');
  running.apns.setFault(undefined);
  assert.equal((await connection.send()).status, 200);
});

test('delay only delays: a push sent later on another connection is answered first', async () => {
  const other = await connectTo(running.apns);
  setFault('delay=1000,times=1');
  const order: string[] = [];
  const slow = connection.send().then((answer) => order.push(`slow ${answer.status}`));
  // Answered after the push has come in: the fault is taken by the slow one.
  await new Promise((resolve) => connection.session.ping(resolve));
  const fast = other.send().then((answer) => order.push(`fast ${answer.status}`));
  await Promise.all([slow, fast]);
  assert.deepEqual(order, ['fast 200', 'slow 200']);
});

test('goaway: the answer comes after GOAWAY and counts', async () => {
  setFault('goaway');
  const answer = await connection.send();
  assert.equal(answer.status, 200);
  assert.equal(running.accepted.length, 1);
  assert.equal(connection.goaways[0]?.code, constants.NGHTTP2_NO_ERROR);
  assert.equal(connection.goaways[0]?.lastStreamId, answer.streamId);
  await closed();
});

test('goaway with a delay and several pushes in flight: all are answered', async () => {
  assert.equal((await connection.sendFirst()).status, 200);
  setFault('delay=200,goaway');
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => connection.send()));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200, 200, 200],
  );
  await closed();
});

test('goaway-unprocessed on the first push: the last stream id is 0', async () => {
  setFault('goaway-unprocessed');
  const answer = await connection.send();
  assert.equal(answer.status, undefined);
  assert.deepEqual(
    connection.goaways.map(({ code, lastStreamId }) => [code, lastStreamId]),
    [[constants.NGHTTP2_NO_ERROR, 0]],
  );
  assert.equal(running.accepted.length, 0);
  await closed();
});

test('goaway-unprocessed on a later push: the last stream id is that of the push before', async () => {
  const first = await connection.send();
  setFault('goaway-unprocessed');
  const second = await connection.send();
  assert.equal(second.status, undefined);
  assert.equal(second.resetCode, constants.NGHTTP2_REFUSED_STREAM);
  assert.ok(connection.goaways.length > 0);
  for (const { lastStreamId } of connection.goaways) assert.equal(lastStreamId, first.streamId);
  assert.equal(running.accepted.length, 1);
  await closed();
});

test('goaway-unprocessed on a push that a later one has overtaken: refused, and the later one keeps its answer', async () => {
  assert.equal((await connection.sendFirst()).status, 200);
  setFault('delay=500,goaway-unprocessed,times=1');
  const [early, late] = await Promise.all([connection.send(), connection.send()]);
  assert.equal(early.status, undefined);
  assert.equal(early.resetCode, constants.NGHTTP2_REFUSED_STREAM);
  assert.equal(late.status, 200);
  for (const { lastStreamId } of connection.goaways) assert.ok(lastStreamId >= late.streamId);
  assert.equal(running.accepted.length, 2);
  await closed();
});

test('reset: the stream ends with INTERNAL_ERROR and the connection goes on', async () => {
  setFault('reset,times=1');
  const answer = await connection.send();
  assert.equal(answer.status, undefined);
  assert.equal(answer.resetCode, constants.NGHTTP2_INTERNAL_ERROR);
  assert.equal((await connection.send()).status, 200);
});

test('refuse: the stream ends with REFUSED_STREAM and the connection goes on', async () => {
  setFault('refuse,times=1');
  const answer = await connection.send();
  assert.equal(answer.status, undefined);
  assert.equal(answer.resetCode, constants.NGHTTP2_REFUSED_STREAM);
  assert.equal((await connection.send()).status, 200);
});

test('drop: the connection is gone without GOAWAY', async () => {
  setFault('drop');
  const answer = await connection.send();
  assert.equal(answer.status, undefined);
  assert.deepEqual(connection.goaways, []);
  await closed();
});

test('shutdown: 503 Shutdown, and a GOAWAY that says so', async () => {
  setFault('shutdown');
  const answer = await connection.send();
  assert.deepEqual([answer.status, answer.reason], [503, 'Shutdown']);
  assert.equal(connection.goaways[0]?.text, '{"reason":"Shutdown"}');
  assert.equal(connection.goaways[0]?.lastStreamId, answer.streamId);
  await closed();
});

test('a client that goes away during a delay leaves nothing behind', async () => {
  setFault('delay=60000');
  const answer = connection.send();
  await new Promise((resolve) => setTimeout(resolve, 50));
  connection.close();
  assert.equal((await answer).status, undefined);
  running.apns.setFault(undefined);
  assert.equal((await (await connectTo(running.apns)).send()).status, 200);
});
