/**
 * The longest text that every match of a regular expression (RE2 syntax) must contain, so that lines without it are
 * passed over before the expression runs. Empty when there is none that is sure.
 *
 * Only what stands outside of groups counts, and only characters that JSON and logs print as they are:
 * `^\[Calls\] got push (\S+) for` gives `[Calls] got push `.
 */
export function literalNeedle(pattern: string): string {
  // Flags may make letters case-insensitive, and \Q…\E has rules of its own.
  if (/\(\?[a-zA-Z-]*i|\\[QE]/.test(pattern)) return '';
  const tokens = tokensOf(pattern);
  if (tokens.some(({ token, depth }) => depth === 0 && token === '|')) return '';
  let longest = '';
  let run = '';
  for (const { token, depth, isRepeated } of tokens) {
    const literal = depth === 0 && !isRepeated ? literalOf(token) : undefined;
    run = literal === undefined ? '' : run + literal;
    if (run.length > longest.length) longest = run;
  }
  return longest.length < SHORTEST ? '' : longest;
}

/**
 * The longest part of a fixed text that every log prints as it is, whatever its format escapes:
 * `Added application: <SBApplicationInfo` gives `Added application: `, since go-ios prints `\\u003c` for `<`. Empty when
 * there is none that is worth looking for.
 */
export function plainPart(text: string): string {
  let longest = '';
  let run = '';
  for (const character of text) {
    const plain = plainOf(character);
    run = plain === undefined ? '' : run + plain;
    if (run.length > longest.length) longest = run;
  }
  return longest.length < SHORTEST ? '' : longest;
}

/** Shorter texts are in too many lines to be worth it. */
const SHORTEST = 3;

interface Token {
  /** One character, one escape or one character class. */
  readonly token: string;
  /** How many groups it stands in; a group's own brackets count as in it. */
  readonly depth: number;
  /** Followed by a quantifier: it may be missing. */
  readonly isRepeated: boolean;
}

function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const [, token = '', quantifier] of pattern.matchAll(TOKEN)) {
    if (token === '(') depth += 1;
    tokens.push({ token, depth, isRepeated: quantifier !== undefined });
    if (token === ')') depth -= 1;
  }
  return tokens;
}

// [^]\]a-z[:alpha:]]+   \x{10FFFF}   \p{Greek}{2,}   \d*?   a
const TOKEN =
  /(\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|\\(?:[xpP]\{[^}]*\}|x[\da-fA-F]{2}|\d{1,3}|.)|.)([*+?]\??|\{\d*,?\d*\}\??)?/gsu;

/** The character a token stands for, where it is one that every log prints as it is. */
function literalOf(token: string): string | undefined {
  if (/^\\[^\w\s]$/.test(token)) return plainOf(token.slice(1));
  return /^[^.^$*+?(){}|[]$/.test(token) ? plainOf(token) : undefined;
}

/** ASCII without what JSON escapes, in any tool's way: quotes, slashes, angle brackets, ampersands. */
function plainOf(character: string): string | undefined {
  return /^[ -~]$/.test(character) && !'"\\/<>&'.includes(character) ? character : undefined;
}
