import { basename, resolve } from 'node:path';
import { systemHostClock } from '../adapters/logSources/hostClock';
import { readLogChunks, readLogFile, UnreadableLog } from '../adapters/logSources/readLog';
import type { VoipEvent } from '../core/events/event';
import type { LocateEvent } from '../core/export/checkSarif';
import type { SarifLocation } from '../core/export/sarifLog';
import type { ReadLog } from '../core/log/readLog';
import { CliError } from './exitCode';
import { sourceUri } from './sourceUri';
import { STDIN, STDIN_NAME } from './stdinText';
import { type CliWorld, untilInterrupted } from './world';

/** What several logs hold, as one. */
export interface ReadLogs {
  readonly events: readonly VoipEvent[];
  /** What was left out and why. */
  readonly notes: readonly string[];
  /** Where an event stands: nowhere for stdin, or when it was not asked for. */
  readonly locate: LocateEvent;
  /** The end of one of them is damaged or cut off. */
  readonly isIncomplete: boolean;
}

/**
 * The events of logs and recordings, told apart by their first line. Throws a `CliError` for a file that cannot be
 * read, is empty, or is neither: a verdict from half of the evidence would be a guess.
 */
export async function readLogs(
  files: readonly string[],
  world: CliWorld,
  { withLocations }: { readonly withLocations: boolean },
): Promise<ReadLogs> {
  const events: VoipEvent[] = [];
  const notes: string[] = [];
  const locations = new Map<string, SarifLocation>();
  const sourceName = namesOf(files);
  let isIncomplete = false;
  for (const file of withoutRepetition(files, world.cwd)) {
    const log = await untilInterrupted(world, readLog(file, sourceName(file), withLocations, world));
    const uri = file === STDIN || !withLocations ? undefined : sourceUri(file, world.cwd);
    log.events.forEach((event, index) => {
      events.push(event);
      if (uri === undefined) return;
      const key = identityOf(event);
      if (locations.has(key)) return;
      const startLine = log.lineNumbers?.[index];
      locations.set(key, { uri, ...(startLine !== undefined && { startLine }) });
    });
    notes.push(...log.notes);
    isIncomplete ||= log.isIncomplete === true;
  }
  return { events, notes, locate: (event) => locations.get(identityOf(event)), isIncomplete };
}

/** What tells an event from others even when its time was moved to a steady clock since it was read. */
function identityOf({ source, kind, at, loggedAt = at, line }: VoipEvent): string {
  return JSON.stringify([source, kind, loggedAt, line]);
}

/** A log given twice, in whatever spelling, holds each event once. */
function withoutRepetition(files: readonly string[], cwd: string): Iterable<string> {
  return new Map(files.map((file) => [file === STDIN ? STDIN : resolve(cwd, file), file])).values();
}

/** The file's name; the path as given where two files have the same name. */
function namesOf(files: readonly string[]): (file: string) => string {
  const counts = new Map<string, number>();
  for (const file of new Set(files)) counts.set(basename(file), (counts.get(basename(file)) ?? 0) + 1);
  return (file) => {
    if (file === STDIN) return STDIN_NAME;
    const name = basename(file);
    return (counts.get(name) ?? 0) > 1 ? file : name;
  };
}

async function readLog(file: string, source: string, countLines: boolean, world: CliWorld): Promise<ReadLog> {
  const options = { source, hostClock: systemHostClock(() => world.now() / 1000), countLines };
  try {
    return await (file === STDIN
      ? readLogChunks(world.stdin, options)
      : readLogFile(resolve(world.cwd, file), options));
  } catch (error) {
    throw error instanceof UnreadableLog ? new CliError(error.message) : error;
  }
}
