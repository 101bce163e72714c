/** One value of DER (ITU-T X.690): a tag and its content. */
export interface DerNode {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** The first value in the bytes, or `undefined` when they are cut off or no DER. */
export function readDer(bytes: Uint8Array): DerNode | undefined {
  return readAt(bytes, 0)?.node;
}

/** The values inside a constructed one, as far as they can be read; none for `undefined`. */
export function childrenOf(parent: DerNode | undefined): readonly DerNode[] {
  const children: DerNode[] = [];
  let offset = 0;
  while (parent !== undefined) {
    const read = readAt(parent.content, offset);
    if (read === undefined) break;
    children.push(read.node);
    offset = read.end;
  }
  return children;
}

/** An object identifier in dotted form, for example `1.2.840.113635.100.6.3.6`. */
export function oidOf({ content }: DerNode): string {
  const [first = 0] = content;
  const parts: number[] = [Math.floor(first / 40), first % 40];
  let value = 0;
  for (const byte of content.subarray(1)) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      parts.push(value);
      value = 0;
    }
  }
  return parts.join('.');
}

const STRING_TAGS: ReadonlySet<number> = new Set([
  0x0c, // UTF8String
  0x13, // PrintableString
  0x16, // IA5String
]);

/** The text of a string value, for ASCII only; `undefined` for any other. */
export function textOf({ tag, content }: DerNode): string | undefined {
  return STRING_TAGS.has(tag) ? String.fromCharCode(...content) : undefined;
}

function readAt(bytes: Uint8Array, offset: number): { readonly node: DerNode; readonly end: number } | undefined {
  const tag = bytes[offset];
  const lengthByte = bytes[offset + 1];
  if (tag === undefined || lengthByte === undefined) return undefined;
  // Up to 127 in the byte itself; above, the byte says how many bytes of length follow.
  const lengthBytes = lengthByte < 0x80 ? 0 : lengthByte & 0x7f;
  const start = offset + 2 + lengthBytes;
  if (lengthBytes > 4 || start > bytes.length) return undefined;
  const length =
    lengthBytes === 0 ? lengthByte : bytes.subarray(offset + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  const end = start + length;
  return end > bytes.length ? undefined : { node: { tag, content: bytes.subarray(start, end) }, end };
}
