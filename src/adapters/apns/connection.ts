import type { ClientHttp2Session } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { formatSetDuration } from '../../core/time';
import { explainConnectionError, noHttp2 } from './connectionFailure';
import { type Failure, FailureCode } from './failure';
import type { NodeApnConnection } from './nodeApn';

export interface Goaway {
  readonly code: number;
  /** Streams above it were not processed. */
  readonly lastStreamId: number;
  /** In words, for messages: `GOAWAY {"reason":"Shutdown"}`. */
  readonly reason: string;
}

export interface ConnectionListener {
  /** It takes pushes now, or takes another number of them at once. */
  onCapacity(): void;
  /** It takes no more pushes. `failure` when it never carried any: another attempt would end the same way. */
  onRetired(failure: Failure | undefined): void;
}

export interface ConnectionOptions {
  /** Host and port, for messages. */
  readonly host: string;
  readonly openTimeoutMs: number;
  /** With a client certificate the peer knows us from the handshake on. */
  readonly startsProven: boolean;
}

const GOODBYE_TIMEOUT_MS = 500;

/** One HTTP/2 connection: opening until the peer's SETTINGS came, open, then retired until its last answer is in. */
export class Connection {
  goaway: Goaway | undefined;
  /** Settled when nothing of it is left. */
  readonly gone: Promise<void>;
  private readonly session: ClientHttp2Session;
  private readonly socket: TLSSocket;
  private readonly listener: ConnectionListener;
  private state: 'opening' | 'open' | 'retired' = 'opening';
  private inFlight = 0;
  private limitOfPeer = 1;
  private hasCarried = false;
  private isProven: boolean;
  private readonly openTimer: NodeJS.Timeout;

  constructor({ session, socket }: NodeApnConnection, options: ConnectionOptions, listener: ConnectionListener) {
    this.session = session;
    this.socket = socket;
    this.gone = new Promise((resolve) => session.once('close', resolve));
    this.listener = listener;
    this.isProven = options.startsProven;
    const { host, openTimeoutMs } = options;
    this.openTimer = setTimeout(() => this.retire(openTimeout(options)), openTimeoutMs);
    session.on('remoteSettings', ({ maxConcurrentStreams }) => {
      // A peer that allows none is waited for by the push at the front, which then has its time limit.
      this.limitOfPeer = Math.max(1, maxConcurrentStreams ?? Number.POSITIVE_INFINITY);
      clearTimeout(this.openTimer);
      if (this.state === 'opening') this.state = 'open';
      listener.onCapacity();
    });
    session.on('connect', () => {
      if (session.alpnProtocol !== 'h2') this.retire(noHttp2(host));
    });
    session.on('goaway', (code, lastStreamId, data) => {
      this.goaway = { code, lastStreamId, reason: goawayReason(code, data) };
      this.retire(this.hasCarried ? undefined : goneUnused(host, this.goaway));
    });
    session.on('error', (error) => this.retire(this.hasCarried ? undefined : explainConnectionError(error, host)));
    session.on('close', () => this.retire(this.hasCarried ? undefined : goneUnused(host, this.goaway)));
  }

  /**
   * Whether another push may go out now. APNs gives a token-based connection one stream until it has seen a valid
   * provider token, and Node would send up to 100 before the peer's limit is known: hence the wait for SETTINGS.
   */
  hasRoom(): boolean {
    return this.state === 'open' && !this.session.closed && this.inFlight < (this.isProven ? this.limitOfPeer : 1);
  }

  /** Whether it opens or is open: a new one is not needed. */
  get isUsable(): boolean {
    return this.state !== 'retired' && !this.session.closed && !this.session.destroyed;
  }

  /** Nothing can come on it any more. */
  get isGone(): boolean {
    return this.session.destroyed;
  }

  acquire(): void {
    this.inFlight += 1;
    this.hasCarried = true;
  }

  release(): void {
    this.inFlight -= 1;
    if (this.state === 'retired' && this.inFlight === 0) this.destroy();
  }

  /** APNs accepted a push, hence the provider token. */
  prove(): void {
    this.isProven = true;
  }

  /** Takes no more pushes; what is in flight may still be answered. */
  retire(failure?: Failure): void {
    if (this.state === 'retired') return;
    this.state = 'retired';
    clearTimeout(this.openTimer);
    if (this.inFlight === 0) this.destroy();
    this.listener.onRetired(failure);
  }

  /** With pushes waiting it keeps the process alive; idle it does not. */
  setBusy(isBusy: boolean): void {
    if (this.session.destroyed) return;
    if (isBusy) this.session.ref();
    else if (this.state === 'opening') this.retire();
    else this.session.unref();
  }

  destroy(): void {
    this.state = 'retired';
    clearTimeout(this.openTimer);
    this.session.destroy();
    // Saying goodbye to a peer that does not read could take for ever.
    setTimeout(() => this.socket.destroy(), GOODBYE_TIMEOUT_MS).unref();
  }
}

function openTimeout({ host, openTimeoutMs }: ConnectionOptions): Failure {
  return {
    code: FailureCode.timeout,
    message:
      `No HTTP/2 connection to ${host} within ${formatSetDuration(openTimeoutMs)}. ` +
      'Check the address and the port; a firewall may hold the connection back. APNs listens on 443 and on 2197.',
  };
}

function goneUnused(host: string, goaway: Goaway | undefined): Failure {
  const reason = goaway === undefined ? '' : ` (${goaway.reason})`;
  return {
    code: FailureCode.connectionLost,
    message: `${host} closed the connection before it took a push${reason}. Nothing was sent. Try again.`,
  };
}

/** APNs says why in the frame's debug data, for example `{"reason":"Shutdown"}`. */
function goawayReason(code: number, data: NodeJS.ArrayBufferView | undefined): string {
  const text = data === undefined ? '' : Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8');
  return `GOAWAY ${text.slice(0, 200) || `with error code ${code}`}`;
}
