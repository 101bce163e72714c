import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { PAYLOAD_TEMPLATES } from '../core/payload/templates';
import { type CheckedDelivery, type CheckReport, checkReport } from '../core/timeline/checkReport';
import { buildTimeline, type Timeline } from '../core/timeline/timeline';
import { APP_BEHAVIORS, AppBehavior } from '../core/virtualApp';
import { behaviorHelp, behaviorsOption } from './behaviorOption';
import { CliError, type ExitCode } from './exitCode';
import { exitCodeOf } from './exitCodeOf';
import { type LineFile, openLineFile } from './lineFile';
import { formatOption, type OutputFormat } from './options';
import { createPaint } from './paint';
import { renderDelivery, renderSummary } from './timelineText';
import { type VirtualRun, withVirtualRun } from './virtualRun';
import type { CliWorld } from './world';

interface DemoOptions {
  readonly format: OutputFormat;
  readonly behavior?: readonly AppBehavior[];
  readonly log?: string;
}

/** What `voip-push demo --format json` prints: the report of `check`, with what each app was told to do. */
export interface DemoReport extends CheckReport {
  /** Always true: no Apple device took part. */
  readonly virtual: true;
  readonly deliveries: readonly (CheckedDelivery & { readonly behavior: AppBehavior; readonly title: string })[];
}

const HELP = `
The pushes go over real HTTP/2 to a local APNs, and on to a virtual iPhone that models documented behavior. No Apple
hardware takes part, and nothing leaves this computer.
Exits with 1, because several behaviors break the rule and are flagged.
`;

/** `voip-push demo` */
export function addDemoCommand(program: Command, world: CliWorld, done: (code: ExitCode) => void): void {
  program
    .command('demo')
    .description('Send one push to each behavior of a virtual iPhone and judge what its app does.')
    .addOption(formatOption())
    .addOption(behaviorsOption())
    .option('--log <file>', 'write the log of the virtual iPhone, for voip-push check')
    .addHelpText('after', () => HELP + behaviorHelp())
    .action(async (options: DemoOptions) => done(await runDemo(options, world)));
}

async function runDemo(options: DemoOptions, world: CliWorld): Promise<ExitCode> {
  const behaviors = options.behavior ?? Object.values(AppBehavior);
  const log = await openLineFile(options.log, 'replace', world);
  const { timeline, behaviorOfSend } = await demonstrate(behaviors, log, world).finally(() => log.close());
  const behaviorAt = timeline.deliveries.map(({ delivery }) => {
    const behavior = behaviorOfSend.get(delivery.sent?.sendId ?? '');
    if (behavior === undefined)
      throw new CliError('The virtual iPhone told of a push that was not sent. Please report it.');
    return behavior;
  });
  if (options.format === 'json') world.stdout(`${JSON.stringify(demoReport(timeline, behaviorAt))}\n`);
  else world.stdout(demoText(timeline, behaviorAt, world));
  return exitCodeOf(timeline);
}

interface Demonstration {
  readonly timeline: Timeline;
  readonly behaviorOfSend: ReadonlyMap<string, AppBehavior>;
}

function demonstrate(behaviors: readonly AppBehavior[], log: LineFile, world: CliWorld): Promise<Demonstration> {
  const options = {
    behavior: AppBehavior.reportsInTime,
    system: 'ios-26.4',
    debuggerAttached: false,
    onLine: log.write,
  } as const;
  return withVirtualRun(options, world, async (run: VirtualRun) => {
    const behaviorOfSend = new Map<string, AppBehavior>();
    for (const behavior of behaviors) {
      // A fresh installation: kills of the behavior before must not add up to a block.
      run.reinstallWith(behavior);
      behaviorOfSend.set(await run.send(payloadFor(behavior)), behavior);
    }
    return { timeline: buildTimeline(run.events()), behaviorOfSend };
  });
}

function payloadFor(behavior: AppBehavior): string {
  const payload = PAYLOAD_TEMPLATES.find(({ id }) => id === 'callkit')?.build(randomUUID) ?? '{}';
  // The classic reason for an early return: the key that the app looks for is spelled otherwise.
  return behavior === AppBehavior.returnsEarly ? payload.replace('"uuid"', '"call_uuid_v2"') : payload;
}

function demoReport(timeline: Timeline, behaviorAt: readonly AppBehavior[]): DemoReport {
  const report = checkReport(timeline);
  const deliveries = report.deliveries.flatMap((checked, index) => {
    const behavior = behaviorAt[index];
    return behavior === undefined ? [] : [{ ...checked, behavior, title: APP_BEHAVIORS[behavior].title }];
  });
  return { ...report, virtual: true, deliveries };
}

function demoText(timeline: Timeline, behaviorAt: readonly AppBehavior[], world: CliWorld): string {
  const paint = createPaint(world);
  const blocks = timeline.deliveries.map((judged, index) => {
    const behavior = behaviorAt[index];
    return renderDelivery(judged, paint, behavior && APP_BEHAVIORS[behavior].title);
  });
  const intro = 'Virtual iPhone: it models documented behavior; no Apple hardware took part.\n';
  return [intro, ...blocks, renderSummary(timeline, paint)].join('\n');
}
