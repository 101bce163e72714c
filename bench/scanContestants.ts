import { spawnSync } from 'node:child_process';
import { createReadStream, readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { systemHostClock } from '../src/adapters/logSources/hostClock';
import { readLogFile } from '../src/adapters/logSources/readLog';

export type Contestant = 'readLogFile' | 'readLogFile gzip' | 'grep' | 'split and parse' | 'readline and parse';

/** What one contestant needed. */
export interface Run {
  readonly seconds: number;
  /** User and system: unlike the seconds, nearly the same on a busy computer. */
  readonly cpuSeconds: number;
  /** Lines of evidence. */
  readonly found: number;
  /** Peak of the process, in megabytes. */
  readonly peakMb?: number;
  /** How long anything else in the process had to wait at most, the computer's other work included. */
  readonly longestWaitMs?: number;
}

interface Files {
  readonly path: string;
  /** One text a line. */
  readonly needlesPath: string;
}

/** Lets one contestant read the log, in this process. */
export async function runContestant(contestant: Contestant, files: Files): Promise<Run> {
  if (contestant === 'grep') return runGrep(files);
  const cpu = process.cpuUsage();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  const found = await COUNT[contestant](files);
  const seconds = (performance.now() - start) / 1000;
  delay.disable();
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds,
    cpuSeconds: (user + system) / 1e6,
    found,
    peakMb: process.resourceUsage().maxRSS / 1024,
    longestWaitMs: delay.max / 1e6,
  };
}

const COUNT: Readonly<Record<Exclude<Contestant, 'grep'>, (files: Files) => Promise<number>>> = {
  readLogFile: countRead,
  'readLogFile gzip': countRead,
  'split and parse': countSplit,
  'readline and parse': countLines,
};

async function countRead({ path }: Files): Promise<number> {
  const { events } = await readLogFile(path, { source: 'device.ndjson', hostClock: systemHostClock() });
  return events.filter(({ kind }) => !kind.startsWith('source.')).length;
}

async function countSplit({ path, needlesPath }: Files): Promise<number> {
  const needles = needlesIn(needlesPath);
  let found = 0;
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (isFound(line, needles)) found += 1;
  }
  return found;
}

async function countLines({ path, needlesPath }: Files): Promise<number> {
  const needles = needlesIn(needlesPath);
  let found = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (isFound(line, needles)) found += 1;
  }
  return found;
}

function isFound(line: string, needles: readonly string[]): boolean {
  const { eventMessage }: { readonly eventMessage?: unknown } = JSON.parse(line);
  return typeof eventMessage === 'string' && needles.some((needle) => eventMessage.includes(needle));
}

function needlesIn(path: string): readonly string[] {
  return readFileSync(path, 'utf8').trimEnd().split('\n');
}

/** Not to /dev/null, which would let grep stop at the first line that it finds. */
function runGrep({ path, needlesPath }: Files): Run {
  const script = 'TIMEFORMAT="%R %U %S"; time grep -F -f "$1" "$2" > "$1.found"; wc -l < "$1.found"';
  const { stdout, stderr } = spawnSync('bash', ['-c', script, 'grep', needlesPath, path], { encoding: 'utf8' });
  const [seconds = Number.NaN, user = Number.NaN, system = Number.NaN] = stderr.trim().split(' ').map(Number);
  return { seconds, cpuSeconds: user + system, found: Number(stdout) };
}
