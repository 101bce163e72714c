import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { searchedTexts } from '../src/core/log/logReader';
import { median, option } from './rounds';
import { type Contestant, type Run, runContestant } from './scanContestants';
import { writeLog } from './scanLog';

/*
 * npm run bench:scan: how fast a log is read, beside grep for the same texts, and beside parsing each of its lines.
 * Each contestant runs in a process of its own; rounds alternate; the file is in the page cache.
 *   npm run bench:scan -- --megabytes 300 --rounds 5
 */

const CONTESTANTS: readonly Contestant[] = [
  'readLogFile',
  'grep',
  'split and parse',
  'readline and parse',
  'readLogFile gzip',
];

const [role, contestant, path, needlesPath] = process.argv.slice(2);
if (role === 'contestant') {
  void runContestant(contestant as Contestant, { path: path ?? '', needlesPath: needlesPath ?? '' }).then((run) =>
    process.send?.(run),
  );
} else void main();

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'voip-push-scan-'));
  try {
    const megabytes = Number(option('--megabytes') ?? roomFor(folder));
    const rounds = Number(option('--rounds') ?? 5);
    const log = join(folder, 'device.ndjson');
    const needles = join(folder, 'needles');
    writeFileSync(needles, `${searchedTexts([]).join('\n')}\n`);
    const lines = await writeLog(log, megabytes * 1e6);
    execFileSync('gzip', ['-k', log]);
    console.log(`${megabytes} MB, ${lines} lines, every thousandth of them evidence; median of ${rounds} rounds\n`);

    const runs = new Map(CONTESTANTS.map((name): [Contestant, Run[]] => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      // Each round starts with another one: what wears off or warms up hits all of them.
      for (let turn = 0; turn < CONTESTANTS.length; turn += 1) {
        const name = CONTESTANTS[(round + turn) % CONTESTANTS.length] ?? 'grep';
        runs.get(name)?.push(await measure(name, log, needles));
      }
    }
    print(megabytes, runs);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A gigabyte, or what the disk has room for. */
function roomFor(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return Math.min(1000, Math.floor((bavail * bsize) / 2e6));
}

async function measure(name: Contestant, log: string, needles: string): Promise<Run> {
  const child: ChildProcess = fork(__filename, [
    'contestant',
    name,
    name === 'readLogFile gzip' ? `${log}.gz` : log,
    needles,
  ]);
  const [run]: [Run] = (await once(child, 'message')) as [Run];
  const exit = once(child, 'exit');
  child.kill();
  // One that still gives its memory back would slow down the next.
  await exit;
  return run;
}

function print(megabytes: number, runs: ReadonlyMap<Contestant, readonly Run[]>): void {
  console.log(
    '                    seconds    MB/s  found  CPU s  peak MB  longest wait of others ms   ours is faster by (each round), by CPU',
  );
  const ours = runs.get('readLogFile') ?? [];
  for (const [name, all] of runs) {
    const of = (field: keyof Run): number => median(all.map((run) => run[field] ?? Number.NaN));
    const ratios = all.map((run, index) => run.seconds / (ours[index]?.seconds ?? Number.NaN));
    const cpuRatios = all.map((run, index) => run.cpuSeconds / (ours[index]?.cpuSeconds ?? Number.NaN));
    const cells = [
      name.padEnd(18),
      of('seconds').toFixed(3).padStart(8),
      (megabytes / of('seconds')).toFixed(0).padStart(7),
      String(of('found')).padStart(6),
      of('cpuSeconds').toFixed(2).padStart(6),
      of('peakMb').toFixed(0).padStart(8),
      of('longestWaitMs').toFixed(0).padStart(26),
      `  ${median(ratios).toFixed(2)} (${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}), ${median(cpuRatios).toFixed(2)}`,
    ];
    console.log(cells.join(' ').replaceAll('NaN', '  -'));
  }
}
