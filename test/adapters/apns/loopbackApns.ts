import {
  createSecureServer,
  type Http2SecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
  type Settings,
} from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { type LoopbackCertificates, makeCertificates } from './loopbackCertificates';

/** One POST as it came. */
export interface LoopbackRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly stream: ServerHttp2Stream;
  readonly session: ServerHttp2Session;
  /** From 1: the how manieth connection it came on. */
  readonly connection: number;
  /** From 1: the how manieth request of all. */
  readonly number: number;
  /** Ends the TCP connection it came on, without a word. */
  drop(): void;
}

export interface LoopbackApns {
  readonly origin: string;
  readonly ca: string;
  readonly requests: readonly LoopbackRequest[];
  readonly connections: () => number;
  /** Open TCP connections now. */
  readonly openConnections: () => number;
  /** Most requests at the server at once. */
  readonly peak: () => number;
  readonly resets: () => number;
  dropAll(): void;
  close(): Promise<void>;
}

export interface LoopbackOptions {
  readonly settings?: Settings;
  readonly certificates?: LoopbackCertificates;
  readonly onSession?: (session: ServerHttp2Session, connection: number) => void;
  /** Default: 200 with the request's apns-id. */
  readonly answer?: (request: LoopbackRequest) => void;
}

let shared: LoopbackCertificates | undefined;

export function sharedCertificates(): LoopbackCertificates {
  shared ??= makeCertificates(['127.0.0.1', 'localhost']);
  return shared;
}

/** A raw HTTP/2 TLS server on this computer: records what comes, answers as told, knows no rule of APNs. */
export async function startLoopbackApns(options: LoopbackOptions = {}): Promise<LoopbackApns> {
  const { ca, cert, key } = options.certificates ?? sharedCertificates();
  const server = createSecureServer({ cert, key, ...(options.settings ? { settings: options.settings } : {}) });
  const requests: LoopbackRequest[] = [];
  const sockets = new Map<number | undefined, Socket>();
  const counts = { connections: 0, now: 0, peak: 0, resets: 0 };

  server.on('connection', (socket: Socket) => {
    // Dropping needs the raw socket: the one that http2 hands out refuses to be destroyed.
    const { remotePort } = socket;
    sockets.set(remotePort, socket);
    socket.on('close', () => sockets.delete(remotePort));
    socket.on('error', () => {});
  });
  server.on('session', (session) => {
    counts.connections += 1;
    const connection = counts.connections;
    session.on('error', () => {});
    const { remotePort } = session.socket;
    session.on('stream', (stream, headers) => {
      counts.now += 1;
      counts.peak = Math.max(counts.peak, counts.now);
      const chunks: Buffer[] = [];
      stream.on('error', () => {});
      stream.on('aborted', () => {
        counts.resets += 1;
      });
      stream.on('close', () => {
        counts.now -= 1;
      });
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (stream.destroyed) return;
        const drop = () => sockets.get(remotePort)?.resetAndDestroy();
        const body = Buffer.concat(chunks);
        const request = { headers, body, stream, session, connection, number: requests.length + 1, drop };
        requests.push(request);
        (options.answer ?? accept)(request);
      });
    });
    options.onSession?.(session, connection);
  });
  server.on('sessionError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    origin: `https://127.0.0.1:${portOf(server)}`,
    ca,
    requests,
    connections: () => counts.connections,
    openConnections: () => sockets.size,
    peak: () => counts.peak,
    resets: () => counts.resets,
    dropAll() {
      for (const socket of sockets.values()) socket.destroy();
    },
    close() {
      for (const socket of sockets.values()) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** APNs' answer to a good push. */
export function accept(request: LoopbackRequest, more: Readonly<Record<string, string>> = {}): void {
  const apnsId = request.headers['apns-id'];
  answerWith(request, 200, '', { ...(typeof apnsId === 'string' ? { 'apns-id': apnsId } : {}), ...more });
}

export function answerWith(
  { stream }: LoopbackRequest,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (stream.destroyed) return;
  stream.respond({ ':status': status, ...headers }, { endStream: body === '' });
  if (body !== '') stream.end(body);
}

export function portOf(server: Pick<Http2SecureServer, 'address'>): number {
  return (server.address() as AddressInfo).port;
}
