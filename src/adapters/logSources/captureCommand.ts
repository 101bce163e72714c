import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { connectionOf, DISCONNECTED } from '../../core/log/connectionLine';
import { redactLine } from '../../core/log/redact';
import { createLineSplitter, type FileLine } from '../logFile';
import type { CaptureOptions, LogCapture, LogCommand } from './logSource';
import { createWatchedLog, type WatchedLog } from './watchedLog';

type Tool = ChildProcessByStdio<null, Readable, Readable>;

/** A tool that lived this long was well: the next pause is a short one again. */
const WELL_AFTER_MS = 60_000;
/** How long a tool may take to end itself. */
const KILL_AFTER_MS = 2_000;

/**
 * Watches what a program prints, and starts it again with growing pauses whenever it ends. Every loss is a gap in the
 * log's own clock.
 */
export function captureCommand(command: LogCommand, options: CaptureOptions): LogCapture {
  const log = createWatchedLog(options, command.format);
  const { nowMs = Date.now, firstPauseMs = 1_000, longestPauseMs = 30_000, settleMs = 3_000 } = options;
  let pauseMs = firstPauseMs;
  let tool: Tool | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopping: Promise<void> | undefined;
  let isFirstStart = true;

  function start(): void {
    const startedAtMs = nowMs();
    const isFirst = isFirstStart;
    isFirstStart = false;
    let sayings = '';
    const child = spawnTool(command);
    tool = child;
    // idevicesyslog runs without a device, too; it says when there is one.
    const saysWhenConnected = command.format.startsWith('idevicesyslog');
    const settled = saysWhenConnected ? undefined : setTimeout(() => log.watching(), settleMs);
    let failure: string | undefined;
    child.once('spawn', () => {
      if (saysWhenConnected) log.setHealth({ state: 'waiting', why: 'no device is connected' });
      else if (isFirst) log.watching();
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      failure = whyNotStarted(command.command, error);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      sayings = `${sayings}${chunk.toString('utf8')}`.slice(-2_000);
    });
    readOutput(child.stdout, log);
    // `close` comes after the last byte of output, and after a failed start, too.
    child.once('close', (code, signal) => {
      clearTimeout(settled);
      tool = undefined;
      if (stopping !== undefined) return;
      if (nowMs() - startedAtMs >= WELL_AFTER_MS) pauseMs = firstPauseMs;
      restartLater(failure ?? whyEnded(command.command, code, signal, sayings));
    });
  }

  function restartLater(why: string): void {
    log.lost(why, { state: 'restarting', why, inMs: pauseMs });
    timer = setTimeout(start, pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }

  function stop(): Promise<void> {
    stopping ??= (async () => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', stopOnAbort);
      await endTool(tool);
      log.end('the capture was stopped');
    })();
    return stopping;
  }

  const stopOnAbort = (): void => void stop();
  options.signal?.addEventListener('abort', stopOnAbort, { once: true });
  if (options.signal?.aborted === true) void stop();
  else start();

  return {
    get health() {
      return log.health;
    },
    onDidChange: log.onDidChange,
    stop,
  };
}

function spawnTool({ command, args, env }: LogCommand): Tool {
  return spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    windowsHide: true,
  });
}

function readOutput(stdout: Readable, log: WatchedLog): void {
  const splitter = createLineSplitter();
  const read = (lines: readonly FileLine[]): void => {
    let batch: string[] = [];
    for (const { text, isCut } of lines) {
      if (isCut) continue;
      const connection = connectionOf(text);
      if (connection === undefined) batch.push(text);
      else {
        log.readLines(batch);
        batch = [];
        connected(log, connection === 'connected');
      }
    }
    log.readLines(batch);
  };
  stdout.on('data', (chunk: Buffer) => {
    read(splitter.push(chunk));
    // One chunk for each turn of the event loop: a tool that is faster waits, and nothing else has to.
    stdout.pause();
    setImmediate(() => stdout.resume());
  });
  stdout.once('end', () => read(splitter.end()));
}

function connected(log: WatchedLog, isConnected: boolean): void {
  if (isConnected) log.watching();
  else log.lost(DISCONNECTED, { state: 'waiting', why: DISCONNECTED });
}

function whyNotStarted(command: string, error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ENOENT':
      return `${command} was not found`;
    case 'EACCES':
      return `${command} may not be run`;
    default:
      return `${command} could not be started: ${error.message}`;
  }
}

function whyEnded(command: string, code: number | null, signal: string | null, sayings: string): string {
  const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
  const words = sayings
    .split('\n')
    .map((line) => line.trim())
    .findLast((line) => line !== '');
  return `${command} ${how}${words === undefined ? '' : `: ${redactLine(words).slice(0, 300)}`}`;
}

/** Asks the tool to end, and after a while makes it. */
function endTool(tool: Tool | undefined): Promise<void> {
  if (tool === undefined || tool.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => tool.kill('SIGKILL'), KILL_AFTER_MS);
    tool.once('close', () => {
      clearTimeout(force);
      resolve();
    });
    // A child of the tool can hold the pipe open after the tool's own end.
    tool.once('exit', () => setTimeout(() => tool.stdout.destroy(), 200).unref());
    tool.kill('SIGTERM');
  });
}
