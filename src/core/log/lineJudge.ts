import { connectionOf } from './connectionLine';
import type { HostClock } from './hostClock';
import { looksDated, parseLogLine } from './logFormat';

/** What tools print of themselves around the records. */
const TOOL_LINES: readonly RegExp[] = [
  // Filtering the log data using "subsystem == "com.example.app""
  // Skipping info and debug messages, pass --info and/or --debug to include.
  // getpwuid_r did not find a match for uid 501
  /^(?:Filtering the log data using |Skipping (?:info|debug)|getpwuid_r did not find )/,
  // Timestamp               Ty Process[PID:TID]
  // Timestamp                       Thread     Type        Activity             PID    TTL
  /^Timestamp +(?:Ty|Thread|\(process\))/,
  // {"count":3335,"finished":1}
  /^\{"count":\d+,"finished":\d\}$/,
  // ==> device.log <==, by tail
  // === device found ===
  /^==[=>] .* [<=]==$/,
  // {"level":"info","msg":"starting","time":"2026-09-08T10:11:34+02:00"}, by go-ios
  /^\{.*"level":"[a-z]+","msg":"/,
];

// Control characters but tabs, which no log prints, and what damaged bytes become.
const DAMAGE = /[^\P{Cc}\t\r]|\uFFFD/u;

/** Shorter objects are parsed: no tool's record has so few characters that it would cost much. */
const SHORT_OBJECT = 160;

/** Tells which lines of a finished log nobody understands. */
export interface LineJudge {
  /**
   * Whether the line, without colors, is, as far as its beginning and its end tell, a record, a tool's word of itself
   * or, in the text styles, one more line of the message above it.
   */
  understands(line: string): boolean;
  /** Whether these bytes are a line, without its end, that `understands` would take: a quick look, which misses some. */
  passes(bytes: Uint8Array, from: number, to: number): boolean;
  /** As `understands`, of a line that was parsed. */
  understandsParsed(line: string, isRecord: boolean): boolean;
}

export function createLineJudge(clock: HostClock): LineJudge {
  /** The latest record was text: its message may go on in the next line. */
  let isText = false;

  function isObjectOfLog(line: string): boolean {
    if (!line.startsWith('{') || !line.endsWith('}')) return false;
    return line.length >= SHORT_OBJECT || parseLogLine(line, clock) !== undefined;
  }

  function understands(line: string): boolean {
    const isObject = isObjectOfLog(line);
    if (isObject || looksDatedText(line)) {
      isText = !isObject;
      return true;
    }
    return line.trim() === '' || isToolLine(line) || (isText && !DAMAGE.test(line));
  }

  return {
    understands,
    passes(bytes, from, to) {
      const isObject = bytes[from] === OPENING_BRACE && bytes[to - 1] === CLOSING_BRACE;
      // A character takes up to three bytes for each unit of a text's length.
      if (isObject ? to - from < 3 * SHORT_OBJECT : !beginsWithDate(bytes, from)) return false;
      isText = !isObject;
      return true;
    },
    understandsParsed(line, isRecord) {
      if (!isRecord) return isToolLine(line) || (!looksDated(line) && understands(line));
      isText = !line.startsWith('{');
      return true;
    },
  };
}

function isToolLine(line: string): boolean {
  return connectionOf(line) !== undefined || TOOL_LINES.some((pattern) => pattern.test(line));
}

function looksDatedText(line: string): boolean {
  return !line.startsWith('{') && looksDated(line);
}

const [OPENING_BRACE, CLOSING_BRACE, HYPHEN, SPACE, COLON] = [0x7b, 0x7d, 0x2d, 0x20, 0x3a];

// 2026-09-08
// Sep  8 10:
function beginsWithDate(bytes: Uint8Array, from: number): boolean {
  const is = (at: number, byte: number): boolean => bytes[from + at] === byte;
  const isDigit = (at: number): boolean => isWithin(bytes[from + at], 0x30, 0x39);
  if (isDigit(0)) {
    return [1, 2, 3, 5, 6, 8, 9].every(isDigit) && is(4, HYPHEN) && is(7, HYPHEN);
  }
  return (
    isWithin(bytes[from], 0x41, 0x5a) &&
    isWithin(bytes[from + 1], 0x61, 0x7a) &&
    isWithin(bytes[from + 2], 0x61, 0x7a) &&
    is(3, SPACE) &&
    (is(4, SPACE) || isDigit(4)) &&
    is(6, SPACE) &&
    [5, 7, 8].every(isDigit) &&
    is(9, COLON)
  );
}

function isWithin(byte: number | undefined, first: number, last: number): boolean {
  return byte !== undefined && byte >= first && byte <= last;
}
