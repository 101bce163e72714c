import type { VoipEvent } from '../events/event';
import { createLineJudge, type LineKind } from './lineJudge';
import { looksDated, parseLogLine } from './logFormat';
import { createLogReader, type ExaminedLine, withoutColors } from './logReader';
import type { ReadLog, ReadLogOptions } from './readLog';

/**
 * What a log that is over has told so far. Lines that cannot be evidence need not be given to it, apart from those
 * before its first record; whoever passes over lines shows it the last ones, since the last record says until when the
 * log was watched.
 */
export interface FinishedLog {
  /** A record was seen: from here on, lines without the texts of evidence may be passed over. */
  readonly hasStarted: boolean;
  /** The log says that it was interrupted: no line may be passed over until the next record. */
  readonly isLost: boolean;
  /** Nobody understands some of the lines. */
  readonly hasStrangers: boolean;
  /** There were words of evidence in lines that are no records. */
  readonly hasWordsWithoutTime: boolean;
  /** Reads a line, or an object of a log in JSON. True when it is known to be a record. */
  read(line: string, lineNumber: number): boolean;
  /** Lines were passed over, the latest of which was like this. */
  passOver(kind: LineKind): void;
  /** Whether `showLast` would say so; nothing changes. */
  isRecord(line: string): boolean;
  /** Looks at a line that was passed over, the latest first. True when it is a record: then none before it matters. */
  showLast(line: string): boolean;
  /** Counts a line that nobody understands. */
  countStranger(lineNumber: number): void;
  /** The events, the last of which says that the log ends; the notes; the lines' numbers when they were asked for. */
  end(): Omit<ReadLog, 'kind'>;
}

export function createFinishedLog(options: ReadLogOptions): FinishedLog {
  const { source, hostClock, matchers, countLines } = options;
  const reader = createLogReader({ source, hostClock, ...(matchers !== undefined && { matchers }) });
  const judge = createLineJudge(hostClock);
  const events: VoipEvent[] = [];
  const lineNumbers: (number | undefined)[] = [];
  let hasStarted = false;
  let hasWordsWithoutTime = false;
  let strangers = 0;
  let firstStranger = 0;

  function countStranger(lineNumber: number): void {
    strangers += 1;
    if (strangers === 1) firstStranger = lineNumber;
  }

  function take({ isRecord, events: found }: ExaminedLine, line: string, lineNumber: number): void {
    hasStarted ||= isRecord;
    hasWordsWithoutTime ||= !isRecord && reader.mayBeEvidence(line);
    for (const event of found) {
      events.push(event);
      if (countLines === true) lineNumbers.push(lineNumber);
    }
  }

  return {
    get hasStarted() {
      return hasStarted;
    },
    get isLost() {
      return reader.isLost;
    },
    get hasStrangers() {
      return strangers > 0;
    },
    get hasWordsWithoutTime() {
      return hasWordsWithoutTime;
    },
    read(rawLine, lineNumber) {
      const line = withoutColors(rawLine);
      if (line.trim() === '') return false;
      const examined = hasStarted && !reader.mayBeEvidence(line) ? undefined : reader.examine(line);
      const isUnderstood =
        examined === undefined ? judge.understands(line) : judge.understandsParsed(line, examined.isRecord);
      if (!isUnderstood) countStranger(lineNumber);
      if (examined !== undefined) take(examined, line, lineNumber);
      return examined?.isRecord === true;
    },
    passOver: judge.passOver,
    isRecord(rawLine) {
      const line = withoutColors(rawLine);
      return looksDated(line) && parseLogLine(line, hostClock) !== undefined;
    },
    showLast: (line) => looksDated(withoutColors(line)) && reader.examine(line).isRecord,
    countStranger,
    end() {
      const ended = reader.end('end of the log');
      const notes = strangers === 0 ? [] : [strangerNote(source, strangers, firstStranger)];
      const all = [...events, ...ended];
      if (countLines !== true) return { events: all, notes };
      return { events: all, notes, lineNumbers: [...lineNumbers, ...ended.map(() => undefined)] };
    },
  };
}

function strangerNote(source: string, count: number, first: number): string {
  if (count === 1) return `${source}: line ${first} was not understood.`;
  return `${source}: ${count} lines were not understood, the first of them line ${first}.`;
}
