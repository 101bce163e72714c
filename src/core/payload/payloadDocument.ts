import { getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { measureNesting, type Nesting } from './nesting';
import { utf8Length } from './utf8';

/** Beyond this the parser, which recurses, is not started. Apple's own JSON parser stops at the same depth: https://github.com/swiftlang/swift-corelibs-foundation */
export const MAX_NESTING = 512;

/** A larger text is only counted, not parsed: it is far over every limit anyway. */
const MAX_PARSED_CHARACTERS = 1_048_576;

export const BYTE_ORDER_MARK = '\uFEFF';

/** A payload text, read as far as it can be read. */
export interface PayloadDocument {
  readonly text: string;
  /** UTF-8, as it goes out. */
  readonly bytes: number;
  readonly nesting: Nesting;
  /** In order of place. */
  readonly syntaxErrors: readonly ParseError[];
  /** Missing when the text holds no value, or is too large or nested too deep to be parsed. */
  readonly root?: Node;
  /** Every node under the root, in order of place. */
  readonly nodes: readonly Node[];
  /** What the text says, as far as it can be understood; its objects have no prototype. */
  readonly value: unknown;
}

/** Reads a payload text whatever it is; never throws. A byte order mark is passed over. */
export function readPayloadDocument(text: string): PayloadDocument {
  const bytes = utf8Length(text);
  const unread = { text, bytes, syntaxErrors: [], nodes: [], value: undefined };
  if (text.length > MAX_PARSED_CHARACTERS) return { ...unread, nesting: { depth: 0, offset: 0 } };

  // A space instead of the mark keeps all offsets as they are.
  const json = text.startsWith(BYTE_ORDER_MARK) ? ` ${text.slice(1)}` : text;
  const nesting = measureNesting(json);
  if (nesting.depth > MAX_NESTING) return { ...unread, nesting };

  const syntaxErrors: ParseError[] = [];
  const root = parseTree(json, syntaxErrors, { disallowComments: true, allowTrailingComma: false });
  if (!root) return { ...unread, nesting, syntaxErrors };
  return { text, bytes, nesting, syntaxErrors, root, nodes: nodesUnder(root), value: getNodeValue(root) as unknown };
}

function nodesUnder(root: Node): readonly Node[] {
  const nodes: Node[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    nodes.push(node);
    for (const child of node.children?.toReversed() ?? []) waiting.push(child);
  }
  return nodes;
}
