import type { FinishedLog } from '../../core/log/finishedLog';
import { MAX_LINE_BYTES } from '../logFile';
import { lineText } from './lineText';
import type { SearchedStretch } from './searchedStretch';
import type { FoundLines, TextSearch } from './textSearch';

const [LINE_FEED, ESCAPE, OPENING_BRACKET] = [0x0a, 0x1b, 0x5b];

/** Reads the bytes of a log line by line. */
export interface LogLines {
  /** The next bytes, UTF-8, no more than two megabytes. They are not needed after the call. */
  push(chunk: Uint8Array): void;
  /**
   * Takes the next bytes as they were searched elsewhere; `false` when that does not do: then they must be pushed.
   */
  take(stretch: SearchedStretch): boolean;
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
    if (mayLoseTouch(bytes[at])) showLast(lines, at);
    const isRecord = log.read(lineText(bytes, at, lineEnd), lineNumber);
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
      if (log.showLast(lineText(bytes, start, end - 1))) return;
      end = start;
    }
  }

  /**
   * Where the log may say that it was interrupted, the lines before and behind matter, too. So do those before the last
   * one, if that does not say until when the log was watched.
   */
  function canTake({ head, lines, lastLine }: SearchedStretch): boolean {
    const firstBytes = [held[0]?.[0] ?? head[0], ...lines.map(({ text }) => text.charCodeAt(0))];
    return log.hasStarted && !log.isLost && !firstBytes.some(mayLoseTouch) && log.isRecord(lastLine);
  }

  /** True when the last line was read and is known to be a record. */
  function readSearched({ lines, lineCount, passed, isLastFound }: SearchedStretch): boolean {
    const linesBefore = lineNumber;
    let isRecord = false;
    for (const line of lines) {
      lineNumber = linesBefore + line.linesBefore + 1;
      if (line.passed !== undefined) log.passOver(line.passed);
      isRecord = log.read(line.text, lineNumber);
    }
    lineNumber = linesBefore + lineCount;
    if (passed !== undefined) log.passOver(passed);
    return isLastFound && isRecord;
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
    take(stretch) {
      if (!canTake(stretch)) return false;
      hold(stretch.head);
      readHeld();
      if (!readSearched(stretch)) log.showLast(stretch.lastLine);
      hold(stretch.tail);
      return true;
    },
    end() {
      if (heldBytes > 0) readHeld();
    },
  };
}

/** Whether a line with this first byte may say that the device was away: `[disconnected:…]`, in color or not. */
function mayLoseTouch(firstByte: number | undefined): boolean {
  return firstByte === OPENING_BRACKET || firstByte === ESCAPE;
}

/** Whole lines, and how far they were read. */
interface Lines {
  readonly bytes: Buffer;
  at: number;
  /** Behind the last line that was a record. */
  lastRecordEnd: number;
}
