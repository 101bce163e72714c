import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { DoctorFinding } from '../../core/doctor/doctorReport';
import type { DoctorWorld } from './doctorWorld';

const PLATFORM_NAMES: Readonly<Record<string, string>> = { darwin: 'macOS', linux: 'Linux', win32: 'Windows' };
const LEAST_NODE_MAJOR = 20;

/** Which system this is. */
export function checkPlatform({ platform, system }: Pick<DoctorWorld, 'platform' | 'system'>): DoctorFinding {
  return { verdict: 'ok', found: `${PLATFORM_NAMES[platform] ?? platform}, kernel ${system}.` };
}

/** Which Node.js, and which editor around it. */
export function checkRuntime(
  { nodeVersion }: Pick<DoctorWorld, 'nodeVersion'>,
  editor: string | undefined,
): DoctorFinding {
  const found = editor === undefined ? `Node.js ${nodeVersion}.` : `${editor} with Node.js ${nodeVersion}.`;
  if (Number.parseInt(nodeVersion, 10) >= LEAST_NODE_MAJOR) return { verdict: 'ok', found };
  return {
    verdict: 'problem',
    found,
    fix: `Install Node.js ${LEAST_NODE_MAJOR} or newer.`,
    link: 'https://nodejs.org/en/download',
  };
}

/** The local APNs, hence the virtual iPhone, needs a port of this computer to itself. */
export async function checkLoopback({ loopback }: Pick<DoctorWorld, 'loopback'>): Promise<DoctorFinding> {
  const server = createServer((socket) => socket.destroy());
  try {
    server.listen(0, loopback);
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const socket = connect({ host: loopback, port });
    try {
      await once(socket, 'connect');
    } finally {
      socket.destroy();
    }
    return { verdict: 'ok', found: `The local APNs can listen on ${loopback}.` };
  } catch (error) {
    return {
      verdict: 'problem',
      found: `The local APNs cannot listen on ${loopback}: ${error instanceof Error ? error.message : String(error)}.`,
      fix: 'Allow programs to listen on this computer: look at the firewall, the security software or the container.',
    };
  } finally {
    server.close();
  }
}
