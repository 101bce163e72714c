import type { FinishedLog } from '../../core/log/finishedLog';
import { createJsonObjectSplitter, type JsonObject } from '../../core/log/jsonObjects';
import type { NeedleSearch } from '../../core/log/needleSearch';
import { type CreateSearch, MAX_LINE_BYTES } from './logLines';

/** Reads the bytes of a log that is one JSON text, as `log show --style json` prints it. */
export interface LogObjects {
  /** The next bytes, UTF-8. They are not needed after the call. */
  push(chunk: Uint8Array): void;
  end(): void;
}

/** Reads a log into `log`, object by object; `firstLine` is the number of its first line. */
export function createLogObjects(log: FinishedLog, createSearch: CreateSearch, firstLine: number): LogObjects {
  const splitter = createJsonObjectSplitter({
    maxObjectBytes: MAX_LINE_BYTES,
    firstLine,
    onDamage: log.countStranger,
  });
  let search: NeedleSearch | undefined;

  function mayBeEvidence({ bytes }: JsonObject): boolean {
    if (createSearch === undefined || !log.hasStarted) return true;
    search ??= createSearch(bytes);
    return search.find(bytes, 0, bytes.length).length > 0;
  }

  return {
    push(chunk) {
      const objects = splitter.push(chunk);
      let afterLastRecord = 0;
      objects.forEach((object, index) => {
        if (mayBeEvidence(object) && log.read(lineOf(object), object.lineNumber)) afterLastRecord = index + 1;
      });
      objects.slice(afterLastRecord).findLast((object) => log.showLast(lineOf(object)));
    },
    end: splitter.end,
  };
}

/** The object in one line; a text in JSON has no line end in it. */
function lineOf({ bytes }: JsonObject): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('utf8')
    .replace(/\s*[\r\n]\s*/g, ' ');
}
