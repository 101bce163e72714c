import type { TextDocument } from 'vscode';
import type { Position } from '../core/payload/finding';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The payload of a document, exactly as it goes out: with the byte order mark of its file, which VS Code keeps apart
 * from the text.
 */
export function payloadTextOf(document: Pick<TextDocument, 'encoding' | 'getText'>): string {
  return hasHiddenMark(document) ? `${BYTE_ORDER_MARK}${document.getText()}` : document.getText();
}

/** A position in `payloadTextOf(document)` as a position in the document. */
export function documentPosition(document: Pick<TextDocument, 'encoding'>, position: Position): Position {
  if (position.line > 0 || !hasHiddenMark(document)) return position;
  return { line: 0, character: Math.max(0, position.character - 1) };
}

/** The text of a file's bytes, with its byte order mark; `undefined` when they are not UTF-8. */
export function decodePayload(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function hasHiddenMark({ encoding }: Pick<TextDocument, 'encoding'>): boolean {
  return encoding === 'utf8bom';
}
