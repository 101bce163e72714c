import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCli } from '../../src/cli/program';
import type { CliWorld } from '../../src/cli/world';
import { microsecondsFromMilliseconds } from '../../src/core/time';

export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with these files in it, for as long as `work` runs. */
export async function inFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'voip-push-cli-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs the command line in this process. */
export async function cli(args: readonly string[], world: Partial<CliWorld> = {}): Promise<CliResult> {
  let stdout = '';
  let stderr = '';
  const exitCode = await runCli(args, {
    stdin: bytes(''),
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    isTerminal: false,
    isStderrTerminal: false,
    env: {},
    cwd: tmpdir(),
    homeFolder: tmpdir(),
    platform: process.platform,
    now: () => microsecondsFromMilliseconds(Date.now()),
    interrupted: new AbortController().signal,
    ...world,
  });
  return { exitCode, stdout, stderr };
}

/** A stdin with this text. */
export async function* bytes(...chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

// A line of `log stream --style ndjson`:
// {"timestamp":"2026-09-08 10:11:34.092155+0200","eventMessage":"…","processImagePath":"/…/Example","processID":4711,…}
/** One log record, `offsetMs` after 2026-09-08 08:11:34 UTC. */
export function logLine(offsetMs: number, process: string, eventMessage: string, subsystem = ''): string {
  const at = new Date(Date.UTC(2026, 8, 8, 8, 11, 34) + offsetMs).toISOString();
  return JSON.stringify({
    timestamp: `${at.slice(0, 10)} ${at.slice(11, 23)}000+0000`,
    eventMessage,
    processImagePath: `/private/var/containers/Bundle/Application/${process}`,
    processID: 4711,
    subsystem,
    category: 'Default',
    eventType: 'logEvent',
    messageType: 'Default',
  });
}

/** A line of the probe in the app. */
export function probeLine(offsetMs: number, fields: Readonly<Record<string, unknown>>): string {
  const message = `voip-push 1 ${JSON.stringify({ app: 'com.example.app', ...fields })}`;
  return logLine(offsetMs, 'Example', message, 'com.example.app');
}

const received = (call: string) => ({ e: 'received', mustReport: true, call, state: 'background', via: 'metadata' });

/** The lines of an app that keeps the rule. */
export function goodLog(startMs = 0, call = '6b0f2f3e-9d0a-4f0b-8d39-0d3f7d3a1c01'): readonly string[] {
  return [
    logLine(startMs, 'callservicesd', 'unrelated'),
    probeLine(startMs + 100, received(call)),
    probeLine(startMs + 140, { e: 'reporting', api: 'CallKit', call }),
    probeLine(startMs + 150, { e: 'returned', call }),
    probeLine(startMs + 170, { e: 'reported', api: 'CallKit', call }),
    logLine(startMs + 20_000, 'callservicesd', 'unrelated'),
  ];
}

/** The lines of an app that never reports; the log goes on long enough to be sure, or ends too early. */
export function silentLog(startMs = 0, watchedMs = 20_000): readonly string[] {
  return [
    logLine(startMs, 'callservicesd', 'unrelated'),
    probeLine(startMs + 100, received('6b0f2f3e-9d0a-4f0b-8d39-0d3f7d3a1c02')),
    logLine(startMs + watchedMs, 'callservicesd', 'unrelated'),
  ];
}

export function fileOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
