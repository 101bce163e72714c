import { createReadStream } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type FileLine, readLineBatches } from '../adapters/logFile';
import type { VoipEvent } from '../core/events/event';
import { createLogReader } from '../core/log/logReader';
import { createRecordingReader, readRecordingHeader } from '../core/recording/recordingFormat';
import { CliError } from './exitCode';
import { STDIN, STDIN_NAME } from './stdinText';
import { type CliWorld, untilInterrupted } from './world';

export interface ReadLog {
  readonly events: readonly VoipEvent[];
  /** What was left out and why, with the file's name. */
  readonly notes: readonly string[];
}

/**
 * The events of logs and recordings, told apart by their first line. Throws a `CliError` for a file that cannot be
 * read, is empty, or is neither: a verdict from half of the evidence would be a guess.
 */
export async function readLogs(files: readonly string[], world: CliWorld): Promise<ReadLog> {
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
  const chunks =
    file === STDIN ? world.stdin : createReadStream(resolve(world.cwd, file), { highWaterMark: 256 * 1024 });
  const reader = createFileReader(source);
  try {
    for await (const lines of readLineBatches(chunks)) lines.forEach(reader.read);
  } catch (error) {
    throw new CliError(`Cannot read ${file}: ${whyUnreadable(error)}`);
  }
  return reader.end();
}

interface FileReader {
  readonly read: (line: FileLine) => void;
  readonly end: () => ReadLog;
}

function createFileReader(source: string): FileReader {
  const events: VoipEvent[] = [];
  const notes: string[] = [];
  const noteCounts = new Map<string, number>();
  const log = createLogReader({ source });
  const recording = createRecordingReader();
  let lineNumber = 0;
  let kind: 'unknown' | 'log' | 'recording' = 'unknown';

  function note(text: string): void {
    const count = noteCounts.get(text) ?? 0;
    noteCounts.set(text, count + 1);
    if (count === 0) notes.push(`${source}: line ${lineNumber}: ${text}. Others like it are left out, too.`);
  }

  function readRecordingLine(line: FileLine): void {
    const read = recording.read(line.text);
    if (read.event !== undefined) events.push(read.event);
    if (read.note !== undefined) note(read.note);
  }

  return {
    read(line) {
      lineNumber += 1;
      if (line.isCut) return note('too long to be a log line, left out');
      if (line.text.trim() === '') return;
      if (kind === 'unknown') kind = readRecordingHeader(line.text) === undefined ? 'log' : 'recording';
      if (kind === 'recording') readRecordingLine(line);
      else for (const event of log.read(line.text)) events.push(event);
    },
    end() {
      if (lineNumber === 0) throw new CliError(`${source} is empty: there is nothing to check.`);
      if (kind === 'recording') return { events, notes };
      if (events.length === 0) throw new CliError(notALog(source));
      return { events: [...events, ...log.end('end of the log')], notes };
    },
  };
}

function notALog(source: string): string {
  return (
    `${source} has no line of \`log stream --style ndjson\` or \`log show --style ndjson\`, and is no recording of ` +
    'VoIP Push Debugger. Give the log in that style.'
  );
}

function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file.';
    case 'EISDIR':
      return 'it is a folder. For a .logarchive, run: log show --archive FOLDER --style ndjson > log.ndjson';
    case 'EACCES':
    case 'EPERM':
      return 'its permissions do not allow it.';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
