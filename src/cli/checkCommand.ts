import { type Command, Option } from 'commander';
import { systemHostClock } from '../adapters/logSources/hostClock';
import { FAIL_ON_LEVELS, type FailOn } from '../core/export/failOn';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../core/time';
import { selectDeliveries } from '../core/timeline/selectDeliveries';
import { buildTimeline, type Timeline } from '../core/timeline/timeline';
import { worstFirst } from '../core/timeline/worstFirst';
import { CHECK_FORMATS, type CheckFormat, formatCheck } from './checkFormats';
import type { ExitCode } from './exitCode';
import { exitCodeOf } from './exitCodeOf';
import { expandPaths } from './expandPaths';
import { leftOutWords } from './leftOutWords';
import { callIdPointerOption, positiveNumber } from './options';
import { createPaint, printable } from './paint';
import { readLogs } from './readLogs';
import { type Since, sinceTime, sinceValue } from './sinceOption';
import { renderDelivery, renderSummary } from './timelineText';
import type { CliWorld } from './world';

interface CheckOptions {
  readonly format: CheckFormat;
  readonly failOn: FailOn;
  readonly deadline?: number;
  readonly callIdPointer: readonly string[];
  readonly app?: readonly string[];
  readonly since?: Since;
}

const HELP = `
Logs are what \`log stream\` or \`log show\` prints, best with \`--style ndjson\`, on a Mac or in a simulator
(\`xcrun simctl spawn UDID log …\`), or what idevicesyslog, pymobiledevice3 or go-ios print of a device. Crash reports
(.ips, .crash) join the pushes they belong to. What each file is, its content tells. Times without year or zone are
taken to be this computer's.
Patterns have *, ?, [abc], {a,b}, and ** for any folders; quote them, so that they are read here and not by the shell.
A log without VoIP pushes is fine (0). One that is empty or no log at all is unreadable input (2), and so is a pattern
that matches nothing. Of a gzip file that is cut off, what can be read is judged; when nothing in it is flagged, the
result is inconclusive (3).

With --app and --since all of the logs still count as evidence; only the result is of those deliveries. Deliveries that
do not say whose they are (<private>) are left out with --app. How many were left out is said on stderr.

--fail-on says when the exit code is 1:
  error         something is flagged (default); 3 when nothing is, but something is inconclusive
  inconclusive  something is flagged or inconclusive
  warning       something is not fine: flagged, inconclusive, undelivered, or reported a little late
  never         never: the result is for reading; unreadable input is still 2`;

/** `voip-push check LOG…` */
export function addCheckCommand(program: Command, world: CliWorld, done: (code: ExitCode) => void): void {
  const since = sinceValue(systemHostClock(() => world.now() / 1000));
  program
    .command('check')
    .description('Judge the VoIP pushes in logs, crash reports or recordings: which had to report a call and did not.')
    .argument('<log...>', 'logs, crash reports or recordings, or patterns of them; together one timeline; - is stdin')
    .addOption(new Option('--format <format>', 'how the result is written').choices(CHECK_FORMATS).default('text'))
    .addOption(
      new Option('--fail-on <level>', 'from when on the exit code is 1').choices(FAIL_ON_LEVELS).default('error'),
    )
    .option('--deadline <seconds>', 'from the receipt to when a report is due (default: 7)', positiveNumber(3600))
    .addOption(callIdPointerOption())
    .option('--app <bundle id>', 'only deliveries of this app; may be given several times', collect)
    .option(
      '--since <time>',
      'only deliveries from then on: a time, or 10m, 2h before the last event of the logs',
      since,
    )
    .addHelpText('after', HELP)
    .action(async (files: readonly string[], options: CheckOptions) => done(await runCheck(files, options, world)));
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

async function runCheck(paths: readonly string[], options: CheckOptions, world: CliWorld): Promise<ExitCode> {
  const { format, failOn, deadline, app: apps, since } = options;
  const files = await expandPaths(paths, world.cwd);
  const { events, notes, locate, isIncomplete } = await readLogs(files, world, { withLocations: format === 'sarif' });
  const whole = buildTimeline(events, {
    callIdPointers: options.callIdPointer,
    ...(deadline !== undefined && { deadline: Math.round(deadline * MICROSECONDS_PER_SECOND) }),
  });
  const lastAt = events.reduce<Microseconds>((last, { at }) => Math.max(last, at), 0);
  const { timeline, leftOut } = selectDeliveries(whole, {
    ...(apps !== undefined && { apps }),
    ...(since !== undefined && { since: sinceTime(since, lastAt) }),
  });
  const rest = isIncomplete ? ['Not everything could be read: what is not flagged is inconclusive.'] : [];
  for (const note of [...notes, ...leftOutWords(leftOut, whole), ...rest])
    world.stderr(`voip-push: ${printable(note)}\n`);
  const names = paths.map(printable).join(', ');
  const nothing =
    whole.deliveries.length === 0 ? `No VoIP pushes in ${names}.` : `None of the VoIP pushes in ${names} is asked for.`;
  world.stdout(
    format === 'text' ? checkText(timeline, nothing, world) : formatCheck(timeline, format, { failOn, locate }),
  );
  return exitCodeOf(timeline, failOn, isIncomplete);
}

/** `nothing` is said where there is no delivery. */
function checkText(timeline: Timeline, nothing: string, world: CliWorld): string {
  const paint = createPaint(world);
  const summary = renderSummary(timeline, paint);
  if (timeline.deliveries.length === 0) return `${nothing}\n${summary}`;
  return [...worstFirst(timeline.deliveries).map((judged) => renderDelivery(judged, paint)), summary].join('\n');
}
