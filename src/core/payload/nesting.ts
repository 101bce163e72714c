import { createScanner, type SyntaxKind } from 'jsonc-parser';

const OPEN_BRACE = 1 satisfies SyntaxKind;
const CLOSE_BRACE = 2 satisfies SyntaxKind;
const OPEN_BRACKET = 3 satisfies SyntaxKind;
const CLOSE_BRACKET = 4 satisfies SyntaxKind;
const END_OF_FILE = 17 satisfies SyntaxKind;

export interface Nesting {
  /** How many objects and arrays are open at the deepest place. */
  readonly depth: number;
  /** Where the deepest one opens. */
  readonly offset: number;
}

/**
 * How deep a text nests, without recursion. Exact for JSON; for anything else never less than the depth to which
 * jsonc-parser would recurse, because its parser too takes a closing bracket only where it matches.
 */
export function measureNesting(text: string): Nesting {
  const scanner = createScanner(text, true);
  const closers: number[] = [];
  let deepest: Nesting = { depth: 0, offset: 0 };
  for (let token = scanner.scan(); token !== END_OF_FILE; token = scanner.scan()) {
    if (token === OPEN_BRACE) closers.push(CLOSE_BRACE);
    else if (token === OPEN_BRACKET) closers.push(CLOSE_BRACKET);
    else if (token === closers.at(-1)) closers.pop();
    if (closers.length > deepest.depth) deepest = { depth: closers.length, offset: scanner.getTokenOffset() };
  }
  return deepest;
}
