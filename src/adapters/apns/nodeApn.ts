import { X509Certificate } from 'node:crypto';
import { type ClientHttp2Session, type ClientHttp2Stream, constants, connect as startHttp2 } from 'node:http2';
import { isIP } from 'node:net';
import { connect as startTls, type TLSSocket } from 'node:tls';
import createClientClass, { type NodeApnLogger } from '@parse/node-apn/lib/client';
import type { OutgoingPush } from '../../core/ports';

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
  /** Starts a connection and makes it the one for `post`. Fails with what node:tls throws, for example over a broken CA. */
  connect(): Promise<NodeApnConnection>;
  /** Sends at once on the latest connection. Throws what node:http2 throws. */
  post(push: OutgoingPush): ClientHttp2Stream;
  /** Stops its timers; connections are their openers' business. */
  close(): void;
}

export interface NodeApnOptions {
  readonly origin: string;
  readonly ca?: string;
  readonly token: NodeApnToken;
}

/**
 * node-apn with an http2 of ours injected. Left alone it sends again up to three times, loses headers and bodies,
 * and destroys a connection at a graceful GOAWAY while the answers are still coming; so it gets a session
 * that it can send on and nothing more, and the answers are read from the stream.
 */
export function createNodeApn(options: NodeApnOptions): NodeApn {
  const latest: { connection?: NodeApnConnection } = {};
  let posted: Posted = { kind: 'nothing' };

  const Client = createClientClass({
    logger: SILENT,
    errorLogger: SILENT,
    config: () => ({
      address: new URL(options.origin).host,
      token: options.token,
      connectionRetryLimit: 0,
      requestTimeout: 0, // none: ours bounds the whole answer, node-apn's only the silence within it
      heartBeat: LONGEST_TIMER_MS,
    }),
    http2: {
      constants,
      connect: () => {
        const connection = startConnection(options);
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
          const stream = real.request(headers);
          posted = { kind: 'stream', stream };
          return stream;
        } catch (error) {
          posted = { kind: 'error', error };
          throw error;
        }
      },
    };
  }

  return {
    async connect() {
      delete latest.connection;
      await client.connect();
      if (latest.connection === undefined) throw new Error('node-apn opened no connection');
      return latest.connection;
    },
    post({ deviceToken, headers, body }) {
      posted = { kind: 'nothing' };
      // A Buffer, because node-apn sends nothing at all for the string '{}'.
      const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
      // With a session at hand, `write` reaches `request` before it first waits. Its own idea of the answer is not used.
      client.write({ headers, body: bytes }, encodeURIComponent(deviceToken), 'device', 'post').catch(() => {});
      return streamOf(posted);
    },
    close() {
      client.shutdown().catch(() => {});
    },
  };
}

function startConnection({ origin, ca }: NodeApnOptions): NodeApnConnection {
  if (ca !== undefined) new X509Certificate(ca); // throws over a broken one, which node:tls would pass over in silence
  const url = new URL(origin);
  const host = url.hostname.replace(/^\[|\]$/g, ''); // [::1] → ::1
  const socket = startTls({
    host,
    port: Number(url.port || 443),
    ALPNProtocols: ['h2'],
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca }),
  });
  const session = startHttp2(origin, { createConnection: () => socket });
  session.on('error', () => {}); // its user listens too; unheard, an error would end the process
  return { session, socket };
}

type Posted =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'stream'; readonly stream: ClientHttp2Stream }
  | { readonly kind: 'error'; readonly error: unknown };

function streamOf(posted: Posted): ClientHttp2Stream {
  if (posted.kind === 'stream') return posted.stream;
  throw posted.kind === 'error' ? posted.error : new Error('node-apn sent nothing');
}

/** The longest delay a Node timer takes: node-apn's ping is not needed, and asks for a number. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const SILENT: NodeApnLogger = Object.assign(() => {}, { enabled: false });
