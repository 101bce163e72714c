import type { FinishedLog } from '../../core/log/finishedLog';
import type { NeedleSearch } from '../../core/log/needleSearch';
import { MAX_LINE_BYTES } from '../logFile';

const [LINE_FEED, CARRIAGE_RETURN, ESCAPE, OPENING_BRACKET] = [0x0a, 0x0d, 0x1b, 0x5b];

/** Makes a search for the texts of evidence, given a sample of the log. `undefined` when any line may be evidence. */
export type CreateSearch = ((sample: Uint8Array) => NeedleSearch) | undefined;

/** Reads the bytes of a log line by line. */
export interface LogLines {
  /** The next bytes, UTF-8, no more than `MAX_LINE_BYTES`. They are not needed after the call. */
  push(chunk: Uint8Array): void;
  /** The log is over, with or without a line end. */
  end(): void;
  /** The first line that was too long and therefore left out. */
  readonly firstCutLine: number | undefined;
}

/**
 * Reads a log into `log`. Most of its lines are passed over as bytes: the texts of evidence are looked for in many lines
 * at once, and of the other lines only the first and last bytes are looked at.
 */
export function createLogLines(log: FinishedLog, createSearch: CreateSearch): LogLines {
  let search: NeedleSearch | undefined;
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
    // A color may stand within a text of evidence.
    if (createSearch === undefined || bytes.indexOf(ESCAPE, lines.at) >= 0) {
      while (lines.at < bytes.length) readNext(lines);
    } else if (lines.at < bytes.length) {
      search ??= createSearch(bytes.subarray(lines.at));
      readFound(lines, search.find(bytes, lines.at, bytes.length));
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

  /** Reads the lines with texts of evidence, which are at these places, and those that are unlike a record. */
  function readFound(lines: Lines, places: readonly number[]): void {
    const { bytes } = lines;
    let next = 0;
    while (lines.at < bytes.length) {
      const lineEnd = bytes.indexOf(LINE_FEED, lines.at);
      const isFound = (places[next] ?? bytes.length) < lineEnd;
      while ((places[next] ?? bytes.length) < lineEnd) next += 1;
      if (isFound || log.isLost || !log.passes(bytes, lines.at, textEnd(bytes, lines.at, lineEnd)))
        readNext(lines, lineEnd);
      else {
        lineNumber += 1;
        lines.at = lineEnd + 1;
      }
    }
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
