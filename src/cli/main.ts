import { homedir } from 'node:os';
import { microsecondsFromMilliseconds } from '../core/time';
import { ExitCode } from './exitCode';
import { runCli } from './program';
import type { CliWorld } from './world';

// By convention a program that a signal ended exits with 128 and the signal's number.
const SIGNAL_EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

void main();

async function main(): Promise<void> {
  const interruption = new AbortController();
  let exitCode: number = ExitCode.fine;
  for (const [signal, code] of Object.entries(SIGNAL_EXIT_CODES)) {
    process.on(signal, () => {
      // The second time the user does not want to wait for anything.
      if (interruption.signal.aborted) process.exit(code);
      exitCode = code;
      interruption.abort(new Error('interrupted'));
    });
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has gone (`voip-push check … | head`): the exit code still tells the verdict.
    if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') return;
    process.stderr.write(`voip-push: Cannot write the result: ${error.message}\n`);
    process.exit(ExitCode.wrongUse);
  });
  process.stderr.on('error', () => {});

  try {
    exitCode = await runCli(process.argv.slice(2), realWorld(interruption.signal));
  } catch {
    // Interrupted: the handler above has set the exit code.
  }
  await Promise.all([process.stdout, process.stderr].map(flushed));
  process.exit(exitCode);
}

function realWorld(interrupted: AbortSignal): CliWorld {
  return {
    stdin: process.stdin,
    stdout: (text) => {
      process.stdout.write(text);
    },
    stderr: (text) => {
      process.stderr.write(text);
    },
    isTerminal: process.stdout.isTTY === true,
    isStderrTerminal: process.stderr.isTTY === true,
    ...(process.stdout.isTTY && { columns: process.stdout.columns }),
    env: process.env,
    cwd: process.cwd(),
    homeFolder: homedir(),
    platform: process.platform,
    now: () => microsecondsFromMilliseconds(Date.now()),
    interrupted,
  };
}

/** A pipe takes what was written when its reader does: exiting earlier would cut the result off. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
