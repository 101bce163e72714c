import { type ChildProcess, spawn } from 'node:child_process';
import type { CancelSignal } from '../../core/ports';

/** How a tool of the host ended. */
export type ToolRun =
  | { readonly kind: 'exited'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  /** Somebody else killed it. */
  | { readonly kind: 'killed'; readonly signal: string }
  /** For example `ENOENT`. */
  | { readonly kind: 'not-started'; readonly code: string; readonly message: string }
  | { readonly kind: 'too-much' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'cancelled' };

export interface RunToolOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  readonly signal?: CancelSignal | undefined;
  /** Written to its stdin, which is empty otherwise. */
  readonly input?: string;
}

const MAX_OUTPUT_BYTES = 32 * 1_048_576;
/** A tool that does not end when it is asked to is ended by force. */
const FORCE_AFTER_MS = 2000;
/** Output may be held open by a process the tool left behind. */
const OUTPUT_GRACE_MS = 1000;

/**
 * Runs a tool to its end and gives all it printed. Never a shell, never throws. On a timeout or a cancelled signal the
 * tool is killed, and is gone when the promise is kept.
 */
export function runTool(command: string, args: readonly string[], options: RunToolOptions): Promise<ToolRun> {
  if (options.signal?.aborted) return Promise.resolve({ kind: 'cancelled' });
  let child: ChildProcess;
  try {
    child = spawn(command, args, { env: options.env, shell: false, windowsHide: true });
  } catch (error) {
    return Promise.resolve(notStarted(error));
  }
  return watch(child, options);
}

function watch(child: ChildProcess, { timeoutMs, signal, input = '' }: RunToolOptions): Promise<ToolRun> {
  return new Promise((resolve) => {
    let stopped: ToolRun | undefined;
    let outputBytes = 0;
    let force: NodeJS.Timeout | undefined;
    let outputGrace: NodeJS.Timeout | undefined;
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];

    const stop = (why: ToolRun): void => {
      if (stopped !== undefined) return;
      stopped = why;
      child.kill('SIGTERM');
      force = setTimeout(() => child.kill('SIGKILL'), FORCE_AFTER_MS);
    };
    const onAbort = (): void => stop({ kind: 'cancelled' });
    const timeout = setTimeout(() => stop({ kind: 'timeout' }), timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    const finish = (run: ToolRun): void => {
      for (const timer of [timeout, force, outputGrace]) clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve(run);
    };
    const collect = (chunks: Buffer[]) => (chunk: Buffer) => {
      outputBytes += chunk.length;
      if (outputBytes > MAX_OUTPUT_BYTES) stop({ kind: 'too-much' });
      else chunks.push(chunk);
    };
    const ended = (exitCode: number | null, by: string | null): void => {
      if (stopped !== undefined) finish(stopped);
      else if (exitCode === null) finish({ kind: 'killed', signal: by ?? 'unknown' });
      else finish({ kind: 'exited', exitCode, stdout: text(stdout), stderr: text(stderr) });
    };

    child.stdout?.on('data', collect(stdout));
    child.stderr?.on('data', collect(stderr));
    // EPIPE: a tool may end before it has read its input. Its exit code says why.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
    child.on('error', (error) => {
      if (child.pid === undefined) finish(notStarted(error));
    });
    child.on('exit', (exitCode, by) => {
      if (stopped !== undefined) ended(exitCode, by);
      else outputGrace = setTimeout(() => ended(exitCode, by), OUTPUT_GRACE_MS);
    });
    child.on('close', ended);
  });
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

function notStarted(error: unknown): ToolRun {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return { kind: 'not-started', code, message: error instanceof Error ? error.message : String(error) };
}
