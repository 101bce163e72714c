import { X509Certificate } from 'node:crypto';
import { type ClientHttp2Session, type ClientHttp2Stream, constants, connect as startHttp2 } from 'node:http2';
import { isIP, type Socket } from 'node:net';
import { connect as startTls, type TLSSocket } from 'node:tls';
import createClientClass, { type NodeApnLogger } from '@parse/node-apn/lib/client';
import type { OutgoingPush } from '../../core/ports';
import { openTunnel } from './proxyTunnel';

/** A provider token as node-apn's client asks for it, before each request. */
export interface NodeApnToken {
  readonly generation: number;
  readonly current: string;
  isExpired(): boolean;
  regenerate(generation: number): void;
}

export interface NodeApnConnection {
  readonly session: ClientHttp2Session;
  /** Below the session: the only way to end a connection to a peer that answers nothing. */
  readonly socket: TLSSocket;
}

/** node-apn's client, reduced to what sends: it builds the request, signs it and writes it. */
export interface NodeApn {
  /**
   * Starts a connection and makes it the one for `post`. Fails with what node:tls throws, for example over a broken CA, and
   * with a ProxyError. `signal` ends the wait for a proxy.
   */
  connect(signal: AbortSignal): Promise<NodeApnConnection>;
  /** Sends at once on the latest connection. Throws what node:http2 throws. */
  post(push: OutgoingPush): ClientHttp2Stream;
  /** Stops its timers; connections are their openers' business. */
  close(): void;
}

export interface NodeApnOptions {
  readonly origin: string;
  readonly ca?: string;
  /** Left out with a client certificate. */
  readonly token?: NodeApnToken;
  /** PEM texts. */
  readonly clientCertificate?: { readonly certificate: string; readonly key: string };
  readonly proxy?: string;
  /** For the proxy to let us through. */
  readonly tunnelTimeoutMs: number;
}

/**
 * node-apn with an http2 of ours injected. Left alone it sends again up to three times, loses headers and bodies,
 * and destroys a connection at a graceful GOAWAY while the answers are still coming; so it gets a session
 * that it can send on and nothing more, and the answers are read from the stream.
 */
export function createNodeApn(options: NodeApnOptions): NodeApn {
  const latest: { connection?: NodeApnConnection; tunnel?: Socket } = {};
  const writer = createStreamWriter();
  let whyNotPosted: unknown;

  const Client = createClientClass({
    logger: SILENT,
    errorLogger: SILENT,
    config: () => ({
      address: new URL(options.origin).host,
      ...(options.token === undefined ? {} : { token: options.token }),
      connectionRetryLimit: 0,
      requestTimeout: 0, // none: ours bounds the whole answer, node-apn's only the silence within it
      heartBeat: LONGEST_TIMER_MS,
    }),
    http2: {
      constants,
      connect: () => {
        const connection = startConnection(options, latest.tunnel);
        latest.connection = connection;
        return sendOnly(connection.session);
      },
    },
  });
  const client = new Client({});

  function sendOnly(real: ClientHttp2Session): unknown {
    return {
      closed: false,
      destroyed: false,
      on: () => {},
      ping: () => {},
      destroy: () => {},
      close: (closed: () => void) => closed(),
      request: (headers: Record<string, string>) => {
        try {
          writer.stream = real.request(headers);
          return writer;
        } catch (error) {
          whyNotPosted = error;
          throw error;
        }
      },
    };
  }

  return {
    async connect(signal) {
      delete latest.connection;
      delete latest.tunnel;
      const { proxy, tunnelTimeoutMs } = options;
      if (proxy !== undefined) {
        latest.tunnel = await openTunnel({
          proxy,
          to: hostAndPort(options.origin),
          timeoutMs: tunnelTimeoutMs,
          signal,
        });
      }
      await client.connect();
      if (latest.connection === undefined) throw new Error('node-apn opened no connection');
      return latest.connection;
    },
    post({ deviceToken, headers, body }) {
      writer.stream = undefined;
      whyNotPosted = undefined;
      // A Buffer, because node-apn sends nothing at all for the string '{}'.
      const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
      // With a session at hand, `write` reaches `request` before it first waits. Its own idea of the answer never comes.
      client.write({ headers, body: bytes }, encodeURIComponent(deviceToken), 'device', 'post').catch(ignore);
      const { stream } = writer;
      if (stream === undefined) throw whyNotPosted ?? new Error('node-apn sent nothing');
      return stream;
    },
    close() {
      client.shutdown().catch(ignore);
    },
  };
}

/** Host and port of an `https:` origin, for example `api.push.apple.com:443`. */
export function hostAndPort(origin: string): string {
  const { hostname, port } = new URL(origin);
  return `${hostname}:${port || 443}`;
}

/**
 * Stands in for each stream that node-apn writes to. Its listeners are not let on: nobody reads what it makes of the answer.
 * Body and end go out as one, which saves a frame for each push. There is one for all pushes, as `write` ends within its turn.
 */
interface StreamWriter {
  stream: ClientHttp2Stream | undefined;
  body: Buffer | undefined;
  readonly setEncoding: () => void;
  readonly on: () => void;
  readonly setTimeout: () => void;
  readonly write: (bytes: Buffer) => void;
  readonly end: () => void;
}

function createStreamWriter(): StreamWriter {
  const writer: StreamWriter = {
    stream: undefined,
    body: undefined,
    setEncoding: () => {},
    on: () => {},
    setTimeout: () => {},
    write: (bytes) => {
      writer.body = bytes;
    },
    end: () => {
      writer.stream?.end(writer.body);
      writer.body = undefined;
    },
  };
  return writer;
}

function startConnection(
  { origin, ca, clientCertificate }: NodeApnOptions,
  tunnel: Socket | undefined,
): NodeApnConnection {
  if (ca !== undefined) new X509Certificate(ca); // throws over a broken one, which node:tls would pass over in silence
  const url = new URL(origin);
  const host = url.hostname.replace(/^\[|\]$/g, ''); // [::1] → ::1
  const socket = startTls({
    ...(tunnel === undefined ? { port: Number(url.port || 443) } : { socket: tunnel }),
    host, // also the name that the certificate must have
    ALPNProtocols: ['h2'],
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca }),
    ...(clientCertificate === undefined ? {} : { cert: clientCertificate.certificate, key: clientCertificate.key }),
  });
  const session = startHttp2(origin, { createConnection: () => socket });
  session.on('error', () => {}); // its user listens too; unheard, an error would end the process
  return { session, socket };
}

function ignore(): void {}

/** The longest delay a Node timer takes: node-apn's ping is not needed, and asks for a number. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const SILENT: NodeApnLogger = Object.assign(() => {}, { enabled: false });
