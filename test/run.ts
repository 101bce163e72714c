import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { whenToldToEnd } from './host/endings';
import { ROOT } from './host/paths';
import { lastLine, type Outcome, readExitCode, readProof, readTap, table } from './suites';

// What `npm test` runs after the build: every suite in order, the quick ones first, or only those that are named
// (`npm test -- unit types`). The last line on stdout is `N passed, N failed`; any failure makes the exit code 1.

interface Check {
  readonly command: readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
  readonly read: (exitCode: number | undefined) => Outcome;
}

interface Suite {
  readonly name: string;
  readonly minutes: number;
  /** Run one after the other; one that fails does not keep the next from running. */
  readonly checks: readonly Check[];
}

const OUT = join(ROOT, 'out');
const reports = mkdtempSync(join(tmpdir(), 'voip-push-reports-'));
const vsix = join(OUT, 'voip-push-debugger.vsix');

const SUITES: readonly Suite[] = [
  { name: 'lint', minutes: 2, checks: [whole('biome', 'ci', '.')] },
  { name: 'types', minutes: 5, checks: [whole('tsc', '-p', '.'), whole('tsc', '-p', join('src', 'core'))] },
  { name: 'unused', minutes: 3, checks: [whole('knip')] },
  { name: 'unit', minutes: 10, checks: [nodeTests('unit', unitTests())] },
  { name: 'start', minutes: 8, checks: [nodeTests('start', testFiles(join(OUT, 'host')))] },
  { name: 'vscode', minutes: 10, checks: [inHostTests()] },
  { name: 'browser', minutes: 12, checks: [nodeTests('browser', testFiles(join(OUT, 'browser')))] },
  {
    name: 'vsix',
    minutes: 12,
    checks: [
      whole('npm', 'run', 'package', '--', '--out', vsix),
      nodeTests('vsix', testFiles(join(OUT, 'browser')), { VOIP_PUSH_VSIX: vsix }),
    ],
  },
];

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.log(`No suite is called ${unknown.join(', ')}. There are ${SUITES.map(({ name }) => name).join(', ')}.`);
    console.log('0 passed, 1 failed');
    return 1;
  }
  const chosen = SUITES.filter(({ name }) => names.length === 0 || names.includes(name));
  const leftOut = SUITES.filter((suite) => !chosen.includes(suite)).map(({ name }) => name);
  const rows = [];
  for (const suite of chosen) {
    console.log(`\n── ${suite.name} ${'─'.repeat(60)}`);
    const started = Date.now();
    const outcome = await runSuite(suite);
    rows.push({ name: suite.name, seconds: (Date.now() - started) / 1000, outcome });
  }
  console.log(`\n${table(rows)}`);
  if (leftOut.length > 0) console.log(`Left out: ${leftOut.join(', ')}`);
  const outcomes = rows.map(({ outcome }) => outcome);
  console.log(lastLine(outcomes));
  return outcomes.some(({ failed }) => failed > 0) ? 1 : 0;
}

async function runSuite({ checks, minutes }: Suite): Promise<Outcome> {
  const deadline = Date.now() + minutes * 60_000;
  const outcomes: Outcome[] = [];
  for (const check of checks) outcomes.push(check.read(await execute(check, deadline)));
  const sum = (count: (outcome: Outcome) => number): number => outcomes.reduce((total, one) => total + count(one), 0);
  const notes = outcomes.map(({ note }) => note).filter((note) => note !== undefined);
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    skipped: sum(({ skipped }) => skipped),
    ...(notes.length > 0 ? { note: notes.join(', ') } : {}),
  };
}

/** Sends a signal to everything the running suite started, and says whether there still was something. */
let signalSuite: (signal: NodeJS.Signals | 0) => boolean = () => false;
let toldToEnd = false;

/** Runs a program to its end and returns its exit code; none when it was killed, ran out of time or did not start. */
async function execute({ command: [program, ...args], env }: Check, deadline: number): Promise<number | undefined> {
  if (toldToEnd) return undefined;
  const path = [join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  const windows = process.platform === 'win32';
  const child = spawn(program, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: path, ...env },
    // A group of its own, so that everything the suite started can be ended with it.
    detached: !windows,
    shell: windows,
  });
  signalSuite = (signal) => {
    try {
      return child.pid !== undefined && process.kill(windows ? child.pid : -child.pid, signal);
    } catch {
      return false;
    }
  };
  const timeout = setTimeout(
    () => {
      console.log('Out of time.');
      void endSuite();
    },
    Math.max(1000, deadline - Date.now()),
  );
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(null);
    });
    child.once('exit', resolve);
  });
  clearTimeout(timeout);
  await endSuite();
  return code ?? undefined;
}

/** Ends what is left of the suite, with time to end the servers and browsers that are in groups of their own. */
async function endSuite(): Promise<void> {
  const deadline = Date.now() + 8000;
  if (!signalSuite('SIGTERM')) return;
  while (Date.now() < deadline && signalSuite(0)) await new Promise((resolve) => setTimeout(resolve, 50));
  signalSuite('SIGKILL');
}

function whole(...command: readonly [string, ...string[]]): Check {
  return { command, read: readExitCode };
}

function nodeTests(name: string, files: readonly string[], env: NodeJS.ProcessEnv = {}): Check {
  const tap = join(reports, `${name}.tap`);
  if (files.length === 0) {
    const nothing: Outcome = { passed: 0, failed: 1, skipped: 0, note: 'no test file' };
    return { command: [process.execPath, '--version'], read: () => nothing };
  }
  const reporters = ['--test-reporter=spec', '--test-reporter-destination=stdout', '--test-reporter=tap'];
  return {
    // Not more than one window at a time: a machine with two cores is busy with one.
    command: [
      ...[process.execPath, '--enable-source-maps', '--test', ...(name === 'unit' ? [] : ['--test-concurrency=1'])],
      ...[...reporters, `--test-reporter-destination=${tap}`, ...files],
    ] as [string, ...string[]],
    env,
    read: (exitCode) => readTap(contentOf(tap), exitCode),
  };
}

function inHostTests(): Check {
  const proof = join(reports, 'vscode.json');
  return {
    command: [process.execPath, join(OUT, 'host', 'runInHost.js')],
    env: { VSCODE_TEST_RESULT_FILE: proof },
    read: (exitCode) => readProof(contentOf(proof), exitCode),
  };
}

function contentOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function unitTests(): readonly string[] {
  const others = ['host', 'browser', 'vscode'].map((name) => join(OUT, name));
  return testFiles(OUT).filter((file) => !others.some((folder) => file.startsWith(`${folder}/`)));
}

function testFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js'))
    .sort()
    .map((name) => join(folder, name));
}

whenToldToEnd(() => {
  toldToEnd = true;
  void endSuite();
});
void main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.log(error);
    console.log('0 passed, 1 failed');
    return 1;
  })
  .then((code) => {
    rmSync(reports, { recursive: true, force: true });
    process.exit(code);
  });
