import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { version } from '../../package.json';
import { type DoctorWorld, realDoctorWorld } from '../adapters/doctor/doctorWorld';
import { runDoctor } from '../adapters/doctor/runDoctor';
import { doctorMarkdown } from '../core/doctor/doctorMarkdown';
import { type DeviceToolPaths, deviceToolPathOption } from './deviceToolOption';
import { CliError, ExitCode } from './exitCode';
import { formatOption, type OutputFormat } from './options';
import { createPaint, type Paint, printable } from './paint';
import type { CliWorld } from './world';

interface DoctorCommandOptions {
  readonly format: OutputFormat;
  readonly offline?: true;
  readonly toolPath?: DeviceToolPaths;
}

const HELP = `
Looks at this computer (Xcode, simctl, device log tools, clock, network) and, when a folder is given, at the app in it
(UIBackgroundModes, aps-environment, bundle id). Changes nothing and sends no push. Prints Markdown that can be pasted into
a bug report: home folder, user and host name are taken out, ids are shortened.

Exits with 1 when it finds a problem; warnings leave it 0. Without --offline it opens connections to api.push.apple.com,
api.sandbox.push.apple.com and, for the time of day, www.apple.com.`;

/** `voip-push doctor [FOLDER]` */
export function addDoctorCommand(program: Command, world: CliWorld, done: (code: ExitCode) => void): void {
  program
    .command('doctor')
    .description('Check this computer and an app for what VoIP pushes need.')
    .argument('[folder]', 'folder of the iOS app')
    .option('--offline', 'leave out what needs the internet')
    .addOption(deviceToolPathOption())
    .addOption(formatOption())
    .addHelpText('after', HELP)
    .action(async (folder: string | undefined, options: DoctorCommandOptions) =>
      done(await runDoctorCommand(folder, options, world)),
    );
}

async function runDoctorCommand(
  folder: string | undefined,
  { format, offline, toolPath }: DoctorCommandOptions,
  world: CliWorld,
): Promise<ExitCode> {
  const path = folder === undefined ? undefined : await existingFolder(folder, world);
  const options = {
    product: `voip-push ${version}`,
    ...(path !== undefined && { folder: path }),
    isOffline: offline === true,
    ...(toolPath !== undefined && { deviceToolPaths: toolPath }),
  };
  const report = await runDoctor(doctorWorld(world), options, () => {}, world.interrupted);
  world.stdout(format === 'json' ? `${JSON.stringify(report)}\n` : painted(doctorMarkdown(report), createPaint(world)));
  return report.checks.some(({ verdict }) => verdict === 'problem') ? ExitCode.flagged : ExitCode.fine;
}

function doctorWorld({ platform, env, homeFolder, now }: CliWorld): DoctorWorld {
  const real = realDoctorWorld();
  return { ...real, platform, env, nowMs: () => now() / 1000, identity: { ...real.identity, homeFolder } };
}

async function existingFolder(folder: string, { cwd }: CliWorld): Promise<string> {
  const path = resolve(cwd, folder);
  try {
    if ((await stat(path)).isDirectory()) return path;
  } catch {
    throw new CliError(`There is no folder ${folder}. Name the folder of the iOS app.`);
  }
  throw new CliError(`${folder} is a file. Name the folder of the iOS app.`);
}

/** The document itself stays what it is: colors only lie over it. */
function painted(markdown: string, paint: Paint): string {
  return markdown
    .split('\n')
    .map((line) => paintLine(printable(line), paint))
    .join('\n');
}

function paintLine(line: string, paint: Paint): string {
  if (line.startsWith('#')) return paint('strong', line);
  if (line.startsWith('- ✖')) return paint('error', line);
  if (line.startsWith('- !')) return paint('warning', line);
  if (line.startsWith('  - Source:')) return paint('faint', line);
  return line;
}
