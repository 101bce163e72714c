import type { FinishedLog } from '../../core/log/finishedLog';
import { createJsonObjectSplitter, type JsonObject } from '../../core/log/jsonObjects';
import { MAX_LINE_BYTES } from '../logFile';
import type { TextSearch } from './textSearch';

/** Reads the bytes of a log that is one JSON text, as `log show --style json` prints it. */
export interface LogObjects {
  /** The next bytes, UTF-8. They are not needed after the call. */
  push(chunk: Uint8Array): void;
  end(): void;
}

/**
 * Reads a log into `log`, object by object; `firstLine` is the number of its first line. Without a search, any object may
 * be evidence.
 */
export function createLogObjects(log: FinishedLog, search: TextSearch | undefined, firstLine: number): LogObjects {
  const splitter = createJsonObjectSplitter({
    maxObjectBytes: MAX_LINE_BYTES,
    firstLine,
    onDamage: log.countStranger,
  });
  /** Tells of the objects that a chunk ends, in their order, which of them have texts of evidence. */
  function evidenceIn(chunk: Uint8Array, { findTexts }: TextSearch): (bytes: Uint8Array) => boolean {
    const places = findTexts(chunk);
    let next = 0;
    return (bytes) => {
      // One that began in an earlier chunk was put together.
      if (bytes.buffer !== chunk.buffer) return findTexts(bytes).length > 0;
      const from = bytes.byteOffset - chunk.byteOffset;
      while ((places[next] ?? chunk.length) < from) next += 1;
      return (places[next] ?? chunk.length) < from + bytes.length;
    };
  }

  return {
    push(chunk) {
      const objects = splitter.push(chunk);
      let mayBeEvidence: ((bytes: Uint8Array) => boolean) | undefined;
      let afterLastRecord = 0;
      objects.forEach((object, index) => {
        if (search !== undefined && log.hasStarted) mayBeEvidence ??= evidenceIn(chunk, search);
        const isRead = mayBeEvidence?.(object.bytes) ?? true;
        if (isRead && log.read(lineOf(object), object.lineNumber)) afterLastRecord = index + 1;
      });
      objects.slice(afterLastRecord).findLast((object) => log.showLast(lineOf(object)));
    },
    end: splitter.end,
  };
}

/** The object in one line; a text in JSON has no line end in it. */
function lineOf({ bytes }: JsonObject): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.includes('\n') ? text.replace(/\s*\n\s*/g, ' ') : text;
}
