import { constants, type ServerHttp2Stream } from 'node:http2';

/** How much of a body that nobody wants is read and thrown away before the client is told to stop. */
const DISCARD_LIMIT_BYTES = 65_536;

/**
 * The whole body, or `undefined` as soon as it goes past the limit. Never settles for a stream that is torn down: nobody
 * is there to be answered.
 */
export function readBody(stream: ServerHttp2Stream, limitBytes: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onData = (chunk: Buffer): void => {
      bytes += chunk.byteLength;
      chunks.push(chunk);
      if (bytes > limitBytes) settle(undefined);
    };
    const onEnd = (): void => {
      // Node also ends the body of a stream that the client has reset: a part of a payload is no payload.
      if (!stream.aborted && !stream.closed) settle(Buffer.concat(chunks));
    };
    const settle = (body: Uint8Array | undefined): void => {
      stream.off('data', onData);
      stream.off('end', onEnd);
      resolve(body);
    };
    stream.on('data', onData);
    stream.on('end', onEnd);
  });
}

/**
 * Throws the rest of a body away, so that a client which sends first and reads later gets its answer. One that sends too
 * much is told to stop, without an error (RFC 9113, 8.1): the answer still counts.
 */
export function discardBody(stream: ServerHttp2Stream): void {
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > DISCARD_LIMIT_BYTES && stream.writableFinished && !stream.closed) {
      stream.close(constants.NGHTTP2_NO_ERROR);
    }
  });
}
