import { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';

/** A TLS socket seen as the plain stream that Node's HTTP/2 server runs on. */
export interface SocketBridge {
  readonly stream: Duplex;
  /** Says one last thing on the socket, from now on keeps HTTP/2 from saying more, and closes. */
  finishWith(lastBytes: Buffer): void;
  /** Ends the connection at once, without a word. */
  drop(): void;
}

/**
 * Joins a socket to a stream for the HTTP/2 server.
 *
 * Why not `http2.createSecureServer`: Node cannot send a GOAWAY whose last stream id is 0 once a stream has come in
 * (`goaway(code, 0)` means "the last one processed"), and the socket that an HTTP/2 session gives out refuses `destroy`.
 * Here whole frames can be put on the wire between those of HTTP/2, and the socket stays ours. It costs about a tenth of
 * the throughput.
 */
export function bridgeSocket(socket: TLSSocket): SocketBridge {
  let isMuted = false;
  const stream = new Duplex({
    read() {
      socket.resume();
    },
    write(chunk: Buffer, _encoding, done) {
      if (isMuted) done();
      else socket.write(chunk, done);
    },
    writev(chunks: readonly { readonly chunk: Buffer }[], done) {
      if (isMuted) done();
      else socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
    },
    final(done) {
      if (!isMuted) socket.end();
      done();
    },
    destroy(error, done) {
      // Lets what has been written go out first.
      socket.destroySoon();
      done(error);
    },
  });
  socket.on('data', (chunk: Buffer) => {
    if (!stream.push(chunk)) socket.pause();
  });
  socket.on('end', () => stream.push(null));
  socket.on('close', () => stream.destroy());
  socket.on('error', () => stream.destroy());

  return {
    stream,
    finishWith(lastBytes) {
      isMuted = true;
      socket.end(lastBytes);
      stream.destroy();
    },
    drop() {
      isMuted = true;
      socket.destroy();
    },
  };
}

const GOAWAY_FRAME_TYPE = 0x7;
const FRAME_HEADER_BYTES = 9;
const GOAWAY_PAYLOAD_BYTES = 8;

/** A GOAWAY frame without error (RFC 9113, 6.8) that says: nothing on this connection has been processed. */
export function goawayNothingProcessed(): Buffer {
  const frame = Buffer.alloc(FRAME_HEADER_BYTES + GOAWAY_PAYLOAD_BYTES);
  frame.writeUIntBE(GOAWAY_PAYLOAD_BYTES, 0, 3);
  frame.writeUInt8(GOAWAY_FRAME_TYPE, 3);
  // The rest is zero: no flags, stream 0, last stream id 0, NO_ERROR.
  return frame;
}
