import { createServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { portOf } from './loopbackApns';

/** An HTTP proxy on this computer. */
export interface LoopbackProxy {
  readonly url: string;
  /** Every CONNECT it was asked for. */
  readonly asked: readonly IncomingMessage[];
  dropAll(): void;
  close(): Promise<void>;
}

/** What is done when somebody asks for a way: `open` opens it. */
export type OnConnect = (socket: Socket, open: () => void) => void;

/**
 * Starts a proxy that opens the way, or does what `onConnect` says. Names that end with `.test`, which nobody has, lead to
 * this computer.
 */
export async function startLoopbackProxy(onConnect: OnConnect = (_, open) => open()): Promise<LoopbackProxy> {
  const asked: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_, response) => response.writeHead(404).end());
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', (request, socket: Socket) => {
    asked.push(request);
    socket.on('error', () => {});
    onConnect(socket, () => {
      const [host = '', port] = (request.url ?? '').split(':');
      const address = host.endsWith('.test') ? '127.0.0.1' : host;
      const out = connect(Number(port), address, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
      out.on('error', () => socket.destroy());
      socket.on('close', () => out.destroy());
      out.pipe(socket).pipe(out);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dropAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    asked,
    dropAll,
    close() {
      dropAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
