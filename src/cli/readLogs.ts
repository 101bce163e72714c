import { basename, resolve } from 'node:path';
import { systemHostClock } from '../adapters/logSources/hostClock';
import { readLogChunks, readLogFile, UnreadableLog } from '../adapters/logSources/readLog';
import type { VoipEvent } from '../core/events/event';
import type { ReadLog } from '../core/log/readLog';
import { CliError } from './exitCode';
import { STDIN, STDIN_NAME } from './stdinText';
import { type CliWorld, untilInterrupted } from './world';

/**
 * The events of logs and recordings, told apart by their first line. Throws a `CliError` for a file that cannot be
 * read, is empty, or is neither: a verdict from half of the evidence would be a guess.
 */
export async function readLogs(files: readonly string[], world: CliWorld): Promise<Omit<ReadLog, 'kind'>> {
  const events: VoipEvent[] = [];
  const notes: string[] = [];
  for (const file of withoutRepetition(files, world.cwd)) {
    const log = await untilInterrupted(world, readLog(file, sourceName(file, files), world));
    for (const event of log.events) events.push(event);
    notes.push(...log.notes);
  }
  return { events, notes };
}

/** A log given twice, in whatever spelling, holds each event once. */
function withoutRepetition(files: readonly string[], cwd: string): Iterable<string> {
  return new Map(files.map((file) => [file === STDIN ? STDIN : resolve(cwd, file), file])).values();
}

/** The file's name; the path as given where two files have the same name. */
function sourceName(file: string, files: readonly string[]): string {
  if (file === STDIN) return STDIN_NAME;
  const name = basename(file);
  return files.some((other) => other !== file && basename(other) === name) ? file : name;
}

async function readLog(file: string, source: string, world: CliWorld): Promise<ReadLog> {
  const options = { source, hostClock: systemHostClock(() => world.now() / 1000) };
  try {
    return await (file === STDIN
      ? readLogChunks(world.stdin, options)
      : readLogFile(resolve(world.cwd, file), options));
  } catch (error) {
    throw error instanceof UnreadableLog ? new CliError(error.message) : error;
  }
}
