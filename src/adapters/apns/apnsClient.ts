import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { CancelSignal, OutgoingPush, PushOutcome, PushTransport } from '../../core/ports';
import { cancelled, closed, type Failure, FailureCode, notSent } from './failure';
import { createNodeApn } from './nodeApn';
import { createCancellation, createPendingPush } from './pendingPush';
import { createProviderToken, type ProviderTokenCredentials } from './providerToken';
import { PushSender } from './pushSender';

export interface ApnsClientOptions {
  /** For example `https://api.sandbox.push.apple.com` or `https://127.0.0.1:2197`. */
  readonly origin: string;
  /** PEM of the only authority to trust. Left out: those that Node trusts. */
  readonly ca?: string;
  readonly credentials: { readonly kind: 'token' } & ProviderTokenCredentials;
  /** For opening a connection, and for each answer once the push is out. Default 30 s. */
  readonly requestTimeoutMs?: number;
  /** Pushes sent and not answered yet; more of them wait. Default 500. */
  readonly maxInFlight?: number;
}

const DEFAULT_REQUEST_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_IN_FLIGHT = 500;

/**
 * Sends pushes to APNs with node-apn, over one kept connection, with one provider token.
 *
 * Each push is posted once; only one that APNs says it did not process is posted a second time, on a new connection.
 * A `failed` outcome has a `FailureCode` or the code of a Node error.
 * Neither making nor using it ever throws: options that can not work give `failed` at each send.
 */
export function createApnsClient(options: ApnsClientOptions): PushTransport {
  const token = createProviderToken(options.credentials);
  const origin = readOrigin(options.origin);
  const cancellation = createCancellation();
  let sender: PushSender | undefined;
  let isClosed = false;

  /** At the first send: who never sends needs no timers. */
  function openSender(url: URL): PushSender {
    const { ca } = options;
    return new PushSender(createNodeApn({ origin: url.origin, token, ...(ca === undefined ? {} : { ca }) }), {
      host: url.port === '' ? `${url.hostname}:443` : url.host,
      requestTimeoutMs: options.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS,
      maxInFlight: Math.max(1, options.maxInFlight ?? DEFAULT_MAX_IN_FLIGHT),
    });
  }

  function whyNotSendable(push: OutgoingPush, signal: CancelSignal | undefined): Failure | undefined {
    if (isClosed) return closed(false);
    if (signal?.aborted) return cancelled(false);
    return token.failure ?? headerFailure(push.headers);
  }

  return {
    send: (push, signal) =>
      new Promise<PushOutcome>((resolve) => {
        const pending = createPendingPush(push, (outcome) => {
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

/** Checked here because node:http2 destroys the whole connection over a wrong header name. */
function headerFailure(headers: OutgoingPush['headers']): Failure | undefined {
  try {
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
    return undefined;
  } catch (error) {
    return notSent(error);
  }
}
