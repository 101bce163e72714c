import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { addApnsCommand } from './apnsCommand';
import { addCheckCommand } from './checkCommand';
import { addDemoCommand } from './demoCommand';
import { addDoctorCommand } from './doctorCommand';
import { ExitCode } from './exitCode';
import { addLintCommand } from './lintCommand';
import { printable } from './paint';
import { addSendCommand } from './sendCommand';
import { addWatchCommand } from './watchCommand';
import type { CliWorld } from './world';

const EXAMPLES = `
Examples:
  voip-push demo                          see every verdict, on a virtual iPhone
  voip-push lint push/*.voip.json         findings with line and column
  voip-push check app.ndjson              verdicts for a log of a simulator or device
  log show --style ndjson … | voip-push check -
  voip-push check "logs/**/*.ndjson" --format junit > report.xml
  voip-push watch --device                verdicts as they come, from the connected device
  voip-push send call.voip.json --virtual --behavior never-reports
  voip-push apns --port 2197              a local APNs to test a provider server against
  voip-push doctor .                      check this computer and the app in this folder

Exit codes:
  0 fine   1 findings or violations   2 wrong use or unreadable input
  3 check, watch and send: nothing is wrong, but something is inconclusive
  130 interrupted

Results are written to stdout, messages to stderr. Color is used on a terminal only, and not with NO_COLOR.`;

/** Adds one command to the program; `done` takes the exit code its action ended with. */
export type AddCommand = (program: Command, world: CliWorld, done: (code: ExitCode) => void) => void;

const COMMANDS: readonly AddCommand[] = [
  addDemoCommand,
  addLintCommand,
  addCheckCommand,
  addWatchCommand,
  addSendCommand,
  addApnsCommand,
  addDoctorCommand,
];

/**
 * Runs `voip-push` with these arguments (without node and script) and gives the exit code. Rejects only with the
 * reason of `world.interrupted`; every other error becomes a message and exit code 2.
 */
export async function runCli(args: readonly string[], world: CliWorld): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.fine;
  const program = createProgram(world, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said what was wrong; with exit code 0 it was asked for help or the version.
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.fine : ExitCode.wrongUse;
    if (world.interrupted.aborted) throw world.interrupted.reason;
    world.stderr(`voip-push: ${printable(error instanceof Error ? error.message : String(error))}\n`);
    return ExitCode.wrongUse;
  }
}

function createProgram(world: CliWorld, done: (code: ExitCode) => void): Command {
  const program = new Command('voip-push')
    .description('Lints iOS VoIP pushes, sends them, and tells which deliveries had to report a call and did not.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('Add --help for more.')
    .exitOverride()
    .configureOutput({
      writeOut: world.stdout,
      writeErr: world.stderr,
      getOutHelpWidth: () => world.columns ?? 100,
      getErrHelpWidth: () => world.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      outputError: (text, write) => write(text.replace(/^error: /, 'voip-push: ')),
    });
  for (const add of COMMANDS) add(program, world, done);
  return program;
}
