import type { VoipEvent } from '../../core/events/event';
import type { ReadLog, ReadLogOptions } from '../../core/log/readLog';
import { createRecordingReader } from '../../core/recording/recordingFormat';
import { createLineSplitter, type FileLine } from '../logFile';

/** Reads a recording, whose header is on line `firstLine`. */
export function createRecordingLines({ source, countLines }: ReadLogOptions, firstLine: number) {
  const recording = createRecordingReader();
  const splitter = createLineSplitter();
  const events: VoipEvent[] = [];
  const lineNumbers: number[] = [];
  const notes = new Map<string, string>();
  let lineNumber = firstLine - 1;

  function note(text: string): void {
    if (notes.has(text)) return;
    notes.set(text, `${source}: line ${lineNumber}: ${text}. Others like it are left out, too.`);
  }

  function readLine(line: FileLine): void {
    lineNumber += 1;
    const read = line.isCut ? { note: 'too long to be a log line, left out' } : recording.read(line.text);
    if (read.event !== undefined) {
      events.push(read.event);
      if (countLines === true) lineNumbers.push(lineNumber);
    }
    if (read.note !== undefined) note(read.note);
  }

  return {
    push(chunk: Uint8Array) {
      // The splitter keeps what is not a whole line yet: it needs bytes that stay.
      splitter.push(Buffer.from(chunk)).forEach(readLine);
    },
    end(): ReadLog {
      splitter.end().forEach(readLine);
      const read = { kind: 'recording', events, notes: [...notes.values()] } as const;
      return countLines === true ? { ...read, lineNumbers } : read;
    },
  };
}
