import { createSecureServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { makeCertificates } from '../test/adapters/apns/loopbackCertificates';

/** Streams at once, as senders have seen of APNs: http://www.openradar.me/27870881 */
const MAX_STREAMS = 500;

export interface ServerReady {
  readonly origin: string;
  readonly ca: string;
}

/** A server that takes every push and answers as APNs does. Run as a child process: says ServerReady, and counts when asked. */
export async function runServer(): Promise<void> {
  const { ca, cert, key } = makeCertificates(['127.0.0.1', 'localhost']);
  const server = createSecureServer({ cert, key, settings: { maxConcurrentStreams: MAX_STREAMS } });
  let answered = 0;
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    stream.on('error', () => {});
    stream.resume();
    stream.on('end', () => {
      if (stream.destroyed) return;
      answered += 1;
      const apnsId = headers['apns-id'] ?? '00000000-0000-4000-8000-000000000000';
      stream.respond({ ':status': 200, 'apns-id': apnsId }, { endStream: true });
    });
  });
  server.on('session', (session) => session.on('error', () => {}));
  server.on('sessionError', () => {});
  process.on('message', () => {
    process.send?.(answered);
    answered = 0;
  });
  process.on('disconnect', () => process.exit());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ready: ServerReady = { origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, ca };
  process.send?.(ready);
}
