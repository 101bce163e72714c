import type { Position, Range } from './finding';

/** Turns offsets into a text into lines and characters. */
export interface TextPositions {
  /** The range from `offset` on; whatever lies outside the text is moved to its nearest end. */
  rangeOf(offset: number, length: number): Range;
}

/** Reads the line breaks of a text once: `\r\n`, `\n` and `\r`, as the Language Server Protocol counts them. */
export function createTextPositions(text: string): TextPositions {
  const lines = [{ start: 0, end: text.length }];
  for (const { index, 0: lineBreak } of text.matchAll(/\r\n|\n|\r/g)) {
    const last = lines.at(-1);
    if (last) last.end = index;
    lines.push({ start: index + lineBreak.length, end: text.length });
  }

  function positionOf(offset: number): Position {
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lines[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const { start, end } = lines[low] ?? { start: 0, end: 0 };
    return { line: low, character: Math.max(0, Math.min(offset, end) - start) };
  }

  return { rangeOf: (offset, length) => ({ start: positionOf(offset), end: positionOf(offset + length) }) };
}
