import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accept, type LoopbackRequest } from './loopbackApns';
import { push, startPair } from './sending';

const later = (request: LoopbackRequest) => setTimeout(() => accept(request), 10);

test('at most maxInFlight are in flight; all are answered', async (context) => {
  const { apns, client } = await startPair(context, { answer: later }, { maxInFlight: 7 });
  await client.send(push());
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => client.send(push())));
  assert.ok(outcomes.every(({ kind }) => kind === 'accepted'));
  assert.equal(apns.peak(), 7);
});

test('500 are in flight when nothing else is said', async (context) => {
  const { apns, client } = await startPair(context, {
    settings: { maxConcurrentStreams: 5000 },
    answer: (request) => setTimeout(() => accept(request), 300),
  });
  const outcomes = await Promise.all(Array.from({ length: 1200 }, () => client.send(push())));
  assert.ok(outcomes.every(({ kind }) => kind === 'accepted'));
  assert.equal(apns.peak(), 500);
});

test("the peer's limit holds, as it is now", async (context) => {
  const peaks = { before: 0, after: 0, now: 0 };
  const { apns, client } = await startPair(context, {
    settings: { maxConcurrentStreams: 1 },
    answer: (request) => {
      const phase = request.number <= 40 ? 'before' : 'after';
      peaks.now += 1;
      peaks[phase] = Math.max(peaks[phase], peaks.now);
      setTimeout(() => {
        peaks.now -= 1;
        if (request.number === 40) request.session.settings({ maxConcurrentStreams: 20 });
        accept(request);
      }, 3);
    },
  });
  const outcomes = await Promise.all(Array.from({ length: 200 }, () => client.send(push())));
  assert.ok(outcomes.every(({ kind }) => kind === 'accepted'));
  assert.deepEqual([peaks.before, peaks.after], [1, 20]);
  assert.equal(apns.requests.length, 200);
});

test('one at a time until the first success, whatever the peer allows', async (context) => {
  let peakUntilFirst = 0;
  const { apns, client } = await startPair(context, {
    answer: (request) => {
      setTimeout(
        () => {
          if (request.number > 1) return accept(request);
          peakUntilFirst = apns.peak();
          return accept(request);
        },
        request.number > 1 ? 10 : 100,
      );
    },
  });
  const outcomes = await Promise.all(Array.from({ length: 60 }, () => client.send(push())));
  assert.ok(outcomes.every(({ kind }) => kind === 'accepted'));
  assert.equal(peakUntilFirst, 1);
  assert.equal(apns.peak(), 59);
});

test('a limit of 0 ends in a timeout, not in waiting for ever', async (context) => {
  const { client } = await startPair(context, { settings: { maxConcurrentStreams: 0 } }, { requestTimeoutMs: 100 });
  const outcome = await client.send(push());
  assert.ok(outcome.kind === 'failed' && outcome.code === 'timeout', JSON.stringify(outcome));
});

test('20,000 at once: each arrives once and has one outcome', async (context) => {
  const { apns, client } = await startPair(context, {
    answer: (request) => accept(request, { 'apns-unique-id': `${request.body}` }),
  });
  const count = 20_000;
  const signal = new AbortController().signal;
  const outcomes = await Promise.all(
    Array.from({ length: count }, (_, index) => client.send(push(`${index}`), signal)),
  );
  outcomes.forEach((outcome, index) => {
    assert.equal(outcome.kind, 'accepted');
    assert.equal(outcome.apnsUniqueId, `${index}`);
  });
  assert.equal(new Set(apns.requests.map(({ body }) => `${body}`)).size, count);
  assert.equal(apns.requests.length, count);
  assert.equal(apns.connections(), 1);
  assert.ok(apns.peak() <= 500);
});
