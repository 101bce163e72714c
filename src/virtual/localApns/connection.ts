import { constants, type IncomingHttpHeaders, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApnsReason } from '../../core/apns/apnsReason';
import type { ApnsEnvironment } from '../../core/apns/environment';
import { assertNever } from '../../core/assertNever';
import { type ApnsAnswer, answerApnsId, writeAnswer } from './answer';
import { type ApnsRequest, readApnsRequest } from './apnsRequest';
import type { FaultAction, FaultSource } from './fault';
import type { ProviderTokenCheck } from './providerTokenRules';
import { discardBody } from './requestBody';
import { goawayNothingProcessed, type SocketBridge } from './socketBridge';

/** Apple: a connection with provider tokens allows one stream until a request with a valid token. */
export const FIRST_STREAM_LIMIT = 1;
/** Apple: "don't assume a specific number". Senders have seen 500 (http://www.openradar.me/27870881). */
const STREAM_LIMIT = 500;

export interface ConnectionOptions {
  readonly session: ServerHttp2Session;
  readonly bridge: SocketBridge;
  readonly environment: ApnsEnvironment;
  readonly checkProviderToken: ProviderTokenCheck;
  readonly faults: FaultSource;
  /** Applies the rules to one push; asks `checkProviderToken` when their order says so. */
  readonly judge: (
    stream: ServerHttp2Stream,
    request: ApnsRequest,
    apnsId: string,
    checkProviderToken: ProviderTokenCheck,
  ) => Promise<ApnsAnswer>;
  /** Every answer that refuses, by the rules or by a fault. */
  readonly onRefused: (request: ApnsRequest, apnsId: string, answer: ApnsAnswer) => void;
}

/** Serves one HTTP/2 connection: its streams, its stream limit, and the faults that concern a whole connection. */
export function serveConnection(options: ConnectionOptions): void {
  const { session, bridge, environment, faults, judge, onRefused } = options;
  let hasRaisedStreamLimit = false;
  /** The highest stream that was handed to the rules; below it nothing may be called unprocessed. */
  let lastProcessedStreamId = 0;

  session.on('error', () => session.destroy());
  session.on('stream', (...[stream, , , rawHeaders]: StreamEvent) => {
    // A stream fails when its client goes away. There is nobody to tell.
    stream.on('error', () => {});
    serveStream(stream, readApnsRequest(rawHeaders)).catch(() => {
      if (!stream.closed) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    });
  });

  async function serveStream(stream: ServerHttp2Stream, request: ApnsRequest): Promise<void> {
    const fault = faults.take();
    if (fault?.delayMs !== undefined) await waitWhileOpen(stream, fault.delayMs);
    if (stream.destroyed || stream.closed) return;
    if (fault?.action === undefined) await process(stream, request);
    else await act(stream, request, fault.action);
  }

  async function act(stream: ServerHttp2Stream, request: ApnsRequest, action: FaultAction): Promise<void> {
    switch (action.kind) {
      case 'answer':
        return answer(stream, request, answerApnsId(request), withTimestamp(action));
      case 'goaway':
        session.close();
        return process(stream, request);
      case 'goaway-unprocessed':
        return leaveUnprocessed(stream);
      case 'reset':
        return stream.close(constants.NGHTTP2_INTERNAL_ERROR);
      case 'refuse':
        return stream.close(constants.NGHTTP2_REFUSED_STREAM);
      case 'drop':
        return bridge.drop();
      case 'shutdown':
        answer(stream, request, answerApnsId(request), { status: 503, reason: ApnsReason.shutdown });
        // 0 is Node's word for the last stream that came in: those beside this one are still answered.
        session.goaway(constants.NGHTTP2_NO_ERROR, 0, Buffer.from(JSON.stringify({ reason: 'Shutdown' })));
        return session.close();
      default:
        return assertNever(action);
    }
  }

  async function process(stream: ServerHttp2Stream, request: ApnsRequest): Promise<void> {
    lastProcessedStreamId = Math.max(lastProcessedStreamId, stream.id ?? 0);
    const apnsId = answerApnsId(request);
    answer(stream, request, apnsId, await judge(stream, request, apnsId, checkTokenAndRaiseLimit));
  }

  function answer(stream: ServerHttp2Stream, request: ApnsRequest, apnsId: string, said: ApnsAnswer): void {
    writeAnswer(stream, said, apnsId, environment);
    if (!stream.closed) discardBody(stream);
    if (said.status !== 200) onRefused(request, apnsId, said);
  }

  function checkTokenAndRaiseLimit(authorization: string | undefined): ApnsReason | undefined {
    const reason = options.checkProviderToken(authorization);
    if (reason === undefined && !hasRaisedStreamLimit && !session.destroyed) {
      hasRaisedStreamLimit = true;
      session.settings({ maxConcurrentStreams: STREAM_LIMIT });
    }
    return reason;
  }

  function leaveUnprocessed(stream: ServerHttp2Stream): void {
    if (lastProcessedStreamId === 0) {
      bridge.finishWith(goawayNothingProcessed());
      return;
    }
    if (lastProcessedStreamId < (stream.id ?? 0)) {
      session.goaway(constants.NGHTTP2_NO_ERROR, lastProcessedStreamId);
    } else {
      // A later stream has overtaken this one: GOAWAY cannot tell them apart, a refused stream can.
      stream.close(constants.NGHTTP2_REFUSED_STREAM);
    }
    session.close();
  }
}

/** As Node emits it; its types leave out the raw headers. */
type StreamEvent = [stream: ServerHttp2Stream, headers: IncomingHttpHeaders, flags: number, rawHeaders: string[]];

/** Waits, but not for a client that has gone. */
async function waitWhileOpen(stream: ServerHttp2Stream, delayMs: number): Promise<void> {
  const closed = new AbortController();
  const onClose = (): void => closed.abort();
  stream.once('close', onClose);
  try {
    await sleep(delayMs, undefined, { signal: closed.signal });
  } catch {
    // The stream closed first.
  } finally {
    stream.off('close', onClose);
  }
}

/** Every 410 says since when. */
function withTimestamp({ status, reason }: { readonly status: number; readonly reason?: string }): ApnsAnswer {
  return {
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(status === 410 ? { timestampMs: Date.now() } : {}),
  };
}
