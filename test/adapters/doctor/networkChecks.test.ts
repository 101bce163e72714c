import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { describe, it } from 'node:test';
import { checkClock } from '../../../src/adapters/doctor/clockCheck';
import { checkLoopback } from '../../../src/adapters/doctor/hostChecks';
import { checkPorts } from '../../../src/adapters/doctor/portCheck';

const never = new AbortController().signal;
const HOST = '127.0.0.1';

async function listening<T>(server: Server, work: (port: number) => Promise<T>): Promise<T> {
  server.listen(0, HOST);
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    return await work(port);
  } finally {
    server.close();
  }
}

const open = <T>(work: (port: number) => Promise<T>) =>
  listening(
    createServer((socket) => socket.destroy()),
    work,
  );

/** A port that nobody listens on. */
async function closedPort(): Promise<number> {
  return open(async (port) => port);
}

describe('the doctor on ports', () => {
  const apns = (ports: readonly number[], host = HOST) => ({ environment: 'sandbox', host, ports }) as const;

  it('is content when every port answers', () =>
    open((one) =>
      open(async (other) => {
        const { verdict, found } = await checkPorts(apns([one, other]), { env: {} }, never);
        assert.equal(verdict, 'ok');
        assert.equal(found, `${HOST} answers on port ${one} and port ${other}.`);
      }),
    ));

  it('warns when one of them answers, and says which', () =>
    open(async (one) => {
      const closed = await closedPort();
      const { verdict, found, fix } = await checkPorts(apns([one, closed]), { env: {} }, never);
      assert.equal(verdict, 'warning');
      assert.equal(found, `${HOST} answers on port ${one}, not on every port: port ${closed}: refused.`);
      assert.match(fix ?? '', new RegExp(`port ${one},`));
    }));

  it('finds a problem when none does, and names a proxy that it does not use', async () => {
    const closed = await closedPort();
    const { verdict, found, fix } = await checkPorts(
      apns([closed]),
      { env: { https_proxy: 'http://me:pw@proxy' } },
      never,
    );
    assert.equal(verdict, 'problem');
    assert.match(
      found,
      /^No network, or a firewall: .* refused\. https_proxy is set; this check does not go through it\.$/,
    );
    assert.doesNotMatch(found, /pw/);
    assert.match(fix ?? '', /outgoing TCP/);
  });

  it('says when the name cannot be resolved', async () => {
    // A label has at most 63 characters, so that nobody is asked for this name.
    const { verdict, found } = await checkPorts(apns([443], `${'x'.repeat(64)}.invalid`), { env: {} }, never);
    assert.equal(verdict, 'problem');
    assert.match(found, /port 443: its name cannot be resolved/);
  });
});

describe('the doctor on the clock', () => {
  const SERVER_DATE = 'Tue, 08 Sep 2026 08:11:34 GMT';
  const SERVER_MS = Date.parse(SERVER_DATE);

  const answering = <T>(date: string | undefined, work: (origin: string) => Promise<T>): Promise<T> => {
    const server = createHttp2Server();
    server.on('stream', (stream) => {
      stream.respond({ ':status': 405, ...(date !== undefined && { date }) }, {
        endStream: true,
        sendDate: false,
      } as object);
    });
    return listening(server, (port) => work(`http://${HOST}:${port}`));
  };

  const cases: readonly (readonly [skewMs: number, verdict: string, found: RegExp])[] = [
    [0, 'ok', /^The same as the clock of 127/],
    [-20_000, 'ok', /^20 s behind the clock/],
    [300_000, 'ok', /^5 min ahead of/],
    [301_000, 'problem', /^5 min 1 s ahead of .* refuse provider tokens/],
    [-7_200_000, 'problem', /^2 h behind/],
  ];
  for (const [skewMs, verdict, found] of cases) {
    it(`judges ${skewMs} ms: ${verdict}`, () =>
      answering(SERVER_DATE, async (origin) => {
        const finding = await checkClock({ timeOrigins: [origin], nowMs: () => SERVER_MS + skewMs }, never);
        assert.equal(finding.verdict, verdict);
        assert.match(finding.found, found);
        assert.equal(finding.fix === undefined, verdict === 'ok');
      }));
  }

  it('takes the origin that gives a date', () =>
    answering(undefined, (silent) =>
      answering(SERVER_DATE, async (telling) => {
        const finding = await checkClock({ timeOrigins: [silent, telling], nowMs: () => SERVER_MS }, never);
        assert.equal(finding.found, `The same as the clock of ${new URL(telling).host}.`);
      }),
    ));

  it('says why there is nothing to compare with', () =>
    answering(undefined, async (silent) => {
      const closed = `http://${HOST}:${await closedPort()}`;
      const finding = await checkClock({ timeOrigins: [silent, closed], nowMs: () => SERVER_MS }, never);
      assert.equal(finding.verdict, 'not-checked');
      assert.match(finding.found, /its answer has no date; 127\.0\.0\.1:\d+: refused\.$/);
    }));

  it('says so when the other end speaks no HTTP/2', () =>
    open(async (port) => {
      const finding = await checkClock({ timeOrigins: [`http://${HOST}:${port}`], nowMs: () => SERVER_MS }, never);
      assert.equal(finding.verdict, 'not-checked');
    }));
});

describe('the doctor on the local APNs', () => {
  it('listens on loopback, and says why it cannot', async () => {
    assert.equal((await checkLoopback({ loopback: HOST })).verdict, 'ok');
    // RFC 5737: an address that is nobody's, this computer's neither.
    const finding = await checkLoopback({ loopback: '203.0.113.1' });
    assert.equal(finding.verdict, 'problem');
    assert.match(finding.found, /cannot listen on 203\.0\.113\.1: .*EADDRNOTAVAIL/);
  });
});
