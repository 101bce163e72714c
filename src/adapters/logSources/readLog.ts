import { createReadStream } from 'node:fs';
import { type CrashReport, crashEvent } from '../../core/crash/crashReport';
import { isCrashReportName, parseCrashReport, startsCrashReport } from '../../core/crash/parseCrashReport';
import type { VoipEvent } from '../../core/events/event';
import type { HostClock } from '../../core/log/hostClock';
import type { LineMatcher } from '../../core/log/lineMatcher';
import { createLogReader } from '../../core/log/logReader';
import { createRecordingReader, readRecordingHeader } from '../../core/recording/recordingFormat';
import { readCrashReport } from '../crashReports/readCrashReport';
import { type FileLine, readLineBatches } from '../logFile';

/** What a file or a text holds, told apart by its first line. */
export interface ReadLog {
  readonly kind: 'log' | 'recording' | 'crash';
  readonly events: readonly VoipEvent[];
  /** What was left out and why, with the source's name. */
  readonly notes: readonly string[];
}

export interface ReadLogOptions {
  /** What the log is called in events and messages. */
  readonly source: string;
  readonly hostClock: HostClock;
  /** The user's own patterns. */
  readonly matchers?: readonly LineMatcher[];
  readonly signal?: AbortSignal;
}

/** What was given is not readable evidence: the message says why, and what to do. */
export class UnreadableLog extends Error {}

/**
 * The events of a finished log, a crash report or a recording. Rejects with `UnreadableLog` for a file that cannot be
 * read, is empty, or is none of these: a verdict from half of the evidence would be a guess.
 */
export async function readLogFile(path: string, options: ReadLogOptions): Promise<ReadLog> {
  if (isCrashReportName(path)) return await readCrashFile(path, options.source);
  return await readLogChunks(createReadStream(path, { highWaterMark: 256 * 1024 }), options);
}

/** As `readLogFile`, of bytes from elsewhere: stdin, or the clipboard. */
export async function readLogChunks(chunks: AsyncIterable<Uint8Array>, options: ReadLogOptions): Promise<ReadLog> {
  const reader = createFileReader(options);
  try {
    for await (const lines of readLineBatches(chunks)) {
      options.signal?.throwIfAborted();
      lines.forEach(reader.read);
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new UnreadableLog(`Cannot read ${options.source}: ${whyUnreadable(error)}`);
  }
  return reader.end();
}

interface FileReader {
  readonly read: (line: FileLine) => void;
  readonly end: () => ReadLog;
}

function createFileReader({ source, hostClock, matchers }: ReadLogOptions): FileReader {
  const events: VoipEvent[] = [];
  const notes: string[] = [];
  const noteCounts = new Map<string, number>();
  const log = createLogReader({ source, hostClock, ...(matchers !== undefined && { matchers }) });
  const crashLines: string[] = [];
  const recording = createRecordingReader();
  let lineNumber = 0;
  let kind: 'unknown' | ReadLog['kind'] = 'unknown';

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
      if (kind === 'unknown') kind = kindOf(line.text);
      if (kind === 'crash') crashLines.push(line.text);
      else if (kind === 'recording') readRecordingLine(line);
      else for (const event of log.read(line.text)) events.push(event);
    },
    end() {
      if (lineNumber === 0) throw new UnreadableLog(`${source} is empty: there is nothing to check.`);
      if (kind === 'recording') return { kind, events, notes };
      if (kind === 'crash') return crashLog(parseCrashReport(crashLines.join('\n')), source);
      if (events.length === 0) throw new UnreadableLog(notALog(source));
      return { kind: 'log', events: [...events, ...log.end('end of the log')], notes };
    },
  };
}

function kindOf(firstLine: string): ReadLog['kind'] {
  if (readRecordingHeader(firstLine) !== undefined) return 'recording';
  return startsCrashReport(firstLine) ? 'crash' : 'log';
}

async function readCrashFile(path: string, source: string): Promise<ReadLog> {
  const report = await readCrashReport(path).catch((error: unknown) => {
    throw new UnreadableLog(`Cannot read ${source}: ${whyUnreadable(error)}`);
  });
  return crashLog(report, source);
}

function crashLog(report: CrashReport | undefined, source: string): ReadLog {
  if (report === undefined)
    throw new UnreadableLog(`${source} is not the report of a crash: it has no exception in it.`);
  const event = crashEvent(report, source);
  if (event !== undefined) return { kind: 'crash', events: [event], notes: [] };
  throw new UnreadableLog(
    `${source} does not say when the app crashed, so it cannot be joined to a push. Give the whole report.`,
  );
}

function notALog(source: string): string {
  return (
    `${source} has no line of \`log stream --style ndjson\`, of another style of \`log\`, or of a device tool, and is no ` +
    'crash report and no recording of VoIP Push Debugger. Give the log as the tool printed it.'
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
