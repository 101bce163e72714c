import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Host, installHost } from './install';

/** VS Code's settings as its settings file spells them. */
export type Settings = Readonly<Record<string, unknown>>;

/** How a server is to be started. */
export interface ServerOptions {
  /** The server's data, the user's settings, the installed extensions and the log. */
  readonly workDir: string;
  readonly settings?: Settings;
  readonly env?: NodeJS.ProcessEnv;
  /** 0 for any free one. */
  readonly port?: number;
  /** Whoever has it may connect; without one, everybody on this machine may. */
  readonly connectionToken?: string;
  /** `restricted` opens every folder untrusted and asks nobody, so VS Code runs in Restricted Mode. */
  readonly trust?: 'trusted' | 'restricted';
  /**
   * Whether a window may be told to run an extension's tests, or an extension from any folder. A released VS Code then
   * shows no notification toasts, so it is nothing for a person, nor for a test of what a person sees.
   */
  readonly forExtensionTests?: boolean;
  readonly extensionsDir?: string;
  readonly userDataDir?: string;
  readonly onProgress?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** A running VS Code server. */
export interface Server {
  readonly origin: string;
  readonly authority: string;
  readonly pid: number;
  readonly logFile: string;
  /**
   * The machine's settings, which a running window follows and which win over the user's. The user's own file is read
   * when a window opens and then no more: in this host its changes do not reach the window.
   */
  readonly settingsFile: string;
  /** Settles when the extension host is gone, as after a reload of the window, with how it went. */
  readonly extensionHostEnded: Promise<string>;
  /** Settles when the server itself is gone, with how it went. */
  readonly ended: Promise<string>;
  /** Ends the server and everything it started. */
  readonly stop: () => Promise<void>;
}

const QUIET_SETTINGS: Settings = {
  'chat.disableAIFeatures': true,
  'chat.agentHost.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Dark Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'window.autoDetectColorScheme': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.openRepositoryInParentFolders': 'never',
};

const LONGEST_START = 60_000;

const RESTRICTED_SETTINGS: Settings = {
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.emptyWindow': false,
};

/** Adds settings to a settings file of VS Code. All of them are on the server's disk, none in the browser. */
export function writeSettings(settingsFile: string, settings: Settings): void {
  const written: Settings = existsSync(settingsFile) ? JSON.parse(readFileSync(settingsFile, 'utf8')) : {};
  writeFileSync(settingsFile, JSON.stringify({ ...written, ...settings }, null, 2));
}

/** The folder of everything that a server keeps. */
export function dataFolder(workDir: string): string {
  return join(workDir, 'server');
}

/** The folder of the extensions that a server runs, unless it is told another. */
export function extensionsFolder(workDir: string): string {
  return join(dataFolder(workDir), 'extensions');
}

/** Starts a VS Code server on 127.0.0.1 and waits until it listens. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const host = await installHost(options.onProgress, options.signal);
  const data = dataFolder(options.workDir);
  const userFolder = join(options.userDataDir ?? join(data, 'data'), 'User');
  mkdirSync(userFolder, { recursive: true });
  writeSettings(join(userFolder, 'settings.json'), {
    ...QUIET_SETTINGS,
    ...(options.trust === 'restricted' ? RESTRICTED_SETTINGS : {}),
    ...options.settings,
  });
  // There from the start, as VS Code sees changes of a file sooner than its coming into being.
  const settingsFile = join(data, 'data', 'Machine', 'settings.json');
  mkdirSync(dirname(settingsFile), { recursive: true });
  writeSettings(settingsFile, {});
  // VS Code leaves its sockets behind. A private folder for them can be removed; it is short as a path may have 108 bytes.
  const socketFolder = mkdtempSync(join(tmpdir(), 'vsr-'));
  const child = spawn(host.node, serverArguments(host, data, options), {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: ending the group also ends extension host, terminals and file watcher.
    detached: process.platform !== 'win32',
    env: { ...withoutTestRunner(process.env), XDG_RUNTIME_DIR: socketFolder, ...options.env },
  });
  const killNow = (): void => {
    killGroup(child, 'SIGKILL');
    rmSync(socketFolder, { recursive: true, force: true });
  };
  process.once('exit', killNow);
  const stop = async (): Promise<void> => {
    await endGently(child);
    killNow();
    process.off('exit', killNow);
  };
  const logFile = join(options.workDir, 'server.log');
  const { listening, extensionHostEnded, ended } = watch(child, logFile, options.signal);
  try {
    const port = await listening;
    const authority = `127.0.0.1:${port}`;
    const origin = `http://${authority}`;
    return { origin, authority, pid: child.pid ?? 0, logFile, settingsFile, extensionHostEnded, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serverArguments(host: Host, data: string, options: ServerOptions): readonly string[] {
  return [
    ...[host.serverMain, '--host', '127.0.0.1', '--port', String(options.port ?? 0), '--accept-server-license-terms'],
    ...(options.connectionToken ? ['--connection-token', options.connectionToken] : ['--without-connection-token']),
    ...['--server-data-dir', data, '--extensions-dir', options.extensionsDir ?? extensionsFolder(options.workDir)],
    ...(options.userDataDir ? ['--user-data-dir', options.userDataDir] : []),
    ...(options.trust === 'restricted' ? [] : ['--disable-workspace-trust']),
    ...['--telemetry-level', 'off', '--disable-update-check', '--disable-getting-started-override'],
    ...(options.forExtensionTests ? ['--enable-smoke-test-driver'] : []),
  ];
}

/** A test runner's own variables would make a Node program below it speak the runner's protocol. */
function withoutTestRunner(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([key]) => !key.startsWith('NODE_TEST_')));
}

interface Watched {
  readonly listening: Promise<number>;
  readonly extensionHostEnded: Promise<string>;
  readonly ended: Promise<string>;
}

/** Keeps the server's output in its log file, and reads there what happens to the server. */
function watch(child: ChildProcess, logFile: string, signal: AbortSignal | undefined): Watched {
  const log = createWriteStream(logFile);
  let seen = '';
  const output = new EventEmitter();
  const read = (data: Buffer): void => {
    log.write(data);
    seen = (seen + data.toString()).slice(-20_000);
    output.emit('text');
  };
  child.stdout?.on('data', read);
  child.stderr?.on('data', read);
  const said = (pattern: RegExp): Promise<string> =>
    new Promise((found) => {
      output.on('text', () => {
        const match = pattern.exec(seen);
        if (match) found(match[1] ?? match[0]);
      });
    });
  const ended = new Promise<string>((found) => {
    child.once('error', (error) => found(`The VS Code server did not start: ${error.message}`));
    child.once('exit', (code, signal) => found(`The VS Code server ended (${code ?? signal})`));
  });
  const failed = Promise.race([
    ended.then((how) => `${how} before it listened`),
    // With its port taken the server reports it and stays.
    said(/Error: listen \w+/),
    new Promise<string>((found) => signal?.addEventListener('abort', () => found('Stopped'))),
    new Promise<string>((found) =>
      setTimeout(found, LONGEST_START, 'The VS Code server did not listen in time').unref(),
    ),
  ]);
  const listening = said(/Extension host agent listening on (\d+)/).then(Number);
  return {
    listening: Promise.race([listening, failed.then((how) => Promise.reject(new Error(`${how}:\n${seen}`)))]),
    extensionHostEnded: Promise.race([said(/Extension Host Process exited with code: [^,]+, signal: \w+/), ended]),
    ended,
  };
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

async function endGently(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolveGone) => child.once('exit', resolveGone));
  killGroup(child, 'SIGTERM');
  const impatient = setTimeout(() => killGroup(child, 'SIGKILL'), 3000);
  await gone;
  clearTimeout(impatient);
}
