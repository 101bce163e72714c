import type { Command } from 'commander';
import { MICROSECONDS_PER_SECOND } from '../core/time';
import { checkReport } from '../core/timeline/checkReport';
import { buildTimeline, type Timeline } from '../core/timeline/timeline';
import { ExitCode } from './exitCode';
import { callIdPointerOption, formatOption, type OutputFormat, positiveNumber } from './options';
import { createPaint, printable } from './paint';
import { readLogs } from './readLogs';
import { renderDelivery, renderSummary, worstFirst } from './timelineText';
import type { CliWorld } from './world';

interface CheckOptions {
  readonly format: OutputFormat;
  readonly deadline?: number;
  readonly callIdPointer: readonly string[];
}

const HELP = `
Logs are what \`log stream\` or \`log show\` prints, best with \`--style ndjson\`, on a Mac or in a simulator
(\`xcrun simctl spawn UDID log …\`), or what idevicesyslog, pymobiledevice3 or go-ios print of a device. Crash reports
(.ips, .crash) join the pushes they belong to. What each file is, its content tells. Times without year or zone are
taken to be this computer's.
A log without VoIP pushes is fine (0). One that is empty or no log at all is unreadable input (2).`;

/** `voip-push check LOG…` */
export function addCheckCommand(program: Command, world: CliWorld, done: (code: ExitCode) => void): void {
  program
    .command('check')
    .description('Judge the VoIP pushes in logs, crash reports or recordings: which had to report a call and did not.')
    .argument('<log...>', 'logs, crash reports or recordings, together one timeline; - is stdin')
    .addOption(formatOption())
    .option('--deadline <seconds>', 'from the receipt to when a report is due (default: 7)', positiveNumber(3600))
    .addOption(callIdPointerOption())
    .addHelpText('after', HELP)
    .action(async (files: readonly string[], options: CheckOptions) => done(await runCheck(files, options, world)));
}

async function runCheck(files: readonly string[], options: CheckOptions, world: CliWorld): Promise<ExitCode> {
  const { events, notes } = await readLogs(files, world);
  for (const note of notes) world.stderr(`voip-push: ${printable(note)}\n`);
  const deadline = Math.round((options.deadline ?? 7) * MICROSECONDS_PER_SECOND);
  const timeline = buildTimeline(events, { deadline, callIdPointers: options.callIdPointer });
  if (options.format === 'json') world.stdout(`${JSON.stringify(checkReport(timeline))}\n`);
  else world.stdout(checkText(timeline, files, world));
  return exitCodeOf(timeline);
}

/** What a timeline means as an exit code. */
export function exitCodeOf({ flagged, inconclusive }: Pick<Timeline, 'flagged' | 'inconclusive'>): ExitCode {
  if (flagged > 0) return ExitCode.flagged;
  return inconclusive > 0 ? ExitCode.inconclusive : ExitCode.fine;
}

function checkText(timeline: Timeline, files: readonly string[], world: CliWorld): string {
  const paint = createPaint(world);
  const summary = renderSummary(timeline, paint);
  if (timeline.deliveries.length === 0) return `No VoIP pushes in ${files.map(printable).join(', ')}.\n${summary}`;
  return [...worstFirst(timeline.deliveries).map((judged) => renderDelivery(judged, paint)), summary].join('\n');
}
