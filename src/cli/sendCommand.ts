import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readPayloadFile } from '../adapters/payloadFile';
import { createSimctl } from '../adapters/simulators/simctl';
import { lintPayload } from '../core/payload/lint';
import type { PushOutcome } from '../core/ports';
import { prepareSimctlPayload } from '../core/simulators/simctlPayload';
import { checkReport } from '../core/timeline/checkReport';
import { buildTimeline } from '../core/timeline/timeline';
import type { AppBehavior, PhoneSystem } from '../core/virtualApp';
import { sendOverApns } from './apnsSend';
import { behaviorHelp, behaviorOption, systemOption } from './behaviorOption';
import { destinationOf } from './destination';
import { addDestinationOptions, DESTINATION_HELP, type DestinationOptions } from './destinationOptions';
import { CliError, ExitCode } from './exitCode';
import { exitCodeOf } from './exitCodeOf';
import { renderFinding } from './findingText';
import { openLineFile } from './lineFile';
import { formatOption, type OutputFormat, positiveNumber } from './options';
import { createPaint } from './paint';
import { renderSendReport, sendReport } from './sendReport';
import { readStdinText, STDIN, STDIN_NAME } from './stdinText';
import { renderDelivery } from './timelineText';
import { withVirtualRun } from './virtualRun';
import { type CliWorld, untilInterrupted } from './world';

interface SendOptions extends DestinationOptions {
  readonly format: OutputFormat;
  readonly behavior: AppBehavior;
  readonly system: PhoneSystem;
  readonly debugger?: true;
  readonly timeScale?: number;
  readonly force?: true;
  readonly log?: string;
}

const HELP = `
Sends exactly the bytes of the file. On a virtual iPhone it waits for the verdict; otherwise it prints the answer of APNs
or simctl. Exits with 1 when the delivery is flagged, refused or failed, with 2 when the lint finds an error, or the
credentials do not fit, and --force is not given.
`;

/** `voip-push send FILE --virtual` */
export function addSendCommand(program: Command, world: CliWorld, done: (code: ExitCode) => void): void {
  const command = program
    .command('send')
    .description('Send a payload file to a virtual iPhone, a simulator or a device.')
    .argument('<file>', 'payload file; - is stdin');
  addDestinationOptions(command)
    .addOption(behaviorOption())
    .addOption(systemOption())
    .option('--debugger', 'a debugger is attached to the app: the system does not end it')
    .option(
      '--time-scale <n>',
      'let the virtual iPhone live this many times faster than real (default: without waiting)',
      positiveNumber(100),
    )
    .option('--force', 'send in spite of lint errors')
    .option('--log <file>', 'write the log of the virtual iPhone, for voip-push check')
    .addOption(formatOption())
    .addHelpText('after', () => HELP + DESTINATION_HELP + behaviorHelp())
    .action(async (file: string, options: SendOptions) => done(await runSend(file, options, world)));
}

async function runSend(file: string, options: SendOptions, world: CliWorld): Promise<ExitCode> {
  const destination = await destinationOf(options, world);
  const payload = await readPayload(file, options, world);
  if (destination.kind === 'virtual') return runVirtual(payload, options, world);
  const outcome =
    destination.kind === 'apns'
      ? await sendOverApns(payload, destination, options, world)
      : await sendToSimulator(payload, destination, world);
  const report = sendReport(outcome, destination);
  world.stdout(
    options.format === 'json' ? `${JSON.stringify(report)}\n` : renderSendReport(report, createPaint(world)),
  );
  return outcome.kind === 'accepted' ? ExitCode.fine : ExitCode.flagged;
}

/** What simctl demands is completed, and said first. */
async function sendToSimulator(
  payload: string,
  { udid, bundleId }: { readonly udid: string; readonly bundleId: string },
  world: CliWorld,
): Promise<PushOutcome> {
  const prepared = prepareSimctlPayload(payload);
  if ('refused' in prepared) throw new CliError(prepared.refused);
  for (const said of [...prepared.changes, ...prepared.notes]) world.stderr(`voip-push: ${said}\n`);
  return untilInterrupted(world, createSimctl({ env: world.env }).push({ udid, bundleId, payload }, world.interrupted));
}

async function runVirtual(payload: string, options: SendOptions, world: CliWorld): Promise<ExitCode> {
  const log = await openLineFile(options.log, 'replace', world);
  const { behavior, system, timeScale } = options;
  const runOptions = {
    behavior,
    system,
    ...(timeScale !== undefined && { timeScale }),
    debuggerAttached: options.debugger === true,
    onLine: log.write,
  };
  const timeline = await withVirtualRun(runOptions, world, async (run) => {
    await run.send(payload);
    return buildTimeline(run.events());
  }).finally(() => log.close());
  const paint = createPaint(world);
  if (options.format === 'json') world.stdout(`${JSON.stringify({ ...checkReport(timeline), virtual: true })}\n`);
  else world.stdout(timeline.deliveries.map((judged) => renderDelivery(judged, paint, 'Virtual iPhone')).join('\n'));
  return exitCodeOf(timeline);
}

/** The payload, linted: what is an error stops it unless forced. */
async function readPayload(file: string, options: SendOptions, world: CliWorld): Promise<string> {
  const read = file === STDIN ? await readStdinText(world) : await readPayloadFile(resolve(world.cwd, file));
  if (!read.ok) throw new CliError(read.error);
  const { findings } = lintPayload(read.text);
  const errors = findings.filter(({ severity }) => severity === 'error');
  const name = file === STDIN ? STDIN_NAME : file;
  for (const finding of errors) world.stderr(`${renderFinding(name, finding, (_, text) => text)}\n`);
  if (errors.length > 0 && options.force !== true) {
    throw new CliError('The payload was not sent, because of the lint errors above. Fix them, or add --force.');
  }
  return read.text;
}
