import { type ExecFileException, execFile } from 'node:child_process';
import { formatSetDuration } from '../../core/time';

/** How a program ended. */
export type ToolRun =
  | { readonly kind: 'not-found' }
  /** It could not be started, or did not end. */
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'ended'; readonly exitCode: number; readonly stdout: string; readonly stderr: string };

export interface ToolWorld {
  /** `PATH` says where the program is looked for. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How long it may run. */
  readonly toolTimeoutMs?: number;
}

// Shorter than the time limit of a check, so that a check that runs several tools tells which one hangs.
const TOOL_TIMEOUT_MS = 10_000;
const MAX_OUTPUT_BYTES = 1_048_576;

/** Runs a program without a shell and without input. Rejects only when the signal aborts, which ends the program. */
export function runTool(
  command: string,
  args: readonly string[],
  { env, toolTimeoutMs = TOOL_TIMEOUT_MS }: ToolWorld,
  signal: AbortSignal,
): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const options = {
      env: { ...env },
      signal,
      timeout: toolTimeoutMs,
      maxBuffer: MAX_OUTPUT_BYTES,
      killSignal: 'SIGKILL',
      windowsHide: true,
    } as const;
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      if (signal.aborted) reject(signal.reason);
      else resolve(toolRun(error, stdout, stderr, toolTimeoutMs));
    });
    // It may read a password or end before reading.
    child.stdin?.on('error', () => {});
    child.stdin?.end();
  });
}

function toolRun(error: ExecFileException | null, stdout: string, stderr: string, toolTimeoutMs: number): ToolRun {
  if (error === null) return { kind: 'ended', exitCode: 0, stdout, stderr };
  const { code, killed } = error;
  if (code === 'ENOENT') return { kind: 'not-found' };
  if (typeof code === 'string') return { kind: 'failed', why: `could not be started: ${code}` };
  if (killed === true) return { kind: 'failed', why: `did not end in ${formatSetDuration(toolTimeoutMs)}` };
  // Ended by a signal there is no exit code.
  return { kind: 'ended', exitCode: code ?? 1, stdout, stderr };
}

/** The first line that says something. */
export function firstLine(...texts: readonly string[]): string | undefined {
  return texts
    .flatMap((text) => text.split(/\r?\n/))
    .map((line) => line.trim())
    .find((line) => line !== '');
}
