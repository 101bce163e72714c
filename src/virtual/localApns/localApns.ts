import { createServer as createHttp2Server, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTlsServer, type Server, type TLSSocket } from 'node:tls';
import type { ApnsEnvironment } from '../../core/apns/environment';
import { bundleIdsOf, readClientCertificate, withTopicOf } from './clientCertificate';
import { FIRST_STREAM_LIMIT, serveConnection } from './connection';
import type { DeviceTokenState } from './deviceRules';
import { type ApnsFault, createFaultSource } from './fault';
import { openIdentity } from './identity';
import { type AcceptedPush, judgePush } from './judgePush';
import { listenError } from './localApnsError';
import { createProviderTokenCheck } from './providerTokenRules';
import { deviceTokenOf, topicOf } from './requestRules';
import { bridgeSocket } from './socketBridge';

export type { ApnsEnvironment } from '../../core/apns/environment';
export type { DeviceTokenState } from './deviceRules';
export type { ApnsFault } from './fault';
export type { AcceptedPush } from './judgePush';
export { LocalApnsError } from './localApnsError';

const HOST = '127.0.0.1';
const DEFAULT_BUNDLE_IDS = ['com.example.app'];

/** A push that was answered with anything but 200. */
export interface RefusedPush {
  readonly deviceToken: string;
  readonly topic: string;
  readonly apnsId: string;
  readonly status: number;
  readonly reason?: string;
}

export interface LocalApnsOptions {
  /** Where certificates and the provider key live; made on first use, reused afterwards. */
  readonly folder: string;
  /** 0 (default): any free port. */
  readonly port?: number;
  /** The apps whose topics the provider key covers; default `com.example.app`. */
  readonly bundleIds?: readonly string[];
  /** PEM of an authority: providers may show a client certificate signed by it in place of a provider token. */
  readonly clientCa?: string;
  /** Default `sandbox`: answers carry `apns-unique-id`. */
  readonly environment?: ApnsEnvironment;
  /** Asked with the token in lower case. */
  readonly tokenState: (deviceToken: string) => DeviceTokenState;
  /** Called before the answer goes out. */
  readonly onAccepted: (push: AcceptedPush) => void;
  /** Called for every answer that is not 200, whether by a rule or by a fault. */
  readonly onRefused?: (push: RefusedPush) => void;
  /** Milliseconds since 1970, for the age of provider tokens and certificates; default `Date.now`. */
  readonly nowMs?: () => number;
}

export interface LocalApns {
  /** For example `https://127.0.0.1:2197`. */
  readonly origin: string;
  readonly port: number;
  /** PEM text of the CA certificate that a client must trust. */
  readonly ca: string;
  readonly caPath: string;
  /** PEM text of the provider key; a secret like any other, good for this server only. */
  readonly key: string;
  readonly keyPath: string;
  readonly keyId: string;
  readonly teamId: string;
  /** From the next push on; `undefined` goes back to the rules. */
  setFault(fault: ApnsFault | undefined): void;
  /** Ends every connection at once. */
  close(): Promise<void>;
}

/**
 * Starts an APNs of our own on this computer: HTTP/2 over TLS, the documented rules, and faults on demand. It models what
 * Apple documents, and talks to nobody else. Throws LocalApnsError when the port or the folder cannot be used.
 * https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
 */
export async function startLocalApns(options: LocalApnsOptions): Promise<LocalApns> {
  const nowMs = options.nowMs ?? Date.now;
  const { certificates, caPath, providerKey } = await openIdentity(options.folder, nowMs());
  const faults = createFaultSource();
  const sockets = new Set<Socket>();
  const judge = {
    bundleIds: options.bundleIds ?? DEFAULT_BUNDLE_IDS,
    tokenState: options.tokenState,
    onAccepted: options.onAccepted,
  };
  // Never listens: the TLS server hands it its connections.
  const http2Server = createHttp2Server({ settings: { maxConcurrentStreams: FIRST_STREAM_LIMIT } });
  const server = createTlsServer(
    {
      key: certificates.privateKey,
      cert: certificates.certificate,
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['h2'],
      // Asked for, not demanded: what is wrong with it is said in APNs' words.
      ...(options.clientCa === undefined ? {} : { ca: options.clientCa, requestCert: true, rejectUnauthorized: false }),
    },
    serve,
  );
  // Before the TLS handshake: `close` must not wait for a client that never finishes it.
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const port = await listen(server, options.port ?? 0);

  function serve(socket: TLSSocket): void {
    const bridge = bridgeSocket(socket);
    if (socket.alpnProtocol !== 'h2') {
      bridge.drop();
      return;
    }
    const environment = options.environment ?? 'sandbox';
    const shown = options.clientCa === undefined ? undefined : readClientCertificate(socket, environment, nowMs());
    const onSession = (session: ServerHttp2Session): void => {
      serveConnection({
        session,
        bridge,
        environment,
        checkProviderToken: shown === undefined ? createProviderTokenCheck(providerKey, nowMs) : () => shown.reason,
        faults,
        judge: (stream, request, ...more) =>
          shown === undefined
            ? judgePush(judge, stream, request, ...more)
            : judgePush(
                { ...judge, bundleIds: bundleIdsOf(shown, judge.bundleIds) },
                stream,
                withTopicOf(shown, request),
                ...more,
              ),
        onRefused: (request, apnsId, { status, reason }) =>
          options.onRefused?.({
            deviceToken: deviceTokenOf(request),
            topic: topicOf(request),
            apnsId,
            status,
            ...(reason === undefined ? {} : { reason }),
          }),
      });
    };
    http2Server.once('session', onSession);
    // Opens the session, and emits 'session', before it returns.
    http2Server.emit('connection', bridge.stream);
    http2Server.off('session', onSession);
  }

  return {
    origin: `https://${HOST}:${port}`,
    port,
    ca: certificates.ca,
    caPath,
    key: providerKey.key,
    keyPath: providerKey.keyPath,
    keyId: providerKey.keyId,
    teamId: providerKey.teamId,
    setFault: (fault) => faults.set(fault),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenError(port, error)));
    try {
      server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port));
    } catch (error) {
      reject(listenError(port, error));
    }
  });
}
