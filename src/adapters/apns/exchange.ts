import { type ClientHttp2Stream, constants } from 'node:http2';
import type { Answer } from './answer';
import type { Connection } from './connection';
import { codeOf } from './connectionFailure';

/** How one push on one stream ended. */
export type ExchangeEnd =
  | { readonly kind: 'answered'; readonly answer: Answer }
  /** The peer said that it did nothing with it, or it never went out: it may be sent again. */
  | { readonly kind: 'not-processed'; readonly cause: string }
  /** The connection went away: nobody knows. `cause`, here and above, in a few words. */
  | { readonly kind: 'lost'; readonly cause: string }
  /** The peer ended this stream without an answer. `errorCode` is HTTP/2's. */
  | { readonly kind: 'reset'; readonly errorCode: number };

/**
 * Reads what comes back on a stream that node-apn writes.
 * @param onEnd called once, unless stopped.
 * @returns stops it: ends the stream, and says no more.
 */
export function readExchange(
  stream: ClientHttp2Stream,
  connection: Connection,
  onEnd: (end: ExchangeEnd) => void,
): () => void {
  let answer: (Answer & { body: string }) | undefined;
  let isOver = false;

  function end(result: ExchangeEnd) {
    if (isOver) return;
    isOver = true;
    onEnd(result);
  }

  function readBody(into: { body: string }) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: unknown) => {
      into.body += String(chunk);
    });
    stream.on('end', endAsFar);
  }

  // The status is the answer: whatever breaks off after it changes nothing.
  const endAsFar = () =>
    end(answer === undefined ? endWithoutAnswer(stream, connection) : { kind: 'answered', answer });

  stream.on('response', (headers, flags) => {
    answer = { status: Number(headers[':status']), headers, body: '' };
    if ((flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0) endAsFar();
    else readBody(answer);
  });
  stream.on('error', ignore); // kept by the stream, which closes next
  stream.on('close', endAsFar);

  return () => {
    isOver = true;
    stream.close(constants.NGHTTP2_CANCEL);
  };
}

function ignore(): void {}

function endWithoutAnswer(stream: ClientHttp2Stream, connection: Connection): ExchangeEnd {
  const { goaway } = connection;
  const isRefused = stream.id === undefined || stream.rstCode === constants.NGHTTP2_REFUSED_STREAM;
  if (isRefused || (goaway !== undefined && (stream.id ?? 0) > goaway.lastStreamId)) {
    return { kind: 'not-processed', cause: goaway?.reason ?? 'REFUSED_STREAM' };
  }
  // Node reports a dropped connection as a reset with CANCEL, too: the connection tells them apart.
  if (!connection.isGone) return { kind: 'reset', errorCode: stream.rstCode ?? constants.NGHTTP2_NO_ERROR };
  if (goaway !== undefined) return { kind: 'lost', cause: goaway.reason };
  return { kind: 'lost', cause: codeOf(stream.errored) ?? 'closed by the other side' };
}
