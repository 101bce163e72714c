import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { workbenchUrl } from './address';
import { hasDesktopCode, openInBrowser, runDesktopCode } from './desktop';
import { whenToldToEnd } from './endings';
import { installExtension } from './extensions';
import { UserError } from './install';
import { ROOT } from './paths';
import { type Server, startServer } from './server';

// What `npm start` runs: a real VS Code with the extension on the folder demo/. It is the desktop's own VS Code when
// there is one (VSCODE_HOST=headless says not to take it), else one from npm that is used in a browser.

const DEMO = join(ROOT, 'demo');
const STOPPED = 130;

async function main(): Promise<number> {
  const port = readPort();
  if (process.env['VSCODE_HOST'] !== 'headless' && hasDesktopCode()) {
    console.log('Opening demo/ in VS Code with the extension. Close that window to end.');
    return runDesktopCode(ROOT, DEMO);
  }
  return runInBrowser(port);
}

function readPort(): number {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
  const port = Number(values.port);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UserError(`--port takes a number from 0 to 65535, not "${values.port}".`);
}

async function runInBrowser(port: number): Promise<number> {
  const workDir = mkdtempSync(join(tmpdir(), 'voip-push-start-'));
  const starting = new AbortController();
  const toldToEnd = new Promise<'told'>((resolve) => {
    whenToldToEnd(() => {
      starting.abort();
      resolve('told');
    });
  });
  try {
    // Other people's programs on this machine must not reach a server that can run commands.
    const connectionToken = randomBytes(16).toString('hex');
    await installExtension(ROOT, workDir);
    const server = await startServer({
      workDir,
      port,
      connectionToken,
      onProgress: (line) => console.log(line),
      signal: starting.signal,
    });
    show(server, connectionToken);
    const end = await Promise.race([server.ended, toldToEnd]);
    await server.stop();
    if (end === 'told') return STOPPED;
    throw new UserError(`${end}. Start it again with npm start.`);
  } catch (error) {
    if (starting.signal.aborted) return STOPPED;
    throw error;
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

function show(server: Server, connectionToken: string): void {
  const url = workbenchUrl(server, { target: DEMO, connectionToken });
  console.log(`\nVS Code with VoIP Push Debugger on the folder demo/:\n\nOpen ${url}\n\nCtrl-C ends it.`);
  openInBrowser(url);
}

/** A failure in a sentence that says what to do. */
function explain(error: unknown): string {
  if (error instanceof UserError) return error.message;
  const text = error instanceof Error ? error.message : String(error);
  if (text.includes('EADDRINUSE')) return 'That port is taken. Leave --port out to get a free one, or name another.';
  if (text.includes('ENOSPC')) return `The disk is full: the VS Code host needs 500 MB.\n${text}`;
  return text;
}

void main()
  .catch((error: unknown) => {
    console.error(`npm start failed: ${explain(error)}`);
    return 1;
  })
  .then((code) => process.exit(code));
