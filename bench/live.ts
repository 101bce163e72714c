import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogCommand } from '../src/core/log/logSource';
import { type HostPlan, type HostReport, runHost } from './liveHost';
import { runTool, type ToolPlan, type ToolReport } from './liveTool';
import { type LongestBlock, watchLoop } from './loopWatch';
import { option } from './rounds';

/*
 * npm run bench:live: the product beside a log tool that prints 10,000 lines a second, in a process of its own: what is
 * read of what was printed, how long the event loop stands still, and memory. Beside it runs a process that does nothing,
 * since a busy computer makes everybody wait; after it a reader that parses each line as JSON, and nothing else.
 *   npm run bench:live -- --minutes 10 --rate 10000 --one-in 1000 --restored 100000
 * `--restored`: so many deliveries are in the recording that the session starts with.
 */

/** The reader beside the product is measured for so long. */
const PLAIN_SECONDS = 20;
/** Time for what is on its way when the tool has printed its last line. */
const SETTLE_SECONDS = 10;

interface PlainReport {
  readonly lines: number;
  readonly cpuSeconds: number;
}

const [role, text = '{}'] = process.argv.slice(2);
if (role === 'tool') void runTool(JSON.parse(text));
else if (role === 'host') void tellParent(runHost(JSON.parse(text)));
else if (role === 'idle') void tellParent(watchNothing(Number(text)));
else if (role === 'plain') void tellParent(parseEachLine(JSON.parse(text)));
else void main();

async function main(): Promise<void> {
  const minutes = Number(option('--minutes') ?? 1);
  const linesPerSecond = Number(option('--rate') ?? 10_000);
  const onePer = Number(option('--one-in') ?? 1000);
  const restored = Number(option('--restored') ?? 0);
  const folder = mkdtempSync(join(tmpdir(), 'voip-push-live-'));
  const tool: ToolPlan = { linesPerSecond, onePer, seconds: minutes * 60, reportPath: join(folder, 'tool.json') };
  const seconds = tool.seconds + SETTLE_SECONDS;
  const looksAtSeconds = [0.1, 0.5, 0.98].map((part) => Math.round(tool.seconds * part));
  const plan: HostPlan = { command: toolCommand(tool), folder, restored, seconds, looksAtSeconds };
  console.log(
    `${linesPerSecond} lines a second for ${minutes} min, one in ${onePer} is evidence, ${restored} deliveries before`,
  );

  const [host, idle] = await Promise.all([run<HostReport>('host', plan), run<LongestBlock>('idle', seconds)]);
  const printed: ToolReport = JSON.parse(readFileSync(tool.reportPath, 'utf8'));
  print(host, printed, idle);

  const plainTool = { ...tool, seconds: Math.min(PLAIN_SECONDS, tool.seconds) };
  const plain = await run<PlainReport>('plain', plainTool);
  const own = (host.cpuSeconds * 1e6) / printed.lines;
  const other = (plain.cpuSeconds * 1e6) / plain.lines;
  console.log(
    `CPU for each line     ${own.toFixed(1)} µs, of a reader that only parses each as JSON ${other.toFixed(1)} µs: ratio ${(own / other).toFixed(2)}`,
  );
  rmSync(folder, { recursive: true });
}

function print(host: HostReport, printed: ToolReport, idle: LongestBlock): void {
  const block = ({ wallMs, ownMs }: LongestBlock): string =>
    `${wallMs.toFixed(1)} ms by the clock, ${ownMs === undefined ? 'unknown' : `${ownMs.toFixed(1)} ms`} at work`;
  console.log(
    `printed               ${printed.lines} lines, ${(printed.bytes / 1e6).toFixed(0)} MB, ${printed.evidence} evidence; held up for ${printed.latestMs.toFixed(0)} ms at most`,
  );
  console.log(
    `read                  ${host.events} evidence, ${host.gaps} gaps; recorded ${host.recorded}; ${host.deliveries} deliveries, ${host.flagged} flagged`,
  );
  console.log(`told the timeline     ${host.messages} messages, ${(host.messageBytes / 1e6).toFixed(1)} MB`);
  console.log(`longest block         ${block(host.block)}`);
  console.log(`  of an idle process  ${block(idle)}`);
  for (const { afterSeconds, heapMb, rssMb } of host.memory) {
    console.log(
      `memory after ${`${afterSeconds} s`.padEnd(9)}heap ${heapMb.toFixed(1)} MB, RSS ${rssMb.toFixed(0)} MB`,
    );
  }
}

function toolCommand(tool: ToolPlan): LogCommand {
  return { command: process.execPath, args: [__filename, 'tool', JSON.stringify(tool)], format: 'ndjson' };
}

/** Runs a role in a process of its own. */
async function run<T>(name: string, plan: unknown): Promise<T> {
  const child = fork(__filename, [name, JSON.stringify(plan)], { execArgv: ['--expose-gc'] });
  const [message]: [T] = (await once(child, 'message')) as [T];
  child.kill();
  return message;
}

async function tellParent(report: Promise<unknown>): Promise<void> {
  process.send?.(await report);
}

async function watchNothing(seconds: number): Promise<LongestBlock> {
  const loop = watchLoop();
  await sleep(seconds * 1000);
  return loop.longest();
}

/** What everybody would write first. */
async function parseEachLine(tool: ToolPlan): Promise<PlainReport> {
  const { command, args } = toolCommand(tool);
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  // The watching costs something itself.
  watchLoop();
  const cpu = process.cpuUsage();
  const total = tool.linesPerSecond * tool.seconds;
  let lines = 0;
  let found = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const { eventMessage }: { readonly eventMessage: string } = JSON.parse(line);
    if (eventMessage.includes('VoIP')) found += 1;
    lines += 1;
    if (lines === total) break;
  }
  const { user, system } = process.cpuUsage(cpu);
  child.kill();
  return { lines: found === 0 ? 0 : lines, cpuSeconds: (user + system) / 1e6 };
}
