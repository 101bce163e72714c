import { connect } from 'node:net';
import type { DoctorFinding } from '../../core/doctor/doctorReport';
import { formatSetDuration } from '../../core/time';
import type { ApnsHost, DoctorWorld } from './doctorWorld';

const LINK = 'https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns';
const CONNECT_TIMEOUT_MS = 5_000;

/** Whether a TCP connection to a host of APNs can be made on its ports; one of them is enough to send. */
export async function checkPorts(
  { host, ports }: ApnsHost,
  { env }: Pick<DoctorWorld, 'env'>,
  signal: AbortSignal,
  connectTimeoutMs = CONNECT_TIMEOUT_MS,
): Promise<DoctorFinding> {
  const tried = await Promise.all(
    ports.map(async (port) => ({ port, failure: await tryConnect(host, port, signal, connectTimeoutMs) })),
  );
  const open = tried.filter(({ failure }) => failure === undefined).map(({ port }) => port);
  const closed = tried.flatMap(({ port, failure }) => (failure === undefined ? [] : [`port ${port}: ${failure}`]));
  if (closed.length === 0) return { verdict: 'ok', found: `${host} answers on ${listOf(open)}.`, link: LINK };
  if (open.length > 0) {
    return {
      verdict: 'warning',
      found: `${host} answers on ${listOf(open)}, not on every port: ${closed.join('; ')}.`,
      fix: `Send through port ${open.join(' or ')}, or open the other one in the firewall.`,
      link: LINK,
    };
  }
  return {
    verdict: 'problem',
    found: `No network, or a firewall: ${host} cannot be reached: ${closed.join('; ')}.${proxyText(env)}`,
    fix: `Connect to the internet, or ask for outgoing TCP to ${host} on port ${ports.join(' or ')}.`,
    link: LINK,
  };
}

/** Why no connection came about, or undefined when one did. */
function tryConnect(
  host: string,
  port: number,
  signal: AbortSignal,
  connectTimeoutMs: number,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, signal });
    const end = (failure?: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(failure);
    };
    const timer = setTimeout(() => end(`no answer in ${formatSetDuration(connectTimeoutMs)}`), connectTimeoutMs);
    socket.once('connect', () => end());
    socket.on('error', (error: NodeJS.ErrnoException) => end(failureText(error)));
  });
}

/** Why a connection failed, as half a sentence about the host. */
export function failureText({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'its name cannot be resolved';
    case 'ECONNREFUSED':
      return 'refused';
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
      return 'no route to it';
    case 'ETIMEDOUT':
      return 'no answer';
    default:
      return code ?? message;
  }
}

function proxyText(env: DoctorWorld['env']): string {
  const name = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'].find((key) => (env[key] ?? '') !== '');
  return name === undefined ? '' : ` ${name} is set; this check does not go through it.`;
}

function listOf(ports: readonly number[]): string {
  return ports.map((port) => `port ${port}`).join(' and ');
}
