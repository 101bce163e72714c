import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { launchBrowser } from './browser';
import { ROOT } from './paths';

const START = join(ROOT, 'out', 'host', 'start.js');

interface Started {
  readonly child: ChildProcess;
  /** What it printed so far, on both outputs. */
  readonly output: () => string;
  readonly exited: Promise<number | null>;
}

function start(...args: string[]): Started {
  const child = spawn(process.execPath, [START, ...args], {
    env: { ...process.env, VSCODE_HOST: 'headless', VOIP_PUSH_NO_BROWSER: '1' },
  });
  let said = '';
  const read = (data: Buffer): void => {
    said += data.toString();
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, output: () => said, exited };
}

async function addressOf({ output, exited }: Started): Promise<string> {
  let gone = false;
  void exited.then(() => {
    gone = true;
  });
  const deadline = Date.now() + 300_000;
  while (Date.now() < deadline && !gone) {
    const url = /^Open (http:\S+)$/m.exec(output())?.[1];
    if (url) return url;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`No address was printed:\n${output()}`);
}

/** The processes below one, with what is below them: the server is in a process group of its own. */
function descendants(pid: number): readonly number[] {
  const parents = process.platform === 'linux' ? parentsFromProc() : parentsFromPs();
  const below = (of: number): readonly number[] =>
    parents.filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

/** What runs below `npm start` once the server has an extension host, which may come after the window is drawn. */
async function serverAndExtensionHost(pid: number): Promise<readonly number[]> {
  const deadline = Date.now() + 60_000;
  let running = descendants(pid);
  while (Date.now() < deadline && running.length < 2) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    running = descendants(pid);
  }
  return running;
}

type ChildAndParent = readonly [child: number, parent: number];

/** A small Linux image has no `ps`. */
function parentsFromProc(): readonly ChildAndParent[] {
  return readdirSync('/proc').flatMap((name): readonly ChildAndParent[] => {
    const parent = /^\d+$/.test(name) ? /^PPid:\s+(\d+)/m.exec(readProc(`${name}/status`) ?? '')?.[1] : undefined;
    return parent === undefined ? [] : [[Number(name), Number(parent)]];
  });
}

/** What the kernel says of a process; nothing when it is gone, which can happen between any two looks at it. */
function readProc(file: string): string | undefined {
  try {
    return readFileSync(`/proc/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}

function parentsFromPs(): readonly ChildAndParent[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return rows.map((row) => row.trim().split(/\s+/).map(Number)).map(([child = 0, parent = 0]) => [child, parent]);
}

/** Which of these processes live on. The kernel takes a moment to clear away what was killed. */
async function leftOf(processes: readonly number[]): Promise<readonly string[]> {
  const deadline = Date.now() + 3000;
  while (Date.now() < deadline && processes.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 50));
  return processes.filter(isAlive).map((pid) => `${pid} ${commandOf(pid)}`);
}

function commandOf(pid: number): string {
  return readProc(`${pid}/cmdline`)?.replaceAll('\0', ' ') ?? 'a process';
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    hash.update(name);
    const path = join(folder, name);
    if (statSync(path).isFile()) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

test('npm start opens a working VS Code on demo/ and Ctrl-C leaves nothing behind', async () => {
  const before = fingerprint(join(ROOT, 'demo'));
  const started = start();
  const { browser, context } = await launchBrowser();
  try {
    const page = await context.newPage();
    await page.goto(await addressOf(started), { timeout: 120_000 });
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
    assert.equal(await page.getByText('Do you trust the authors').count(), 0);
    const running = await serverAndExtensionHost(started.child.pid ?? 0);
    assert.ok(running.length >= 2, 'the server and its extension host are running');
    started.child.kill('SIGINT');
    const code = await started.exited;
    assert.ok(code === 0 || code === 130, `exit code ${code}`);
    assert.deepEqual(await leftOf(running), []);
    assert.equal(fingerprint(join(ROOT, 'demo')), before, 'demo/ is as it was');
  } finally {
    await browser.close();
    started.child.kill('SIGTERM');
    await started.exited;
  }
});

test('npm start says what to do when the port is taken', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  try {
    const started = start('--port', String(port));
    assert.equal(await started.exited, 1);
    assert.match(started.output(), /npm start failed: That port is taken\./);
  } finally {
    taken.close();
  }
});

test('npm start refuses a port that is none', async () => {
  const started = start('--port', 'many');
  assert.equal(await started.exited, 1);
  assert.match(started.output(), /--port takes a number/);
});
