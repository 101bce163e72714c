import type { LineKind } from '../../core/log/lineJudge';
import { lineText } from './lineText';
import type { TextSearch } from './textSearch';

/** What is to be read of a stretch of a log that was searched. The first and the last line of a stretch may be torn. */
export interface SearchedStretch {
  /** What comes before the first line feed. */
  readonly head: Uint8Array;
  /** Of the whole lines, those that must be read. */
  readonly lines: readonly SearchedLine[];
  /** How many whole lines there are. */
  readonly lineCount: number;
  /** The kind of the latest line that was passed over after the last one of `lines`. */
  readonly passed: LineKind | undefined;
  /** The last whole line, whether it must be read or not. */
  readonly lastLine: string;
  readonly isLastFound: boolean;
  /** What comes behind the last line feed. */
  readonly tail: Uint8Array;
}

export interface SearchedLine {
  readonly text: string;
  /** How many whole lines come before it. */
  readonly linesBefore: number;
  /** The kind of the latest line that was passed over since the one found before. */
  readonly passed: LineKind | undefined;
}

const LINE_FEED = 0x0a;
/** Reading more at once would keep others waiting. */
const MOST_LINES = 400;

/**
 * Searches a stretch of a log, whose bytes `read` puts into the memory that it is given: how many, 0 at its end. Gives
 * `undefined` where there is no whole line, a line without end, or much to read: then the stretch must be read as it is.
 */
export function searchStretch(search: TextSearch, read: (memory: Buffer) => number): SearchedStretch | undefined {
  const [memory] = search.areas;
  const lines: SearchedLine[] = [];
  let head: Uint8Array | undefined;
  let lineCount = 0;
  let passed: LineKind | undefined;
  let lastLine = '';
  let isLastFound = false;
  let heldBytes = 0;
  for (let count = read(memory); count > 0; count = read(memory.subarray(heldBytes))) {
    const bytes = memory.subarray(0, heldBytes + count);
    let from = 0;
    if (head === undefined) {
      from = bytes.indexOf(LINE_FEED) + 1;
      // Sent to another thread, a view would take all that is around it along.
      head = new Uint8Array(bytes.subarray(0, Math.max(from - 1, 0)));
    }
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    if (end <= from) return undefined;
    const found = search.findLines(bytes.subarray(0, end), from);
    if (found.reached < end || lines.length + found.lines.length > MOST_LINES) return undefined;
    found.lines.forEach((line, index) => {
      const before = index === 0 ? (line.passed ?? passed) : line.passed;
      lines.push({
        text: lineText(bytes, line.start, line.end),
        linesBefore: lineCount + line.linesBefore,
        passed: before,
      });
    });
    const lastStart = bytes.lastIndexOf(LINE_FEED, end - 2) + 1;
    lastLine = lineText(bytes, lastStart, end - 1);
    isLastFound = found.lines.at(-1)?.start === lastStart;
    lineCount += found.lineCount;
    passed = found.lines.length === 0 ? (found.passed ?? passed) : found.passed;
    heldBytes = bytes.copy(memory, 0, end);
  }
  if (head === undefined || lineCount === 0) return undefined;
  return { head, lines, lineCount, passed, lastLine, isLastFound, tail: new Uint8Array(memory.subarray(0, heldBytes)) };
}
