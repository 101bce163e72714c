import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { captureCommand } from '../adapters/logSources/captureCommand';
import { captureFile } from '../adapters/logSources/captureFile';
import { captureStream } from '../adapters/logSources/captureStream';
import { DEVICE_TOOL_KINDS } from '../adapters/logSources/deviceTools';
import type { CaptureOptions, LogCapture } from '../adapters/logSources/logSource';
import { createSimctl } from '../adapters/simulators/simctl';
import { voipPredicate } from '../core/log/predicate';
import { MICROSECONDS_PER_SECOND } from '../core/time';
import { deviceLog } from './deviceLog';
import { type DeviceToolPaths, deviceToolPathOption } from './deviceToolOption';
import { CliError, type ExitCode } from './exitCode';
import { exitCodeOf } from './exitCodeOf';
import { formatOption, type OutputFormat, positiveNumber, severalGiven } from './options';
import { type ReadSavedCrash, readFromHost } from './savedCrashReport';
import { STDIN, STDIN_NAME } from './stdinText';
import { createVerdictPrinter, type VerdictPrinter } from './verdictPrinter';
import type { CliWorld } from './world';

interface WatchOptions {
  readonly format: OutputFormat;
  readonly simulator?: string;
  /** `true` without a value: the only one that is connected. */
  readonly device?: string | true;
  readonly tool?: string;
  readonly toolPath?: DeviceToolPaths;
  readonly file?: string;
  readonly app?: string;
  readonly deadline?: number;
}

const HELP = `
Prints a line for each push whenever its verdict changes, until Ctrl-C (or the end of stdin); then a summary, with the
exit code of \`voip-push check\`. What happens to the log itself (lost, found again, gaps) is said on stderr.

With --format json each line is an object: {"version":1,"type":"verdict","id":"…", …} with the fields of a delivery of
\`voip-push check --format json\`, and at the end {"version":1,"type":"summary","deliveries":2,"flagged":1,"inconclusive":0}.

simctl cannot deliver PushKit pushes: in a simulator the app needs the debug bridge, or a push through sandbox APNs.`;

/** `voip-push watch` */
export function addWatchCommand(program: Command, world: CliWorld, done: (code: ExitCode) => void): void {
  program
    .command('watch')
    .description('Watch the log of a simulator, a device or a file, and judge its VoIP pushes as they come.')
    .argument('[log]', '- for stdin')
    .addOption(formatOption())
    .option('--simulator <udid>', 'the log of this booted simulator')
    .option('--device [udid]', 'the log of this device, or of the one that is connected')
    .option(
      '--tool <tool>',
      `what reads the device's log: ${DEVICE_TOOL_KINDS.join(', ')} (default: the best there is)`,
    )
    .addOption(deviceToolPathOption())
    .option('--file <log>', 'a log file, from its beginning and while it grows')
    .option('--app <bundle id>', 'only pushes of this app, where the log says whose they are')
    .option('--deadline <seconds>', 'from the receipt to when a report is due (default: 7)', positiveNumber(3600))
    .addHelpText('after', HELP)
    .action(async (log: string | undefined, options: WatchOptions) => done(await runWatch(log, options, world)));
}

async function runWatch(log: string | undefined, options: WatchOptions, world: CliWorld): Promise<ExitCode> {
  const { start, readSavedCrash } = await chooseSource(log, options, world);
  const printer = createVerdictPrinter(world, {
    format: options.format,
    ...(options.app !== undefined && { app: options.app }),
    ...(options.deadline !== undefined && { deadline: Math.round(options.deadline * MICROSECONDS_PER_SECOND) }),
    ...(readSavedCrash !== undefined && { readSavedCrash }),
  });
  try {
    await start(printer);
  } finally {
    await printer.close();
  }
  return exitCodeOf(printer.summary());
}

interface WatchedSource {
  /** Watches until the user interrupts or the log ends. */
  readonly start: (printer: VerdictPrinter) => Promise<void>;
  readonly readSavedCrash?: ReadSavedCrash;
}

async function chooseSource(log: string | undefined, options: WatchOptions, world: CliWorld): Promise<WatchedSource> {
  const { simulator, device, file, app } = options;
  if (log !== undefined && log !== STDIN) throw new CliError(`Give --file ${log}, or - for stdin.`);
  const named = Object.entries({ '--simulator': simulator, '--device': device, '--file': file, [STDIN]: log })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  const several = severalGiven(named, 'what to watch');
  if (several !== undefined) throw new CliError(several);
  if (named.length === 0) {
    throw new CliError('Say what to watch: one of --simulator, --device, --file, or - for stdin.');
  }
  if (log !== undefined) {
    const stdin = (printer: VerdictPrinter) => ({
      ...captureOptions(STDIN_NAME, printer, world),
      signal: world.interrupted,
    });
    return { start: (printer) => captureStream(world.stdin, stdin(printer)) };
  }
  if (file !== undefined) {
    const path = await fileToWatch(file, world);
    return {
      start: (printer) => watchCapture(captureFile(path, captureOptions(file, printer, world)), printer, world),
    };
  }
  const { source, command, readSavedCrash } =
    simulator === undefined
      ? await deviceLog(device === true ? undefined : device, options, world)
      : {
          source: `simulator ${simulator}`,
          command: await simulatorLogCommand(simulator, app, world),
          readSavedCrash: readFromHost,
        };
  return {
    readSavedCrash,
    start: (printer) => watchCapture(captureCommand(command, captureOptions(source, printer, world)), printer, world),
  };
}

/** A file that is missing is waited for. A folder would be for ever. */
async function fileToWatch(file: string, { cwd }: CliWorld): Promise<string> {
  if (file === '') throw new CliError('--file needs the name of a log, for example --file device.log.');
  const path = resolve(cwd, file);
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) throw new CliError(`Cannot read ${file}: it is a folder. Name a log.`);
  return path;
}

/** Asks simctl first: without Xcode there is nothing to watch, and trying again would not help. */
async function simulatorLogCommand(udid: string, app: string | undefined, { env, interrupted }: CliWorld) {
  const simctl = createSimctl({ env: { ...env } });
  const listed = await simctl.list(interrupted);
  if (!listed.ok) throw new CliError(`${listed.problem.message} ${listed.problem.remedy}`);
  return simctl.logCommand(udid, voipPredicate(app === undefined ? {} : { bundleId: app }));
}

function captureOptions(source: string, printer: VerdictPrinter, { now }: CliWorld): CaptureOptions {
  return { source, onEvents: printer.add, nowMs: () => now() / 1000 };
}

async function watchCapture(capture: LogCapture, printer: VerdictPrinter, { interrupted }: CliWorld): Promise<void> {
  printer.tellHealth(capture.health);
  const subscription = capture.onDidChange(() => printer.tellHealth(capture.health));
  await new Promise<void>((resolve) => {
    if (interrupted.aborted) resolve();
    else interrupted.addEventListener('abort', () => resolve(), { once: true });
  });
  subscription.dispose();
  await capture.stop();
}
