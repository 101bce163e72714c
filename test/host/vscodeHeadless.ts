import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { workbenchUrl } from './address';
import { launchBrowser } from './browser';
import { whenToldToEnd } from './endings';
import { type Server, startServer } from './server';

// A stand-in for the `code` executable of @vscode/test-electron: takes the same arguments, runs the tests in the Node
// extension host of a VS Code server whose window is open in a headless Chromium, and exits with the tests' code.

const EXIT = {
  usage: 2,
  pageCrashed: 70,
  hostGone: 71,
  broken: 72,
  noProof: 73,
  badProof: 74,
  timeout: 124,
  stopped: 130,
};

interface End {
  readonly code: number;
  readonly reason?: string;
}

const { target, flags, extensionDevelopmentPaths } = readArguments(process.argv.slice(2));
const workDir = process.env['VSCODE_HEADLESS_DIR'] ?? mkdtempSync(join(tmpdir(), 'vsh-'));
const timeoutSeconds = Number(process.env['VSCODE_HEADLESS_TIMEOUT'] ?? 300);
const verbose = process.env['VSCODE_HEADLESS_VERBOSE'] === '1';
const outputFile = join(workDir, 'test-output.txt');
const proofFile = process.env['VSCODE_TEST_RESULT_FILE'] ?? join(workDir, 'test-result.json');
const closers: (() => Promise<unknown>)[] = [];
let printedBytes = 0;

async function main(): Promise<void> {
  mkdirSync(workDir, { recursive: true });
  writeFileSync(outputFile, '');
  rmSync(proofFile, { force: true });
  const printing = setInterval(printOutput, 100);
  whenToldToEnd(() => void close().then(() => process.exit(EXIT.stopped)));
  const end = await runTests().catch((error: unknown): End => ({ code: EXIT.broken, reason: describe(error) }));
  clearInterval(printing);
  await close();
  printOutput();
  if (end.reason) console.error(`vscodeHeadless: ${end.reason}`);
  if (end.code !== 0) console.error(`vscodeHeadless: exit ${end.code}; logs, settings and picture are in ${workDir}`);
  else if (!process.env['VSCODE_HEADLESS_DIR']) rmSync(workDir, { recursive: true, force: true });
  process.exit(end.code);
}

async function runTests(): Promise<End> {
  const extensionTestsPath = flags.get('extensionTestsPath');
  if (!extensionTestsPath) return { code: EXIT.usage, reason: '--extensionTestsPath is required' };
  const [extensionsDir, userDataDir] = [flags.get('extensions-dir'), flags.get('user-data-dir')];
  const server = await startServer({
    workDir,
    forExtensionTests: true,
    ...(extensionsDir ? { extensionsDir } : {}),
    ...(userDataDir ? { userDataDir } : {}),
    env: { VSCODE_TEST_OUTPUT_FILE: outputFile, VSCODE_TEST_RESULT_FILE: proofFile },
    onProgress: (line) => console.error(line),
  });
  closers.push(server.stop);
  const { browser, context } = await launchBrowser();
  closers.unshift(() => browser.close());
  const page = await context.newPage();
  const ended = endOf(page, server);
  await page.goto(workbenchUrl(server, { target, extensionDevelopmentPaths, extensionTestsPath }), {
    timeout: 120_000,
  });
  const end = await ended;
  if (end.reason) await page.screenshot({ path: join(workDir, 'failure.png') }).catch(() => {});
  return end.code === 0 ? proven() : end;
}

function endOf(page: Page, server: Server): Promise<End> {
  const log = createWriteStream(join(workDir, 'workbench.log'));
  return new Promise((resolve) => {
    void page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      const line = `[${type}] ${format(...args)}\n`;
      log.write(line);
      if (verbose) process.stderr.write(line);
    });
    void page.exposeFunction('codeAutomationExit', (code: number) => resolve({ code }));
    page.on('crash', () => resolve({ code: EXIT.pageCrashed, reason: 'the page crashed' }));
    // The window's own answer comes a little later than the host's end and is worth more.
    void server.extensionHostEnded.then((reason) => setTimeout(() => resolve({ code: EXIT.hostGone, reason }), 5000));
    const late = (): void => resolve({ code: EXIT.timeout, reason: `no end after ${timeoutSeconds} s` });
    setTimeout(late, timeoutSeconds * 1000).unref();
  });
}

/** When the extension host dies (crash, process.exit, out of memory) the window still reports 0: only the file proves a run. */
function proven(): End {
  if (!existsSync(proofFile)) {
    return { code: EXIT.noProof, reason: 'the extension host ended without a result (a crash or process.exit?)' };
  }
  const proof: unknown = JSON.parse(readFileSync(proofFile, 'utf8'));
  const good = typeof proof === 'object' && proof !== null && 'failures' in proof && proof.failures === 0;
  return good ? { code: 0 } : { code: EXIT.badProof, reason: `bad result: ${JSON.stringify(proof)}` };
}

function readArguments(args: readonly string[]): {
  readonly target: string | undefined;
  readonly flags: ReadonlyMap<string, string>;
  readonly extensionDevelopmentPaths: readonly string[];
} {
  const options = args.map((arg) => /^--([^=]+)=(.*)$/s.exec(arg)).filter((match) => match !== null);
  const pairs = options.map(([, name = '', value = '']) => [name, value] as const);
  return {
    // Switches without a value (--no-sandbox, --skip-welcome …) have no meaning here, or are what this host does anyway.
    target: args.find((arg) => !arg.startsWith('--')),
    flags: new Map(pairs),
    extensionDevelopmentPaths: pairs.filter(([name]) => name === 'extensionDevelopmentPath').map(([, value]) => value),
  };
}

function printOutput(): void {
  const all = readFileSync(outputFile);
  process.stdout.write(all.subarray(printedBytes));
  printedBytes = all.length;
}

async function close(): Promise<void> {
  for (const end of closers) await end().catch(() => {});
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

void main();
