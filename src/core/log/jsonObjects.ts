/** An object of a JSON text. */
export interface JsonObject {
  readonly bytes: Uint8Array;
  /** The line on which it begins. */
  readonly lineNumber: number;
}

/**
 * Takes the outermost objects out of a JSON text that comes in chunks: out of the array that `log show --style json`
 * prints, pretty-printed or in one line, or of objects after one another. What stands between them is passed over.
 * Never throws; after damaged text it goes on with the next object.
 */
export interface JsonObjectSplitter {
  /** The objects that this chunk ends; most are parts of the chunk's own memory. */
  push(chunk: Uint8Array): readonly JsonObject[];
  /** The text is over: an object that is still open is damaged. */
  end(): void;
}

const [LINE_FEED, QUOTE, BACKSLASH, OPENING_BRACE, CLOSING_BRACE] = [0x0a, 0x22, 0x5c, 0x7b, 0x7d];

/** Brackets and commas of the array, and white space. */
const BETWEEN_OBJECTS: ReadonlySet<number> = new Set([0x5b, 0x5d, 0x2c, 0x20, 0x09, 0x0d, 0x0a]);

export interface JsonObjectSplitterOptions {
  /** Longer objects are left out. */
  readonly maxObjectBytes: number;
  /** The number of the text's first line. */
  readonly firstLine: number;
  /** Gets the line of each object that is torn, cut off or too long, and of each strange text between objects. */
  readonly onDamage: (lineNumber: number) => void;
}

export function createJsonObjectSplitter(options: JsonObjectSplitterOptions): JsonObjectSplitter {
  const { maxObjectBytes, firstLine, onDamage } = options;
  let objects: JsonObject[] = [];
  /** Where the object that is open begins, or goes on, in the chunk. */
  let start = 0;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  let lineNumber = firstLine;
  let startLine = firstLine;
  let startsLine = true;
  let hasStranger = false;
  /** What comes before the next object belongs to one that was given up. */
  let isLost = false;

  function giveUp(): void {
    onDamage(startLine);
    isLost = true;
    depth = 0;
    isInString = false;
    isEscaped = false;
    held = [];
    heldBytes = 0;
  }

  function take(piece: Uint8Array): void {
    objects.push({ bytes: held.length === 0 ? piece : joined([...held, piece]), lineNumber: startLine });
    held = [];
    heldBytes = 0;
  }

  function begin(): void {
    if (hasStranger && !isLost) onDamage(lineNumber);
    hasStranger = false;
    isLost = false;
    startLine = lineNumber;
  }

  function hold(piece: Uint8Array): void {
    heldBytes += piece.length;
    if (heldBytes > maxObjectBytes) giveUp();
    else held.push(new Uint8Array(piece));
  }

  /** Between objects: gives where the next one goes on after its brace. */
  function passGap(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === LINE_FEED) lineNumber += 1;
      if (byte === OPENING_BRACE) {
        begin();
        start = at;
        depth = 1;
        return at + 1;
      }
      hasStranger ||= !BETWEEN_OBJECTS.has(byte);
    }
    return chunk.length;
  }

  /** Within an object: gives where the next string begins after its quote, or where the object ends. */
  function passObject(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (byte === LINE_FEED) lineNumber += 1;
      else if (byte === OPENING_BRACE) depth += 1;
      else if (byte === QUOTE) {
        isInString = true;
        startsLine = false;
        return at + 1;
      } else if (byte === CLOSING_BRACE && close(chunk, at + 1)) return at + 1;
      startsLine = byte === LINE_FEED;
    }
    return chunk.length;
  }

  /** Whether the outermost object ends here. */
  function close(chunk: Uint8Array, end: number): boolean {
    depth -= 1;
    // Only an outermost object ends at the beginning of a line: one within it was torn.
    if (depth > 0 && startsLine) giveUp();
    else if (depth === 0) take(chunk.subarray(start, end));
    return depth === 0;
  }

  /** Within a string: gives where the object goes on. */
  function passString(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length) {
      if (isEscaped && chunk[at] !== LINE_FEED) at += 1;
      isEscaped = false;
      at = plainEnd(chunk, at);
      if (chunk[at] === QUOTE) {
        isInString = false;
        return at + 1;
      }
      if (chunk[at] === LINE_FEED) {
        // No string goes on in the next line: this one was torn.
        giveUp();
        return at;
      }
      isEscaped = chunk[at] === BACKSLASH;
      at += 1;
    }
    return chunk.length;
  }

  return {
    push(chunk) {
      objects = [];
      start = 0;
      for (let at = 0; at < chunk.length; ) {
        if (isInString) at = passString(chunk, at);
        else at = depth === 0 ? passGap(chunk, at) : passObject(chunk, at);
      }
      if (depth > 0) hold(chunk.subarray(start));
      return objects;
    },
    end() {
      if (depth > 0) giveUp();
      begin();
    },
  };
}

/** Where a string ends that begins at `from`, or is no longer plain. Most bytes are in strings. */
function plainEnd(chunk: Uint8Array, from: number): number {
  let at = from;
  while (at < chunk.length) {
    const byte = chunk[at];
    if (byte === QUOTE || byte === BACKSLASH || byte === LINE_FEED) break;
    at += 1;
  }
  return at;
}

/** Concatenates. */
function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
