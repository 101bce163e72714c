import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { accept } from './loopbackApns';
import { type LoopbackProxy, type OnConnect, startLoopbackProxy } from './loopbackProxy';
import { push, startPair, until } from './sending';

async function startProxy(context: TestContext, onConnect?: OnConnect): Promise<LoopbackProxy> {
  const proxy = await startLoopbackProxy(onConnect);
  context.after(() => proxy.close());
  return proxy;
}

test('pushes go through the proxy, on one connection, and TLS is with APNs', async (context) => {
  const proxy = await startProxy(context);
  const { apns, client } = await startPair(context, {}, { proxy: proxy.url });
  const outcomes = await Promise.all(Array.from({ length: 300 }, () => client.send(push())));
  assert.ok(outcomes.every(({ kind }) => kind === 'accepted'));
  assert.deepEqual(
    proxy.asked.map(({ url, headers }) => [url, headers.host, headers['proxy-authorization']]),
    [[new URL(apns.origin).host, new URL(apns.origin).host, undefined]],
  );
});

test('user and password go to the proxy, and into no message', async (context) => {
  const proxy = await startProxy(context, (socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
  const url = proxy.url.replace('//', '//me:p%40ss@');
  const { client } = await startPair(context, {}, { proxy: url });
  const outcome = await client.send(push());
  assert.ok(outcome.kind === 'failed' && outcome.code === 'proxy');
  assert.match(outcome.message, /asks for a user and a password/);
  assert.ok(!/p@ss|p%40ss/.test(outcome.message));
  const [login] = proxy.asked.map(({ headers }) => headers['proxy-authorization']?.replace('Basic ', ''));
  assert.equal(Buffer.from(login ?? '', 'base64').toString(), 'me:p@ss');
});

test('a dropped way is opened again at the next send', async (context) => {
  const proxy = await startProxy(context);
  const { client } = await startPair(context, {}, { proxy: proxy.url });
  assert.equal((await client.send(push())).kind, 'accepted');
  proxy.dropAll();
  let outcome = await client.send(push());
  if (outcome.kind === 'failed') outcome = await client.send(push());
  assert.equal(outcome.kind, 'accepted');
  assert.equal(proxy.asked.length, 2);
});

const REFUSALS: Readonly<Record<string, readonly [onConnect: OnConnect, message: RegExp]>> = {
  'one that forbids it': [
    (socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'),
    /refused to connect to 127\.0\.0\.1:\d+ \(status 403\)/,
  ],
  'one that hangs up': [(socket) => socket.destroy(), /cannot be reached \(ECONNRESET\)/],
  'one that stays silent': [() => {}, /did not open a way to 127\.0\.0\.1:\d+ within 200 ms/],
};
for (const [name, [onConnect, message]] of Object.entries(REFUSALS)) {
  test(`${name} is named as the cause`, async (context) => {
    const proxy = await startProxy(context, onConnect);
    const { client } = await startPair(context, {}, { proxy: proxy.url, requestTimeoutMs: 200 });
    const outcome = await client.send(push());
    assert.ok(outcome.kind === 'failed' && outcome.code === 'proxy', JSON.stringify(outcome));
    assert.match(outcome.message, message);
    assert.match(outcome.message, /^The proxy 127\.0\.0\.1:\d+ /);
  });
}

for (const proxy of ['socks5://127.0.0.1:1080', 'proxy.example.com', '']) {
  test(`the proxy address ${JSON.stringify(proxy)} is refused`, async (context) => {
    const { client } = await startPair(context, {}, { proxy });
    const outcome = await client.send(push());
    assert.ok(outcome.kind === 'failed' && outcome.code === 'proxy');
    assert.match(outcome.message, /address of the proxy cannot be used/);
  });
}

test('cancelled while the proxy is asked: given up, and the next send asks again', async (context) => {
  const held: (() => void)[] = [];
  const closed: Socket[] = [];
  const proxy = await startProxy(context, (socket, open) => {
    socket.on('end', () => closed.push(socket));
    if (held.push(open) > 1) open();
    else socket.resume(); // its end is seen only by who reads
  });
  const { client } = await startPair(context, { answer: accept }, { proxy: proxy.url });
  const controller = new AbortController();
  const sending = client.send(push(), controller.signal);
  await until(() => proxy.asked.length === 1);
  controller.abort();
  const next = client.send(push());
  const outcome = await sending;
  assert.ok(outcome.kind === 'failed' && outcome.code === 'cancelled');
  assert.equal((await next).kind, 'accepted');
  await until(() => closed.length > 0);
});

test('close while the proxy is asked', async (context) => {
  const proxy = await startProxy(context, () => {});
  const { client } = await startPair(context, {}, { proxy: proxy.url });
  const sending = client.send(push());
  await until(() => proxy.asked.length === 1);
  await client.close();
  const outcome = await sending;
  assert.ok(outcome.kind === 'failed' && outcome.code === 'closed');
});
