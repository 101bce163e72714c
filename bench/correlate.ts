import { execFileSync } from 'node:child_process';
import type { VoipEvent } from '../src/core/events/event';
import { createRecordingReader, encodeEvent, encodeRecordingHeader } from '../src/core/recording/recordingFormat';
import { buildTimeline } from '../src/core/timeline/timeline';
import type { VerdictKind } from '../src/core/verdict/verdict';
import { mixedStories } from './correlateStories';

/*
 * npm run bench:correlate: how long joining and judging takes beside one pass of JSON.parse over the same events as the
 * lines of a recording, and how both grow. Every size runs in a new process.
 *   npm run bench:correlate -- --counts 100000,1000000
 */

/** Megabytes of heap a process may use: the events of a million deliveries are in memory, with their lines. */
const HEAP_MB = 9_000;
const STORIES_PER_BATCH = 1_000;

interface Run {
  readonly deliveries: number;
  readonly events: number;
  /** Of the processor, all threads: unlike the time on the clock, nearly the same on a busy computer. */
  readonly parseMs: number;
  readonly timelineMs: number;
  /** The same by the clock. */
  readonly parseWallMs: number;
  readonly timelineWallMs: number;
  readonly peakMb: number;
  readonly verdicts: Readonly<Partial<Record<VerdictKind, number>>>;
}

const [flag, value] = process.argv.slice(2);
if (flag === '--one') process.stdout.write(JSON.stringify(measure(Number(value))));
else main(flag === '--counts' && value !== undefined ? value : '100000,1000000');

function main(counts: string): void {
  console.log(`node ${process.version} --max-old-space-size=${HEAP_MB}`);
  const runs = counts.split(',').map((count) => runAlone(Number(count)));
  for (const run of runs) {
    console.log(`\n${run.deliveries} deliveries, ${run.events} events, peak ${run.peakMb} MB`);
    console.log(`  JSON.parse of every line ${times(run.parseMs, run.parseWallMs)}`);
    console.log(`  correlate and judge      ${times(run.timelineMs, run.timelineWallMs)}`);
    console.log(
      `  ratio                    ${times(run.timelineMs / run.parseMs, run.timelineWallMs / run.parseWallMs, 2)}`,
    );
    console.log(`  ${JSON.stringify(run.verdicts)}`);
  }
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined || first === last) return;
  const growth = times(last.timelineMs / first.timelineMs, last.timelineWallMs / first.timelineWallMs, 1);
  console.log(`\n${last.deliveries} deliveries against ${first.deliveries} ${growth}`);
}

function times(processor: number, clock: number, digits = 0): string {
  return `${processor.toFixed(digits)} of the processor, ${clock.toFixed(digits)} by the clock`;
}

function runAlone(count: number): Run {
  const args = [`--max-old-space-size=${HEAP_MB}`, __filename, '--one', String(count)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
}

/**
 * Lines are written and parsed in batches, so that only the events stay: as the product's own reader gives them, since
 * nothing else is ever judged. What `JSON.parse` alone gives is measured, and dropped.
 */
function measure(count: number): Run {
  const stories = mixedStories();
  const reader = createRecordingReader();
  reader.read(encodeRecordingHeader({ tool: 'bench', targets: [], at: 0 }));
  const events: VoipEvent[] = [];
  const parsing = createStopwatch();
  for (let told = 0; told < count; told += STORIES_PER_BATCH) {
    const lines = stories.next(Math.min(STORIES_PER_BATCH, count - told)).map(encodeEvent);
    parsing.run(() => lines.map((line) => JSON.parse(line)));
    for (const line of lines) {
      const { event } = reader.read(line);
      if (event !== undefined) events.push(event);
    }
  }
  const judging = createStopwatch();
  const { deliveries } = judging.run(() => buildTimeline(events));
  const verdicts: Partial<Record<VerdictKind, number>> = {};
  for (const { verdict } of deliveries) verdicts[verdict.kind] = (verdicts[verdict.kind] ?? 0) + 1;
  return {
    deliveries: deliveries.length,
    events: events.length,
    parseMs: parsing.processorMs(),
    timelineMs: judging.processorMs(),
    parseWallMs: parsing.wallMs(),
    timelineWallMs: judging.wallMs(),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    verdicts,
  };
}

function createStopwatch() {
  let processorMs = 0;
  let wallMs = 0;
  return {
    run<T>(work: () => T): T {
      const startedAt = performance.now();
      const before = process.cpuUsage();
      const result = work();
      const { user, system } = process.cpuUsage(before);
      processorMs += (user + system) / 1_000;
      wallMs += performance.now() - startedAt;
      return result;
    },
    processorMs: () => processorMs,
    wallMs: () => wallMs,
  };
}
