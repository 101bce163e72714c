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
/** As long as that in UTF-8, an object is no short one: a character takes up to three bytes for each unit of its length. */
export const LEAST_OBJECT_BYTES = 3 * SHORT_OBJECT;

/** What a line that was passed over is like, by its first and last bytes. */
export type LineKind = 'object' | 'text';

/** Tells which lines of a finished log nobody understands. */
export interface LineJudge {
  /**
   * Whether the line, without colors, is, as far as its beginning and its end tell, a record, a tool's word of itself
   * or, in the text styles, one more line of the message above it.
   */
  understands(line: string): boolean;
  /** A line was passed over: an object of `LEAST_OBJECT_BYTES` or more, or a text that begins with a date. */
  passOver(kind: LineKind): void;
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
    passOver(kind) {
      isText = kind === 'text';
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
