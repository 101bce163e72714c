import assert from 'node:assert/strict';
import { createServer, type Server, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { type ApnsClientOptions, createApnsClient } from '../../../src/adapters/apns/apnsClient';
import { explainConnectionError } from '../../../src/adapters/apns/connectionFailure';
import { portOf, sharedCertificates, startLoopbackApns } from './loopbackApns';
import { makeCertificates } from './loopbackCertificates';
import { credentials, push, startPair } from './sending';

async function listen(context: TestContext, server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `https://127.0.0.1:${portOf(server)}`;
}

/** Two sends, so that it shows that the client goes on after a failure. */
async function check(
  options: Pick<ApnsClientOptions, 'origin'> & Partial<ApnsClientOptions>,
  codes: RegExp,
  message: RegExp,
): Promise<void> {
  const client = createApnsClient({ ca: sharedCertificates().ca, credentials, ...options });
  for (let sent = 0; sent < 2; sent += 1) {
    const outcome = await client.send(push());
    assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
    assert.match(outcome.code, codes);
    assert.match(outcome.message, message);
    assert.ok(outcome.latencyMs >= 0);
  }
  await client.close();
}

test('connection refused', async () => {
  const gone = await startLoopbackApns();
  await gone.close();
  const { host } = new URL(gone.origin);
  await check(
    { origin: gone.origin },
    /^ECONNREFUSED$/,
    new RegExp(`^Nothing accepts connections at ${host}\\. Start the server, or correct`),
  );
});

test('a name that does not exist', async () => {
  const origin = `https://${'x'.repeat(64)}.invalid`; // too long a label for any name server to be asked
  await check({ origin }, /^(ENOTFOUND|EAI_AGAIN)$/, /The name in x+\.invalid:443 /);
});

test('a certificate of an unknown authority', async (context) => {
  const apns = await startLoopbackApns();
  context.after(() => apns.close());
  const { ca } = makeCertificates(['127.0.0.1']);
  await check(
    { origin: apns.origin, ca },
    /^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_SIGNATURE_FAILURE)$/,
    /not signed by/,
  );
});

test('a certificate of an unknown authority, without any CA given', async (context) => {
  const apns = await startLoopbackApns();
  context.after(() => apns.close());
  const client = createApnsClient({ origin: apns.origin, credentials });
  const outcome = await client.send(push());
  assert.ok(outcome.kind === 'failed' && outcome.code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', JSON.stringify(outcome));
  await client.close();
});

test('a certificate for another host', async (context) => {
  const certificates = makeCertificates(['apns.example']);
  const apns = await startLoopbackApns({ certificates });
  context.after(() => apns.close());
  await check({ origin: apns.origin, ca: certificates.ca }, /^ERR_TLS_CERT_ALTNAME_INVALID$/, /made for another host/);
});

test('an expired certificate', async (context) => {
  const certificates = makeCertificates(['127.0.0.1'], new Date(Date.now() - 30 * 86_400_000));
  const apns = await startLoopbackApns({ certificates });
  context.after(() => apns.close());
  await check({ origin: apns.origin, ca: certificates.ca }, /^CERT_HAS_EXPIRED$/, /has expired/);
});

for (const [name, ca] of Object.entries({
  broken: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
  'no certificate': 'hello',
  empty: '',
})) {
  test(`a CA that cannot be read: ${name}`, () =>
    check({ origin: 'https://127.0.0.1:9', ca }, /^ERR_OSSL_/, /^The CA certificate cannot be read\./));
}

test('a server that refuses HTTP/2 in the handshake', async (context) => {
  const { cert, key } = sharedCertificates();
  const origin = await listen(context, createTlsServer({ cert, key, ALPNProtocols: ['http/1.1'] }));
  await check({ origin }, /NO_APPLICATION_PROTOCOL$/, /does not speak HTTP\/2/);
});

test('a server that knows no ALPN', async (context) => {
  const { cert, key } = sharedCertificates();
  const origin = await listen(context, createTlsServer({ cert, key }));
  await check({ origin }, /^no-http2$/, /does not speak HTTP\/2/);
});

test('a server without TLS', async (context) => {
  const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  const origin = await listen(context, server);
  await check({ origin }, /^(EPROTO|ERR_SSL_WRONG_VERSION_NUMBER)$/, /does not speak TLS/);
});

test('a server that hangs up in the handshake', async (context) => {
  const origin = await listen(
    context,
    createServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
  );
  await check({ origin }, /^ECONNRESET$/, /while it was being opened/);
});

test('a server that never answers the handshake', async (context) => {
  const origin = await listen(context, createServer());
  await check({ origin, requestTimeoutMs: 100 }, /^timeout$/, /^No HTTP\/2 connection to .* within 100 ms/);
});

test('a server that never sends its SETTINGS', async (context) => {
  const { cert, key } = sharedCertificates();
  const origin = await listen(context, createTlsServer({ cert, key, ALPNProtocols: ['h2'] }));
  await check({ origin, requestTimeoutMs: 300 }, /^timeout$/, /^No HTTP\/2 connection/);
});

test('a server that hangs up before its SETTINGS', async (context) => {
  const { cert, key } = sharedCertificates();
  const origin = await listen(
    context,
    createTlsServer({ cert, key, ALPNProtocols: ['h2'] }, (socket) => socket.on('error', () => {}).end()),
  );
  await check({ origin }, /^(connection-lost|ECONNRESET)$/, /closed the connection before it took a push.*Try again/);
});

test('a server that says GOAWAY with its SETTINGS to every connection', async (context) => {
  const { cert, key, ca } = sharedCertificates();
  const frames = Buffer.from('000000040000000000' + '0000080700000000000000000000000000', 'hex');
  let connections = 0;
  const server = createTlsServer({ cert, key, ALPNProtocols: ['h2'] }, (socket) => {
    connections += 1;
    socket.on('error', () => {});
    socket.write(frames);
  });
  const client = createApnsClient({ origin: await listen(context, server), ca, credentials });
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => client.send(push())));
  for (const outcome of outcomes) {
    assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
    assert.match(outcome.code, /^(not-processed|connection-lost)$/);
    assert.match(outcome.message, /GOAWAY with error code 0/);
  }
  assert.ok(connections <= 10, `${connections}`);
  await client.close();
});

test('no answer: timeout, the stream is ended, and the next push takes a new connection', async (context) => {
  const { apns, client } = await startPair(context, { answer: () => {} }, { requestTimeoutMs: 150 });
  for (let sent = 1; sent <= 2; sent += 1) {
    const outcome = await client.send(push());
    assert.ok(outcome.kind === 'failed' && outcome.code === 'timeout', JSON.stringify(outcome));
    assert.match(outcome.message, /^No answer from .* within 150 ms\. It is unknown/);
    assert.ok(outcome.latencyMs >= 140);
    assert.equal(apns.connections(), sent);
    assert.equal(apns.requests.length, sent);
  }
});

for (const origin of ['', 'api.push.apple.com', 'http://127.0.0.1:2197', 'https://']) {
  test(`the address ${JSON.stringify(origin)}`, () =>
    check({ origin }, /^invalid-origin$/, /cannot be used\. Give one/));
}

test('every failure of a connection names the host, and what to do', () => {
  for (const code of ['ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'CERT_NOT_YET_VALID', 'ESOMETHING']) {
    const failure = explainConnectionError(Object.assign(new Error('broken'), { code }), 'apns.example:443');
    assert.equal(failure.code, code);
    assert.match(failure.message, /apns\.example:443.*\. ?[^.]*(Check|try again|firewall)/);
  }
  const several = new AggregateError([Object.assign(new Error('no'), { code: 'ECONNREFUSED' })], '');
  assert.equal(explainConnectionError(several, 'localhost:1').code, 'ECONNREFUSED');
  assert.equal(explainConnectionError('odd', 'localhost:1').code, 'connection-lost');
});
