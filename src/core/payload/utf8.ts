/** Number of bytes of a text in UTF-8. A lone surrogate counts three, as the replacement character that goes out in its place. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let offset = 0; offset < text.length; offset++) bytes += bytesAt(text, offset);
  return bytes;
}

/** The UTF-16 offset up to which a text fits into a number of UTF-8 bytes, never inside a surrogate pair. */
export function offsetOfByte(text: string, limitBytes: number): number {
  let bytes = 0;
  for (let offset = 0; offset < text.length; offset++) {
    bytes += bytesAt(text, offset);
    if (bytes > limitBytes) return isSecondHalf(text, offset) ? offset - 1 : offset;
  }
  return text.length;
}

// A pair takes four bytes: three are counted at its first half and one at its second.
function bytesAt(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return isSecondHalf(text, offset) ? 1 : 3;
}

function isSecondHalf(text: string, offset: number): boolean {
  return isLowSurrogate(text.charCodeAt(offset)) && isHighSurrogate(text.charCodeAt(offset - 1));
}

/** First half of a surrogate pair. */
export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** Second half of a surrogate pair. */
export function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
