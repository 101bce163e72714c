import type { Credentials } from '../../core/credentials/credentials';
import type { CancelSignal, OutgoingPush, PushOutcome, PushTransport } from '../../core/ports';
import { cancelled, closed, type Failure, FailureCode } from './failure';
import { headerFailure } from './headerFailure';
import { createNodeApn, hostAndPort } from './nodeApn';
import { createCancellation, PendingPush } from './pendingPush';
import { providerIdentity } from './providerIdentity';
import type { ProviderTokens } from './providerToken';
import { PushSender } from './pushSender';

export { createProviderTokens, type ProviderTokens } from './providerToken';

export interface ApnsClientOptions {
  /** For example `https://api.sandbox.push.apple.com` or `https://127.0.0.1:2197`. */
  readonly origin: string;
  /** PEM of the only authority to trust. Left out: those that Node trusts. */
  readonly ca?: string;
  readonly credentials: Credentials;
  /** Give the same to all clients: those with the same key then share one provider token. Left out: it has its own. */
  readonly providerTokens?: ProviderTokens;
  /** An HTTP proxy to go through, for example `http://proxy.example.com:3128`; may carry user and password. */
  readonly proxy?: string;
  /** For opening a connection, and for each answer once the push is out. Default 30 s. */
  readonly requestTimeoutMs?: number;
  /** Pushes sent and not answered yet; more of them wait. Default 500. */
  readonly maxInFlight?: number;
}

export interface ApnsClient extends PushTransport {
  /** How long ago the provider token in use was made; undefined as long as there is none, and with a certificate. */
  providerTokenAgeMs(): number | undefined;
  /** The provider token in use, made if there is none: a secret. Undefined with a certificate or a key that cannot be used. */
  providerToken(): string | undefined;
}

const DEFAULT_REQUEST_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_IN_FLIGHT = 500;

/**
 * Sends pushes to APNs with node-apn, over one kept connection, with one provider token or a client certificate.
 *
 * Each push is posted once; only one that APNs says it did not process is posted a second time, on a new connection.
 * A `failed` outcome has a `FailureCode` or the code of a Node error.
 * Neither making nor using it ever throws: options that cannot work give `failed` at each send.
 */
export function createApnsClient(options: ApnsClientOptions): ApnsClient {
  const { failure: unusable, token, clientCertificate } = providerIdentity(options.credentials, options.providerTokens);
  const origin = readOrigin(options.origin);
  const cancellation = createCancellation();
  let sender: PushSender | undefined;
  let isClosed = false;

  /** At the first send: who never sends needs no timers. */
  function openSender(url: URL): PushSender {
    const { ca, proxy, requestTimeoutMs = DEFAULT_REQUEST_TIMEOUT_MS } = options;
    const nodeApn = createNodeApn({
      origin: url.origin,
      ...(ca === undefined ? {} : { ca }),
      ...(token === undefined ? {} : { token }),
      ...(clientCertificate === undefined ? {} : { clientCertificate }),
      ...(proxy === undefined ? {} : { proxy }),
      tunnelTimeoutMs: requestTimeoutMs,
    });
    return new PushSender(nodeApn, {
      host: hostAndPort(url.origin),
      requestTimeoutMs,
      maxInFlight: Math.max(1, options.maxInFlight ?? DEFAULT_MAX_IN_FLIGHT),
      startsProven: clientCertificate !== undefined,
    });
  }

  function whyNotSendable(push: OutgoingPush, signal: CancelSignal | undefined): Failure | undefined {
    if (isClosed) return closed(false);
    if (signal?.aborted) return cancelled(false);
    return unusable ?? headerFailure(push.headers);
  }

  return {
    send: (push, signal) =>
      new Promise<PushOutcome>((resolve) => {
        const pending: PendingPush = new PendingPush(push, (outcome) => {
          sender?.remove(pending);
          if (signal !== undefined) cancellation.remove(pending, signal);
          resolve(outcome);
        });
        const failure = origin instanceof URL ? whyNotSendable(push, signal) : origin;
        if (failure !== undefined || !(origin instanceof URL)) {
          pending.fail(failure ?? closed(false));
          return;
        }
        if (signal !== undefined) cancellation.add(pending, signal);
        sender ??= openSender(origin);
        sender.add(pending);
      }),
    providerTokenAgeMs: () => token?.ageMs,
    providerToken() {
      if (token === undefined || token.failure !== undefined) return undefined;
      if (token.isExpired()) token.regenerate(token.generation);
      return token.current;
    },
    async close() {
      isClosed = true;
      await sender?.close();
    },
  };
}

function readOrigin(origin: string): URL | Failure {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url?.protocol === 'https:') return url;
  return {
    code: FailureCode.invalidOrigin,
    message: `The address ${JSON.stringify(origin)} cannot be used. Give one like https://api.sandbox.push.apple.com.`,
  };
}
