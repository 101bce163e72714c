import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { LineMatcher } from '../core/log/lineMatcher';
import type { ReadLog, ReadLogOptions } from '../core/log/readLog';
import { addLogs, type NamedLog } from './addLogs';
import { CommandId } from './contributions';
import { ExpectedFailure } from './expectedFailure';
import { withLateProgress } from './lateProgress';
import type { LoadLogTools, LogTools } from './logTools';
import type { NameSource } from './sourceNames';
import type { TimelineSession } from './timelineSession';

export interface LogOpenerOptions {
  readonly session: TimelineSession;
  readonly loadLogTools: LoadLogTools;
  readonly matchers: () => Promise<readonly LineMatcher[]>;
  readonly nameSource: NameSource;
  readonly log: vscode.LogOutputChannel;
  readonly revealTimeline: () => void;
}

/** Puts finished logs into the timeline, and says what was found. */
export interface LogOpener {
  openFiles(files: readonly vscode.Uri[]): Promise<void>;
  /** A copy that lies elsewhere than what it is a copy of: it is named after the original. */
  openCopy(file: vscode.Uri, originalPath: string): Promise<void>;
  /** A log from elsewhere: the same text always has the same name. */
  openText(text: string): Promise<void>;
  /** Files that have a name and a text, and no path; `unread` says in sentences what could not be read of them. */
  openTexts(
    texts: readonly { readonly name: string; readonly text: string }[],
    unread: readonly string[],
  ): Promise<void>;
}

export function createLogOpener(options: LogOpenerOptions): LogOpener {
  const { session, loadLogTools, nameSource, log, revealTimeline } = options;
  const pastedName = createPastedNames();

  async function open(requests: readonly LogRequest[], unread: readonly string[] = []): Promise<void> {
    const tools = await loadLogTools();
    const matchers = await options.matchers();
    const problems = [...unread];
    const logs: NamedLog[] = [];
    await withLateProgress('Reading logs', async (signal) => {
      for (const request of requests) {
        const read = await readOne(request, tools, matchers, signal);
        if (typeof read === 'string') problems.push(read);
        else logs.push(read);
      }
    });
    if (logs.length === 0) throw new ExpectedFailure(problems.join(' '));
    tell(await addLogs(session, logs), logs, problems);
    revealTimeline();
  }

  function tell(found: string, logs: readonly NamedLog[], problems: readonly string[]): void {
    const notes = logs.flatMap((each) => each.log.notes);
    for (const note of [...problems, ...notes]) log.warn(note);
    if (problems.length > 0) void warn(`${found} ${problems.join(' ')}`);
    else if (notes.length > 0) void warn(`${found} Some lines were left out.`);
    else void vscode.window.showInformationMessage(found);
  }

  return {
    openFiles: (files) => open(files.map((file) => fileRequest(file, nameSource(file.fsPath)))),
    openCopy: (file, originalPath) => open([fileRequest(file, nameSource(originalPath))]),
    openText: (text) => open([textRequest(text, pastedName(text))]),
    openTexts: (texts, unread) =>
      open(
        texts.map(({ name, text }) => textRequest(text, nameSource(`${hashOf(text)}/${name}`))),
        unread,
      ),
  };
}

/** The log, or why it is not one. */
async function readOne(
  { source, read }: LogRequest,
  tools: LogTools,
  matchers: readonly LineMatcher[],
  signal: AbortSignal,
): Promise<NamedLog | string> {
  try {
    return { source, log: await read(tools, { source, hostClock: tools.systemHostClock(), matchers, signal }) };
  } catch (error) {
    if (signal.aborted) throw new vscode.CancellationError();
    // A notification shows the marks of code as they are.
    if (error instanceof tools.UnreadableLog) return error.message.replaceAll('`', '"');
    throw error;
  }
}

interface LogRequest {
  readonly source: string;
  readonly read: (tools: LogTools, options: ReadLogOptions) => Promise<ReadLog>;
}

function fileRequest(file: vscode.Uri, source: string): LogRequest {
  return {
    source,
    async read(tools, options) {
      if (file.scheme === 'file') return await tools.readLogFile(file.fsPath, options);
      return await tools.readLogChunks(chunksOf(await vscode.workspace.fs.readFile(file)), options);
    },
  };
}

function textRequest(text: string, source: string): LogRequest {
  return { source, read: (tools, options) => tools.readLogChunks(chunksOf(text), options) };
}

/**
 * Gives pasted texts names: by the first time of day in them, so that the same text has the same name after a reload, too;
 * with a number where another text has that name.
 */
function createPastedNames(): (text: string) => string {
  const hashes = new Map<string, string>();
  return (text) => {
    const time = /\b\d\d:\d\d:\d\d\b/.exec(text)?.[0];
    const plain = time === undefined ? 'Pasted log' : `Pasted log, ${time}`;
    const hash = hashOf(text);
    let name = plain;
    for (let number = 2; (hashes.get(name) ?? hash) !== hash; number += 1) name = `${plain} (${number})`;
    hashes.set(name, hash);
    return name;
  };
}

/** Short, and the same for the same text. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6);
}

const CHUNK_BYTES = 256 * 1024;

async function* chunksOf(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) yield bytes.subarray(from, from + CHUNK_BYTES);
}

async function warn(message: string): Promise<void> {
  const choice = await vscode.window.showWarningMessage(message, 'Show Log');
  if (choice !== undefined) await vscode.commands.executeCommand(CommandId.showLog);
}
