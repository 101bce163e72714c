import type { ClientHttp2Stream } from 'node:http2';
import { assertNever } from '../../core/assertNever';
import { outcomeOfAnswer } from './answer';
import { Connection } from './connection';
import { explainConnectionError } from './connectionFailure';
import { type ExchangeEnd, readExchange } from './exchange';
import { closed, connectionLost, type Failure, noAnswer, notProcessed, notSent, streamReset } from './failure';
import type { NodeApn } from './nodeApn';
import type { PendingPush } from './pendingPush';
import { ProxyError } from './proxyTunnel';
import { PushQueue } from './pushQueue';

export interface PushSenderOptions {
  /** Host and port, for messages. */
  readonly host: string;
  readonly requestTimeoutMs: number;
  readonly maxInFlight: number;
  /** With a client certificate there is no token to be proven first. */
  readonly startsProven: boolean;
}

/** A push that APNs says it did not process goes out once more. */
const MAX_ATTEMPTS = 2;

/** Holds what waits, and hands it to node-apn as fast as connection and limits allow. */
export class PushSender {
  private readonly nodeApn: NodeApn;
  private readonly options: PushSenderOptions;
  private readonly unsettled = new Set<PendingPush>();
  private readonly queue = new PushQueue();
  private inFlight = 0;
  private connection: Connection | 'opening' | undefined;
  /** Gives up an opening that has not come to a connection yet: one that waits for a proxy. */
  private opening = new AbortController();
  private readonly connections = new Set<Connection>();
  private isClosed = false;
  private isPumpDue = false;

  constructor(nodeApn: NodeApn, options: PushSenderOptions) {
    this.nodeApn = nodeApn;
    this.options = options;
  }

  add(pending: PendingPush): void {
    this.unsettled.add(pending);
    this.queue.add(pending);
    if (this.unsettled.size === 1) this.setBusy(true);
    this.pumpSoon();
  }

  /** Call it when the push has its outcome. */
  remove(pending: PendingPush): void {
    this.unsettled.delete(pending);
    if (this.unsettled.size === 0) this.setBusy(false);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const pending of this.unsettled) pending.fail(closed(pending.stop !== undefined));
    this.opening.abort();
    this.nodeApn.close();
    await Promise.all(
      [...this.connections].map((connection) => {
        connection.destroy();
        return connection.gone;
      }),
    );
  }

  private setBusy(isBusy: boolean): void {
    if (this.connection instanceof Connection) this.connection.setBusy(isBusy);
    else if (!isBusy) this.opening.abort();
  }

  /**
   * Later, when this turn has read all there is: one signal may cancel many pushes, and none of them may go out in the
   * place of another. And node:http2 would write what goes out between two answers in the middle of reading: once such a
   * write has failed, the next one stops the reading for ever, and nobody is told that the connection is gone
   * (https://github.com/nodejs/node/issues/50884).
   */
  private pumpSoon(): void {
    if (this.isPumpDue) return;
    this.isPumpDue = true;
    setImmediate(this.pumpNow);
  }

  private readonly pumpNow = () => {
    this.isPumpDue = false;
    this.pump();
  };

  private pump(): void {
    while (!this.isClosed && this.inFlight < this.options.maxInFlight) {
      if (this.connection === 'opening') return;
      if (this.connection?.isUsable !== true) {
        if (this.unsettled.size > this.inFlight) this.open();
        return;
      }
      if (!this.connection.hasRoom()) return;
      const next = this.queue.take();
      if (next === undefined) return;
      this.start(next, this.connection);
    }
  }

  private start(pending: PendingPush, connection: Connection): void {
    const { host, requestTimeoutMs } = this.options;
    let stream: ClientHttp2Stream;
    try {
      stream = this.nodeApn.post(pending.push);
    } catch (error) {
      pending.fail(notSent(error));
      return;
    }
    pending.attempts += 1;
    this.inFlight += 1;
    connection.acquire();
    const timer = setTimeout(() => {
      pending.fail(noAnswer(host, requestTimeoutMs));
      connection.retire(); // a connection that went dead unnoticed would hold up all that follow
    }, requestTimeoutMs);
    const leave = () => {
      clearTimeout(timer);
      pending.stop = undefined;
      this.inFlight -= 1;
      connection.release();
      this.pumpSoon();
    };
    const stopReading = readExchange(stream, connection, (end) => {
      this.finish(pending, connection, end);
      leave();
    });
    pending.stop = () => {
      stopReading();
      leave();
    };
  }

  private finish(pending: PendingPush, connection: Connection, end: ExchangeEnd): void {
    pending.stop = undefined;
    switch (end.kind) {
      case 'answered':
        if (end.answer.status === 200) connection.prove();
        pending.settle(outcomeOfAnswer(end.answer, pending.latencyMs));
        return;
      case 'not-processed':
        connection.retire();
        if (pending.attempts < MAX_ATTEMPTS) this.queue.addFirst(pending);
        else pending.fail(notProcessed(this.options.host, end.cause));
        return;
      case 'lost':
        connection.retire();
        pending.fail(connectionLost(this.options.host, end.cause));
        return;
      case 'reset':
        pending.fail(streamReset(this.options.host, end.errorCode));
        return;
      default:
        assertNever(end);
    }
  }

  private open(): void {
    this.connection = 'opening';
    const opening = new AbortController();
    this.opening = opening;
    this.nodeApn.connect(opening.signal).then(
      (opened) => {
        const { startsProven } = this.options;
        const connection: Connection = new Connection(
          opened,
          { host: this.options.host, openTimeoutMs: this.options.requestTimeoutMs, startsProven },
          {
            onCapacity: () => this.pumpSoon(),
            onRetired: (failure) => this.onRetired(connection, failure),
          },
        );
        this.connections.add(connection);
        connection.gone.then(() => this.connections.delete(connection));
        this.connection = connection;
        if (this.isClosed) connection.destroy();
        else if (this.unsettled.size === 0) connection.setBusy(false);
      },
      (error: unknown) => {
        this.connection = undefined;
        // Given up because nobody waited; who came since then wants another attempt.
        if (opening.signal.aborted) this.pumpSoon();
        else
          this.failWaiting(
            error instanceof ProxyError ? error.failure : explainConnectionError(error, this.options.host),
          );
      },
    );
  }

  private onRetired(connection: Connection, failure: Failure | undefined): void {
    if (this.connection !== connection) return;
    this.connection = undefined;
    if (failure !== undefined) this.failWaiting(failure);
    else this.pumpSoon();
  }

  private failWaiting(failure: Failure): void {
    for (const pending of this.unsettled) if (pending.stop === undefined) pending.fail(failure);
  }
}
