import { crashEvent } from '../../core/crash/crashReport';
import { parseCrashReport } from '../../core/crash/parseCrashReport';
import { createFinishedLog, type FinishedLog } from '../../core/log/finishedLog';
import type { ReadLog, ReadLogOptions } from '../../core/log/readLog';
import { type ContentKind, contentKindOf } from './contentKind';
import { KIND_BYTES } from './kindBytes';
import { createLogLines } from './logLines';
import { createLogObjects } from './logObjects';
import { createRecordingLines } from './recordingLines';
import type { SearchedStretch } from './searchedStretch';
import type { TextSearch } from './textSearch';
import { UnreadableLog } from './unreadableLog';

/** Reads the content of a finished log, a crash report or a recording, whichever it is. */
export interface FinishedContent {
  /** The next bytes, UTF-8, no more than two megabytes. They are not needed after the call. */
  push(chunk: Uint8Array): void;
  /**
   * Takes the next bytes as they were searched elsewhere; `false` when they must be pushed instead. `undefined` when they
   * always must, and as long as it is not known what the content is.
   */
  readonly take?: ((stretch: SearchedStretch) => boolean) | undefined;
  /** What there was. Throws an `UnreadableLog` when it was nothing of the three. */
  end(): ReadLog;
}

/** Without a search for the texts of evidence, any line of a log may be evidence. */
export function createFinishedContent(options: ReadLogOptions, search: TextSearch | undefined): FinishedContent {
  let head = Buffer.alloc(0);
  let reader: FinishedContent | undefined;

  function decide(): FinishedContent {
    const kind = contentKindOf(head, options.hostClock);
    const made = CONTENT_READERS[kind.kind]({ ...options, search, kind, before: head.subarray(0, kind.startsAtByte) });
    made.push(head.subarray(kind.startsAtByte));
    head = Buffer.alloc(0);
    return made;
  }

  return {
    push(chunk) {
      if (reader !== undefined) reader.push(chunk);
      else {
        head = Buffer.concat([head, chunk]);
        if (head.length >= KIND_BYTES) reader = decide();
      }
    },
    get take() {
      return reader?.take;
    },
    end() {
      if (reader === undefined && head.length === 0) {
        throw new UnreadableLog(`${options.source} is empty: there is nothing to check.`);
      }
      reader ??= decide();
      return reader.end();
    },
  };
}

interface ContentOptions extends ReadLogOptions {
  readonly search: TextSearch | undefined;
  readonly kind: ContentKind;
  /** What comes before the content proper. */
  readonly before: Uint8Array;
}

type CreateContentReader = (options: ContentOptions) => FinishedContent;

const CONTENT_READERS: { readonly [K in ContentKind['kind']]: CreateContentReader } = {
  'log-lines': createLogContent,
  'log-objects': createLogContent,
  crash: createCrashContent,
  recording: (options) => createRecordingLines(options, options.kind.startsAtLine),
};

/** What turns out to be no log may still be a part of a crash report: none that is pasted is longer. */
const MAX_EXCERPT_BYTES = 4 * 1024 * 1024;

function createLogContent({ search, kind: { kind, startsAtLine }, before, ...options }: ContentOptions) {
  const log = createFinishedLog(options);
  const lines = createLogLines(log, search);
  const objects = kind === 'log-objects' ? createLogObjects(log, search, startsAtLine) : undefined;
  lines.push(before);
  if (objects !== undefined) lines.end();
  const excerpt = createText(MAX_EXCERPT_BYTES);

  return {
    push(chunk: Uint8Array) {
      if (!log.hasStarted) excerpt.push(chunk);
      (objects ?? lines).push(chunk);
    },
    take: objects === undefined && search !== undefined ? lines.take : undefined,
    end(): ReadLog {
      (objects ?? lines).end();
      if (!log.hasStarted) return notALog(excerpt.text(), log, options);
      const { notes, ...content } = log.end();
      const { firstCutLine } = lines;
      if (firstCutLine === undefined) return { kind: 'log', notes, ...content };
      const cutNote = `${options.source}: line ${firstCutLine}: too long to be a log line, left out. Others like it are left out, too.`;
      return { kind: 'log', notes: [...notes, cutNote], ...content };
    },
  };
}

// Example-2026-09-08-101134.ips, Example.crash
const REPORT_NAME = /\.(?:ips|crash)$/i;

function notALog(text: string, { hasStrangers, hasWordsWithoutTime }: FinishedLog, options: ReadLogOptions): ReadLog {
  const { source } = options;
  // The name says what was meant to be in it.
  if (REPORT_NAME.test(source) || parseCrashReport(text) !== undefined) return crashLog(text, options);
  if (hasWordsWithoutTime) {
    throw new UnreadableLog(
      `${source} has messages about VoIP pushes, but not when they were printed. Give the log as the tool printed it.`,
    );
  }
  if (!hasStrangers) {
    throw new UnreadableLog(`${source} has no record in it, only what a tool prints of itself: nothing was logged.`);
  }
  throw new UnreadableLog(
    `${source} has no line of \`log stream --style ndjson\`, of another style of \`log\`, or of a device tool, and is no ` +
      'crash report and no recording of VoIP Push Debugger. Give the log as the tool printed it.',
  );
}

/** No crash report comes near it. */
const MAX_REPORT_BYTES = 32 * 1024 * 1024;

function createCrashContent(options: ReadLogOptions): FinishedContent {
  const report = createText(MAX_REPORT_BYTES);
  return { push: report.push, end: () => crashLog(report.text(), options) };
}

function crashLog(text: string, { source, countLines }: ReadLogOptions): ReadLog {
  const report = parseCrashReport(text);
  if (report === undefined) {
    throw new UnreadableLog(`${source} is not the report of a crash: it has no exception in it.`);
  }
  const event = crashEvent(report, source);
  if (event !== undefined) {
    return { kind: 'crash', events: [event], notes: [], ...(countLines === true && { lineNumbers: [undefined] }) };
  }
  throw new UnreadableLog(
    `${source} does not say when the app crashed, so it cannot be joined to a push. Give the whole report.`,
  );
}

/** Collects a text; one that is longer than the cap is no longer collected, and empty. */
function createText(maxBytes: number): { push(chunk: Uint8Array): void; text(): string } {
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  return {
    push(chunk) {
      bytes += chunk.length;
      if (bytes <= maxBytes) pieces.push(Buffer.from(chunk));
      else pieces = [];
    },
    text: () => Buffer.concat(pieces).toString('utf8'),
  };
}
