import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectHttp2, constants } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { type ConnectionOptions, connect as connectTls, DEFAULT_CIPHERS } from 'node:tls';
import { LocalApnsError, startLocalApns } from '../../../src/virtual/localApns/localApns';
import {
  ACTIVE_TOKEN,
  connectTo,
  makeFolder,
  makeProviderToken,
  type RunningApns,
  removeFolder,
  startTestApns,
} from './apnsTestClient';

let folder: string;
let running: RunningApns;

before(async () => {
  folder = await makeFolder();
});
after(() => removeFolder(folder));
beforeEach(async () => {
  running = await startTestApns(folder);
});
afterEach(() => running.apns.close());

const RIGHT_HEADERS = {
  ':method': 'POST',
  ':path': `/3/device/${ACTIVE_TOKEN}`,
  'apns-topic': 'com.example.app.voip',
  'apns-push-type': 'voip',
};

test('a new connection has one stream, until a request with a valid provider token', async () => {
  const connection = await connectTo(running.apns);
  assert.equal(connection.session.remoteSettings.maxConcurrentStreams, 1);
  assert.equal((await connection.send({ headers: { authorization: undefined } })).status, 403);
  assert.equal(connection.session.remoteSettings.maxConcurrentStreams, 1);
  const raised = once(connection.session, 'remoteSettings');
  // Refused for another reason than the token: the token is valid all the same.
  assert.equal((await connection.send({ headers: { 'apns-priority': '0' } })).status, 400);
  await raised;
  assert.equal(connection.session.remoteSettings.maxConcurrentStreams, 500);
  const answers = await Promise.all(Array.from({ length: 200 }, () => connection.send()));
  assert.ok(answers.every(({ status }) => status === 200));
});

test('a client that does not wait for the settings has its surplus streams refused, and none counted twice', async () => {
  const session = connectHttp2(running.apns.origin, { ca: running.apns.ca });
  const authorization = `bearer ${makeProviderToken(running.apns)}`;
  const ends = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const stream = session.request({ ...RIGHT_HEADERS, authorization });
      let status: unknown;
      stream.on('error', () => {});
      stream.on('response', (headers) => {
        status = headers[':status'];
      });
      stream.resume();
      stream.end('{}');
      await new Promise((resolve) => stream.once('close', resolve));
      return status ?? stream.rstCode;
    }),
  );
  session.destroy();
  assert.ok(
    ends.every((end) => end === 200 || end === constants.NGHTTP2_REFUSED_STREAM),
    String(ends),
  );
  assert.equal(running.accepted.length, ends.filter((end) => end === 200).length);
  assert.ok(running.accepted.length >= 1);
});

test('a payload that its client breaks off is not handed over', async () => {
  const connection = await connectTo(running.apns);
  const authorization = `bearer ${makeProviderToken(running.apns)}`;
  const stream = connection.session.request({ ...RIGHT_HEADERS, authorization });
  stream.on('error', () => {});
  stream.write('{"aps":');
  // The stream limit is raised once the headers have been judged: now the payload is being read.
  await once(connection.session, 'remoteSettings');
  // `stream.close` would end the payload properly first.
  connection.session.destroy();
  await once(connection.session, 'close');
  assert.equal((await (await connectTo(running.apns)).send()).status, 200);
  assert.equal(running.accepted.length, 1);
});

test('ten thousand pushes on one connection are all answered', async () => {
  const connection = await connectTo(running.apns);
  await connection.send();
  let answered = 0;
  const send = async (): Promise<void> => {
    for (let count = 0; count < 200; count += 1) if ((await connection.send()).status === 200) answered += 1;
  };
  await Promise.all(Array.from({ length: 50 }, send));
  assert.equal(answered, 10_000);
});

/** Ends as `secure` with the protocols agreed on, or as the error that refuses. */
function handshake(options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectTls({ host: '127.0.0.1', port: running.apns.port, ca: running.apns.ca, ...options });
    let outcome = '';
    socket.once('secureConnect', () => {
      outcome = `${socket.getProtocol()} ${socket.alpnProtocol}`;
      socket.end();
    });
    socket.once('error', (error) => {
      outcome ||= error.message;
    });
    socket.on('data', () => {});
    socket.once('close', () => resolve(outcome));
  });
}

test('TLS 1.3 and 1.2 are spoken, 1.1 is not', async () => {
  assert.equal(await handshake({ ALPNProtocols: ['h2'] }), 'TLSv1.3 h2');
  assert.equal(await handshake({ ALPNProtocols: ['h2'], maxVersion: 'TLSv1.2' }), 'TLSv1.2 h2');
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0` } as const;
  assert.match(await handshake({ ALPNProtocols: ['h2'], ...old }), /alert|version|protocol/i);
});

test('HTTP/1.1 is refused in the handshake', async () => {
  assert.match(await handshake({ ALPNProtocols: ['http/1.1'] }), /no application protocol/i);
});

test('a client without ALPN is dropped', async () => {
  assert.doesNotMatch(await handshake({}), /h2/);
  assert.equal((await (await connectTo(running.apns)).send()).status, 200);
});

test('the certificate holds for localhost and 127.0.0.1, by the CA and no other', async () => {
  const h2 = { ALPNProtocols: ['h2'] };
  assert.equal(await handshake({ ...h2, servername: 'localhost' }), 'TLSv1.3 h2');
  assert.match(await handshake({ ...h2, servername: 'api.push.apple.com' }), /does not match certificate/);
  assert.match(await handshake({ ...h2, ca: [] }), /self-signed|unable to (get|verify)/);
});

test('bytes that are not TLS, and not HTTP/2 inside TLS, do no harm', async () => {
  const tcp = connectTcp(running.apns.port, '127.0.0.1');
  tcp.on('error', () => {});
  tcp.end('GET / HTTP/1.1\r\n\r\n');
  await once(tcp.resume(), 'close');
  const tls = connectTls({ port: running.apns.port, host: '127.0.0.1', ca: running.apns.ca, ALPNProtocols: ['h2'] });
  tls.on('error', () => {});
  tls.write('GET / HTTP/1.1\r\n\r\n'.repeat(10));
  await once(tls.resume(), 'close');
  assert.equal((await (await connectTo(running.apns)).send()).status, 200);
});

test('close ends everything at once: idle, in the handshake, in a payload, in a delay', async () => {
  const idle = await connectTo(running.apns);
  const silent = connectTcp(running.apns.port, '127.0.0.1');
  silent.on('error', () => {});
  await once(silent, 'connect');
  const halfway = await connectTo(running.apns);
  const authorization = `bearer ${makeProviderToken(running.apns)}`;
  const stream = halfway.session.request({ ...RIGHT_HEADERS, authorization });
  stream.on('error', () => {});
  stream.write('{');
  running.apns.setFault({ delayMs: 600_000 });
  const delayed = (await connectTo(running.apns)).send();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const ends = Promise.all([
    once(idle.session, 'close'),
    once(halfway.session, 'close'),
    once(silent.resume(), 'close'),
    delayed,
  ]);
  await running.apns.close();
  const [, , , answer] = await ends;
  assert.equal(answer.status, undefined);
  await running.apns.close();
});

const anyPhone = { tokenState: () => ({ kind: 'unknown' }) as const, onAccepted: () => {} };

test('a port that is taken is named, with what to do', async () => {
  const { port } = running.apns;
  await assert.rejects(startLocalApns({ folder, port, ...anyPhone }), (error) => {
    assert.ok(error instanceof LocalApnsError);
    assert.equal(error.code, 'port-in-use');
    assert.match(error.message, new RegExp(`Port ${port} is already in use.*choose another port`));
    return true;
  });
});

test('a port that is none is named', async () => {
  for (const port of [70_000, -1, 1.5]) {
    await assert.rejects(startLocalApns({ folder, port, ...anyPhone }), {
      name: 'LocalApnsError',
      code: 'port-invalid',
    });
  }
});

test('a port is free again after close', async () => {
  const { port } = running.apns;
  await running.apns.close();
  running = await startTestApns(folder, { port });
  assert.equal(running.apns.origin, `https://127.0.0.1:${port}`);
  assert.equal((await (await connectTo(running.apns)).send()).status, 200);
});
