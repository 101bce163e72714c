const CARRIAGE_RETURN = 0x0d;

/** The text of a line from its start to its line feed, without its line end, LF or CRLF. */
export function lineText(bytes: Buffer, start: number, lineEnd: number): string {
  const end = lineEnd > start && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
  return bytes.toString('utf8', start, end);
}
