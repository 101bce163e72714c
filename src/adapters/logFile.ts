/** One line of a file. */
export interface FileLine {
  /** Without its end (LF or CRLF) and without a byte order mark. */
  readonly text: string;
  /** Bytes from the start of the file to the end of this line, its line end included. */
  readonly endsAtByte: number;
  /** The line end was there. A last line without one may be torn. */
  readonly isComplete: boolean;
  /** The line was longer than the cap: `text` is its beginning. */
  readonly isCut: boolean;
}

/** No line of a log or recording comes near it; a binary file or one endless JSON array does. */
export const MAX_LINE_BYTES = 1024 * 1024;

/**
 * Cuts bytes into lines, whatever the chunks they come in, holding at most one line (and never more than the cap).
 * Bytes that are not UTF-8 become U+FFFD.
 */
export interface LineSplitter {
  /** The lines that this chunk ends. */
  push(chunk: Uint8Array): readonly FileLine[];
  /** The last line, when the file does not end with a line end. */
  end(): readonly FileLine[];
}

const LINE_FEED = 0x0a;
const EMPTY = new Uint8Array();

export function createLineSplitter(maxLineBytes: number = MAX_LINE_BYTES): LineSplitter {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let isCut = false;
  let seenBytes = 0;
  let isFirst = true;

  function hold(piece: Uint8Array): void {
    const room = maxLineBytes - heldBytes;
    if (piece.length > room) isCut = true;
    const kept = piece.subarray(0, Math.max(room, 0));
    if (kept.length > 0) held.push(kept);
    heldBytes += kept.length;
  }

  /** Nearly every line lies whole in one chunk: it needs no copy. */
  function take(endsAtByte: number, isComplete: boolean): FileLine {
    const [only = EMPTY] = held;
    const bytes = held.length > 1 ? Buffer.concat(held) : Buffer.from(only.buffer, only.byteOffset, only.byteLength);
    const line = { text: withoutMarks(bytes.toString('utf8'), isFirst), endsAtByte, isComplete, isCut };
    held = [];
    heldBytes = 0;
    isCut = false;
    isFirst = false;
    return line;
  }

  return {
    push(chunk) {
      const lines: FileLine[] = [];
      let from = 0;
      for (let to = chunk.indexOf(LINE_FEED); to >= 0; to = chunk.indexOf(LINE_FEED, from)) {
        hold(chunk.subarray(from, to));
        from = to + 1;
        lines.push(take(seenBytes + from, true));
      }
      hold(chunk.subarray(from));
      seenBytes += chunk.length;
      return lines;
    },
    end() {
      return heldBytes > 0 || isCut ? [take(seenBytes, false)] : [];
    },
  };
}

/** The lines of a stream of bytes, a batch for each chunk: one promise a chunk, not one a line. */
export async function* readLineBatches(
  chunks: AsyncIterable<Uint8Array>,
  maxLineBytes: number = MAX_LINE_BYTES,
): AsyncGenerator<readonly FileLine[]> {
  const splitter = createLineSplitter(maxLineBytes);
  for await (const chunk of chunks) yield splitter.push(chunk);
  yield splitter.end();
}

function withoutMarks(text: string, isFirst: boolean): string {
  const body = text.endsWith('\r') ? text.slice(0, -1) : text;
  return isFirst && body.startsWith('\uFEFF') ? body.slice(1) : body;
}
