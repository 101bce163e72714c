import { type ClientRequest, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { formatSetDuration } from '../../core/time';
import { codeOf } from './connectionFailure';
import { type Failure, FailureCode } from './failure';

/** Why no way through the proxy was opened. Its message never carries the proxy's user and password. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export interface TunnelOptions {
  /** For example `http://proxy.example.com:3128`; may carry user and password. */
  readonly proxy: string;
  /** Where to, for example `api.push.apple.com:443`. */
  readonly to: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * A TCP connection through an HTTP proxy, by CONNECT (RFC 9110, 9.3.6). Rejects with a ProxyError, and at once when aborted.
 */
export function openTunnel({ proxy, to, timeoutMs, signal }: TunnelOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
    if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
      reject(proxyError('The address of the proxy cannot be used. Give one like http://proxy.example.com:3128.'));
      return;
    }
    const fail = (why: string) => reject(proxyError(`The proxy ${url.host} ${why}`));
    const request = startConnect(url, to, signal);
    const timer = setTimeout(() => {
      request.destroy();
      fail(
        `did not open a way to ${to} within ${formatSetDuration(timeoutMs)}. Check the proxy setting and the network.`,
      );
    }, timeoutMs);
    request.on('connect', (response, socket) => {
      clearTimeout(timer);
      if (response.statusCode === 200) resolve(socket);
      else {
        socket.destroy();
        fail(refusal(response.statusCode, to));
      }
    });
    // A proxy that knows no CONNECT answers like a web server.
    request.on('response', (response) => {
      clearTimeout(timer);
      response.destroy();
      fail(refusal(response.statusCode, to));
    });
    request.on('error', (error) => {
      clearTimeout(timer);
      fail(
        `cannot be reached (${codeOf(error) ?? 'closed by the other side'}). Check the proxy setting and the network.`,
      );
    });
    request.end();
  });
}

function startConnect(url: URL, to: string, signal: AbortSignal): ClientRequest {
  const { username, password, hostname, port, protocol } = url;
  const isSecure = protocol === 'https:';
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  return (isSecure ? requestHttps : requestHttp)({
    method: 'CONNECT',
    host: hostname.replace(/^\[|\]$/g, ''), // [::1] → ::1
    port: Number(port || (isSecure ? 443 : 80)),
    path: to,
    agent: false,
    signal,
    headers: { host: to, ...(username === '' ? {} : { 'proxy-authorization': `Basic ${login}` }) },
  });
}

function refusal(status: number | undefined, to: string): string {
  if (status === 407)
    return 'asks for a user and a password. Put them into its address: http://user:password@host:port.';
  return `refused to connect to ${to} (status ${status ?? 'unknown'}). Ask who runs it to allow CONNECT to this address.`;
}

function proxyError(message: string): ProxyError {
  return new ProxyError({ code: FailureCode.proxy, message });
}
