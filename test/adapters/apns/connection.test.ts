import assert from 'node:assert/strict';
import { constants } from 'node:http2';
import { test } from 'node:test';
import { accept, answerWith, type LoopbackRequest } from './loopbackApns';
import { push, startPair, until } from './sending';

const sendMany = (client: { send: (p: ReturnType<typeof push>) => Promise<unknown> }, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => client.send(push(`{"n":${index}}`))));

/** Each body and how often it came. */
function tally(requests: readonly LoopbackRequest[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { body } of requests) counts.set(`${body}`, (counts.get(`${body}`) ?? 0) + 1);
  return counts;
}

const kinds = (outcomes: readonly unknown[]) =>
  outcomes.map((outcome) => (outcome as { kind: string; code?: string }).code ?? (outcome as { kind: string }).kind);

test('keeps its connection for the sends that follow', async (context) => {
  const { apns, client } = await startPair(context);
  for (let sent = 0; sent < 5; sent += 1) await client.send(push());
  await sendMany(client, 50);
  assert.equal(apns.connections(), 1);
});

test('answers that come after a graceful GOAWAY count, and the next push takes a new connection', async (context) => {
  const held: LoopbackRequest[] = [];
  const { apns, client } = await startPair(context, {
    answer: (request) => {
      if (request.number === 1 || request.connection > 1) return accept(request);
      held.push(request);
      if (held.length < 50) return;
      request.session.goaway(constants.NGHTTP2_NO_ERROR, request.stream.id ?? 0, Buffer.from('{"reason":"Shutdown"}'));
      setTimeout(() => {
        for (const one of held) accept(one);
      }, 50);
    },
  });
  await client.send(push());
  const outcomes = await sendMany(client, 50);
  assert.deepEqual(new Set(kinds(outcomes)), new Set(['accepted']));
  assert.equal(apns.requests.length, 51);
  assert.deepEqual(kinds([await client.send(push())]), ['accepted']);
  assert.equal(apns.connections(), 2);
});

test('pushes that wait during a graceful GOAWAY go out on a new connection', async (context) => {
  const { apns, client } = await startPair(
    context,
    {
      answer: (request) => {
        if (request.number === 5) request.session.close();
        accept(request);
      },
    },
    { maxInFlight: 3 },
  );
  assert.deepEqual(new Set(kinds(await sendMany(client, 30))), new Set(['accepted']));
  assert.deepEqual(new Set(tally(apns.requests).values()), new Set([1]));
  assert.equal(apns.connections(), 2);
});

for (const code of [constants.NGHTTP2_NO_ERROR, constants.NGHTTP2_INTERNAL_ERROR]) {
  test(`what GOAWAY with error code ${code} names as not processed is sent again once, elsewhere`, async (context) => {
    const held: LoopbackRequest[] = [];
    const { apns, client } = await startPair(context, {
      answer: (request) => {
        if (request.number === 1 || request.connection > 1) return accept(request);
        held.push(request);
        if (held.length < 10) return;
        const answered = held.slice(0, 4);
        for (const one of answered) accept(one);
        setTimeout(() => request.session.goaway(code, answered.at(-1)?.stream.id ?? 0), 50);
      },
    });
    await client.send(push());
    assert.deepEqual(kinds(await sendMany(client, 10)), Array(10).fill('accepted'));
    const counts = tally(apns.requests);
    assert.deepEqual([...counts.values()].sort(), [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]);
    assert.equal(apns.connections(), 2);
  });
}

test('of a GOAWAY with an error, what may have been processed is not sent again', async (context) => {
  const { apns, client } = await startPair(context, {
    answer: ({ session, stream }) => session.goaway(11, stream.id ?? 0, Buffer.from('{"reason":"Overload"}')),
  });
  const outcome = await client.send(push());
  assert.ok(outcome.kind === 'failed' && outcome.code === 'connection-lost', JSON.stringify(outcome));
  assert.match(outcome.message, /GOAWAY \{"reason":"Overload"\}.*It is unknown whether APNs took the push/);
  assert.equal(apns.requests.length, 1);
});

test('a refused stream is sent again once, on a new connection, while the others stay', async (context) => {
  const { apns, client } = await startPair(context, {
    answer: (request) => {
      if (request.number === 3) request.stream.close(constants.NGHTTP2_REFUSED_STREAM);
      else setTimeout(() => accept(request), 20);
    },
  });
  await client.send(push());
  assert.deepEqual(kinds(await sendMany(client, 10)), Array(10).fill('accepted'));
  assert.equal(apns.requests.length, 12);
  assert.equal(apns.requests.at(-1)?.connection, 2);
});

test('a push refused twice is given up', async (context) => {
  const { apns, client } = await startPair(context, {
    answer: ({ stream }) => stream.close(constants.NGHTTP2_REFUSED_STREAM),
  });
  const outcome = await client.send(push());
  assert.ok(outcome.kind === 'failed' && outcome.code === 'not-processed', JSON.stringify(outcome));
  assert.match(outcome.message, /was not delivered/);
  assert.equal(apns.requests.length, 2);
  assert.equal(apns.connections(), 2);
});

for (const code of [constants.NGHTTP2_NO_ERROR, constants.NGHTTP2_INTERNAL_ERROR, constants.NGHTTP2_CANCEL]) {
  test(`a stream reset with error code ${code} fails, is not sent again, and leaves the connection`, async (context) => {
    const { apns, client } = await startPair(context, {
      answer: (request) => (request.number === 1 ? request.stream.close(code) : accept(request)),
    });
    const outcome = await client.send(push());
    assert.ok(outcome.kind === 'failed' && outcome.code === 'stream-reset', JSON.stringify(outcome));
    assert.match(outcome.message, new RegExp(`error code ${code}\\).*unknown whether`));
    assert.deepEqual(kinds([await client.send(push())]), ['accepted']);
    assert.equal(apns.requests.length, 2);
    assert.equal(apns.connections(), 1);
  });
}

for (const how of ['drop', 'end'] as const) {
  test(`a connection that breaks off in flight (${how}) fails the push as unknown; the next send heals it`, async (context) => {
    const { apns, client } = await startPair(context, {
      answer: (request) => {
        if (request.connection > 1) accept(request);
        else if (how === 'drop') request.drop();
        else apns.dropAll();
      },
    });
    const outcome = await client.send(push());
    assert.ok(outcome.kind === 'failed' && outcome.code === 'connection-lost', JSON.stringify(outcome));
    assert.match(outcome.message, /It is unknown whether APNs took the push\. The next send connects again\./);
    assert.equal(apns.requests.length, 1);
    assert.deepEqual(kinds([await client.send(push())]), ['accepted']);
  });
}

test('a connection that breaks off fails what was in flight; what waited goes out on a new one', async (context) => {
  const held: LoopbackRequest[] = [];
  const { apns, client } = await startPair(
    context,
    {
      answer: (request) => {
        if (request.number === 1 || request.connection > 1) accept(request);
        else if (held.push(request) === 4) request.drop();
      },
    },
    { maxInFlight: 4 },
  );
  await client.send(push());
  const outcomes = kinds(await sendMany(client, 12));
  assert.equal(outcomes.filter((kind) => kind === 'connection-lost').length, 4);
  assert.equal(outcomes.filter((kind) => kind === 'accepted').length, 8);
  assert.deepEqual(new Set(tally(apns.requests).values()), new Set([1]));
});

test('a connection that is reset behind its last answers fails what was in flight at once', async (context) => {
  const held: LoopbackRequest[] = [];
  const { apns, client } = await startPair(
    context,
    {
      answer: (request) => {
        if (request.number === 1 || request.connection > 1) accept(request);
        else if (held.push(request) === 40) {
          // More than fits into one TLS record, and all of it over there before the reset: it is read in one go.
          for (const one of held) answerWith(one, 400, 'x'.repeat(1000));
          setImmediate(request.drop);
        }
      },
    },
    { maxInFlight: 40 },
  );
  await client.send(push());
  const outcomes = kinds(await sendMany(client, 120));
  assert.deepEqual([...new Set(outcomes)].sort(), ['accepted', 'connection-lost', 'rejected']);
  assert.deepEqual(new Set(tally(apns.requests).values()), new Set([1]));
});

test('an idle connection that the server closed is replaced at the next send', async (context) => {
  const { apns, client } = await startPair(context);
  await client.send(push());
  apns.dropAll();
  await until(() => apns.openConnections() === 0);
  await new Promise((resolve) => setTimeout(resolve, 50)); // for the news to arrive here
  assert.deepEqual(kinds([await client.send(push())]), ['accepted']);
  assert.equal(apns.connections(), 2);
});

test('a status that has come is the answer, whatever breaks off after it', async (context) => {
  const { client } = await startPair(context, {
    answer: (request) => {
      request.stream.respond({ ':status': request.number === 1 ? 200 : 400 });
      request.stream.write(request.number === 1 ? ' ' : '{"reason":');
      setTimeout(() => request.drop(), 30);
    },
  });
  assert.deepEqual(kinds([await client.send(push())]), ['accepted']);
  const { latencyMs, ...outcome } = await client.send(push());
  assert.deepEqual(outcome, { kind: 'rejected', status: 400, body: '{"reason":' });
  assert.ok(latencyMs > 0);
});

test('a rejected first push still lets the others follow, one by one', async (context) => {
  const { apns, client } = await startPair(context, {
    answer: (request) => setTimeout(() => answerWith(request, 403, '{"reason":"InvalidProviderToken"}'), 2),
  });
  assert.deepEqual(kinds(await sendMany(client, 20)), Array(20).fill('rejected'));
  assert.equal(apns.peak(), 1);
});
