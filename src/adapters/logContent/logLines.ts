import type { FinishedLog } from '../../core/log/finishedLog';
import { MAX_LINE_BYTES } from '../logFile';
import type { FoundLines, TextSearch } from './textSearch';

const [LINE_FEED, CARRIAGE_RETURN, OPENING_BRACKET] = [0x0a, 0x0d, 0x5b];

/** Reads the bytes of a log line by line. */
export interface LogLines {
  /** The next bytes, UTF-8, no more than two megabytes. They are not needed after the call. */
  push(chunk: Uint8Array): void;
  /** The log is over, with or without a line end. */
  end(): void;
  /** The first line that was too long and therefore left out. */
  readonly firstCutLine: number | undefined;
}

/**
 * Reads a log into `log`. Most of its lines are passed over as bytes, where a search for the texts of evidence says so;
 * without one, any line may be evidence.
 */
export function createLogLines(log: FinishedLog, search: TextSearch | undefined): LogLines {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let lineNumber = 0;
  let firstCutLine: number | undefined;

  function hold(piece: Uint8Array): void {
    heldBytes += piece.length;
    // The chunk's memory is used again.
    if (heldBytes <= MAX_LINE_BYTES && piece.length > 0) held.push(Buffer.from(piece));
  }

  function readHeld(): void {
    if (heldBytes <= MAX_LINE_BYTES) readLines(Buffer.concat([...held, Buffer.of(LINE_FEED)]), 0);
    else {
      lineNumber += 1;
      firstCutLine ??= lineNumber;
    }
    held = [];
    heldBytes = 0;
  }

  /** Reads all lines of the bytes, the last of which ends with a line feed. */
  function readLines(bytes: Buffer, from: number): void {
    const lines: Lines = { bytes, at: from, lastRecordEnd: from };
    while (lines.at < bytes.length && !log.hasStarted) readNext(lines);
    while (lines.at < bytes.length) {
      if (search === undefined || log.isLost) readNext(lines);
      else readFound(lines, search.findLines(bytes, lines.at));
    }
    showLast(lines);
  }

  function readNext(lines: Lines, lineEnd = lines.bytes.indexOf(LINE_FEED, lines.at)): void {
    const { bytes, at } = lines;
    lineNumber += 1;
    // [disconnected:00008110-000A1234567890AB]: until when the log was watched, the record before it tells.
    if (bytes[at] === OPENING_BRACKET) showLast(lines, at);
    const isRecord = log.read(bytes.toString('utf8', at, textEnd(bytes, at, lineEnd)), lineNumber);
    if (isRecord || log.isLost) lines.lastRecordEnd = lineEnd + 1;
    lines.at = lineEnd + 1;
  }

  /** Reads the lines that were found, and passes over the others, until the log says that it is lost. */
  function readFound(lines: Lines, { lines: found, reached, lineCount, passed }: FoundLines): void {
    const linesBefore = lineNumber;
    for (const line of found) {
      lineNumber = linesBefore + line.linesBefore;
      lines.at = line.start;
      if (line.passed !== undefined) log.passOver(line.passed);
      readNext(lines, line.end);
      if (log.isLost) return;
    }
    lineNumber = linesBefore + lineCount;
    lines.at = reached;
    if (passed !== undefined) log.passOver(passed);
  }

  /** The last record may be among the lines that were passed over. */
  function showLast({ bytes, lastRecordEnd }: Lines, before = bytes.length): void {
    for (let end = before; end > lastRecordEnd; ) {
      const start = end < 2 ? 0 : Math.max(bytes.lastIndexOf(LINE_FEED, end - 2) + 1, lastRecordEnd);
      if (log.showLast(bytes.toString('utf8', start, textEnd(bytes, start, end - 1)))) return;
      end = start;
    }
  }

  return {
    get firstCutLine() {
      return firstCutLine;
    },
    push(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let from = 0;
      if (heldBytes > 0) {
        const lineEnd = bytes.indexOf(LINE_FEED);
        hold(bytes.subarray(0, lineEnd < 0 ? bytes.length : lineEnd));
        if (lineEnd < 0) return;
        readHeld();
        from = lineEnd + 1;
      }
      const end = Math.max(bytes.lastIndexOf(LINE_FEED) + 1, from);
      if (end > from) readLines(bytes.subarray(0, end), from);
      hold(bytes.subarray(end));
    },
    end() {
      if (heldBytes > 0) readHeld();
    },
  };
}

/** Whole lines, and how far they were read. */
interface Lines {
  readonly bytes: Buffer;
  at: number;
  /** Behind the last line that was a record. */
  lastRecordEnd: number;
}

/** Where the text of a line ends: before the line end, LF or CRLF. */
function textEnd(bytes: Uint8Array, start: number, lineEnd: number): number {
  return lineEnd > start && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
}
