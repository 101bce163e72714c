import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { createApnsClient } from '../../../src/adapters/apns/apnsClient';
import { accept, portOf } from './loopbackApns';
import { credentials, push, startPair, until } from './sending';

const codes = (outcomes: readonly { kind: string }[]) =>
  outcomes.map((outcome) => ('code' in outcome ? outcome.code : outcome.kind));

test('cancelled before it starts: nothing is sent', async (context) => {
  const { apns, client } = await startPair(context);
  const outcome = await client.send(push(), AbortSignal.abort());
  assert.ok(outcome.kind === 'failed' && outcome.code === 'cancelled');
  assert.equal(outcome.message, 'Cancelled before the push was sent.');
  assert.equal(apns.connections(), 0);
});

test('cancelled in flight: the stream is ended at the server, the connection stays', async (context) => {
  const { apns, client } = await startPair(context, {
    answer: (request) => {
      if (request.number !== 2) accept(request);
    },
  });
  await client.send(push());
  const controller = new AbortController();
  const sending = client.send(push(), controller.signal);
  await until(() => apns.requests.length === 2);
  controller.abort();
  const outcome = await sending;
  assert.ok(outcome.kind === 'failed' && outcome.code === 'cancelled');
  assert.match(outcome.message, /It is unknown whether APNs took the push/);
  await until(() => apns.resets() === 1);
  assert.equal(apns.requests[1]?.stream.rstCode, 8);
  assert.equal((await client.send(push())).kind, 'accepted');
  assert.equal(apns.connections(), 1);
});

test('cancelled while waiting: not sent, and none goes out in the place of another', async (context) => {
  const { apns, client } = await startPair(context, { answer: () => {} }, { maxInFlight: 3 });
  const controller = new AbortController();
  const sendings = Array.from({ length: 100 }, () => client.send(push(), controller.signal));
  await until(() => apns.requests.length === 1);
  controller.abort();
  const outcomes = await Promise.all(sendings);
  assert.deepEqual(new Set(codes(outcomes)), new Set(['cancelled']));
  await until(() => apns.resets() === 1);
  assert.equal(apns.requests.length, 1);
});

test('one of the waiting is cancelled: the others arrive', async (context) => {
  const { apns, client } = await startPair(context);
  const controller = new AbortController();
  const sendings = ['a', 'b', 'c'].map((body) => client.send(push(body), body === 'b' ? controller.signal : undefined));
  controller.abort();
  assert.deepEqual(codes(await Promise.all(sendings)), ['accepted', 'cancelled', 'accepted']);
  assert.deepEqual(
    apns.requests.map(({ body }) => `${body}`),
    ['a', 'c'],
  );
});

test('cancelled while connecting: the attempt is given up', async (context) => {
  const sockets: { destroyed: boolean }[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  const client = createApnsClient({ origin: `https://127.0.0.1:${portOf(server)}`, credentials });
  const controller = new AbortController();
  const sending = client.send(push(), controller.signal);
  await until(() => sockets.length === 1);
  controller.abort();
  assert.deepEqual(codes([await sending]), ['cancelled']);
  await until(() => sockets[0]?.destroyed === true);
  await client.close();
});

test('a signal after the outcome changes nothing, and keeps no listener', async (context) => {
  const { client } = await startPair(context);
  const listeners = new Set<() => void>();
  const signal = {
    aborted: false,
    addEventListener: (_: 'abort', listener: () => void) => void listeners.add(listener),
    removeEventListener: (_: 'abort', listener: () => void) => void listeners.delete(listener),
  };
  const sendings = [client.send(push(), signal), client.send(push(), signal)];
  assert.equal(listeners.size, 1);
  assert.deepEqual(codes(await Promise.all(sendings)), ['accepted', 'accepted']);
  assert.equal(listeners.size, 0);
});

test('close fails what is in flight and what waits, and what comes after; twice is fine', async (context) => {
  const { apns, client } = await startPair(context, { answer: () => {} });
  const sendings = Array.from({ length: 10 }, () => client.send(push()));
  await until(() => apns.requests.length === 1);
  await client.close();
  const outcomes = await Promise.all(sendings);
  assert.deepEqual(codes(outcomes), Array(10).fill('closed'));
  const messages = outcomes.map((outcome) => (outcome.kind === 'failed' ? outcome.message : ''));
  assert.match(messages[0] ?? '', /unknown whether APNs took the push/);
  assert.match(messages[9] ?? '', /before the push was sent/);
  assert.deepEqual(codes([await client.send(push())]), ['closed']);
  await client.close();
  await until(() => apns.openConnections() === 0);
  assert.equal(apns.requests.length, 1);
});

test('close in the turn of the first send', async (context) => {
  const { apns, client } = await startPair(context);
  const sending = client.send(push());
  await client.close();
  assert.deepEqual(codes([await sending]), ['closed']);
  await until(() => apns.openConnections() === 0);
  assert.equal(apns.requests.length, 0);
});

test('close while a server does not even answer the handshake', async (context) => {
  const server = createServer((socket) => socket.on('error', () => {}).resume());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  const client = createApnsClient({ origin: `https://127.0.0.1:${portOf(server)}`, credentials });
  const sending = client.send(push());
  await new Promise((resolve) => setTimeout(resolve, 30));
  await client.close();
  assert.deepEqual(codes([await sending]), ['closed']);
});
