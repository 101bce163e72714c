/** A path pattern, cut at its slashes. */
export type PatternPart =
  /** Any number of folders, none too: `**`. */
  | { readonly kind: 'any-folders' }
  /** A name without wildcards. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'pattern'; readonly matches: (name: string) => boolean };

/** Whether a path given on the command line has wildcards: `logs/*.ndjson`, `a?.log`, `{a,b}.log`, `[ab].log`. */
export function hasWildcards(path: string): boolean {
  return /[*?]|\[[^\]]+\]|\{[^{}]*,[^{}]*\}/.test(path);
}

/** The patterns that `{a,b}` in a pattern stand for: `{a,b}.log` for `a.log` and `b.log`. */
export function expandBraces(pattern: string): readonly string[] {
  // The innermost braces first: `{a,{b,c}}`
  const match = /\{([^{}]*,[^{}]*)\}/.exec(pattern);
  if (match === null) return [pattern];
  const [whole, choices = ''] = match;
  const before = pattern.slice(0, match.index);
  const after = pattern.slice(match.index + whole.length);
  return [...new Set(choices.split(',').flatMap((choice) => expandBraces(before + choice + after)))];
}

/** One part of a pattern: `**`, `app.log`, `*.log`, `app-?.log`, `app[0-9].log`, `app[!0-9].log`. */
export function patternPart(text: string): PatternPart {
  if (text === '**') return { kind: 'any-folders' };
  if (!hasWildcards(text)) return { kind: 'name', name: text };
  const expression = new RegExp(`^${text.replace(WILDCARD, expressionOf)}$`, 'su');
  // As in a shell, a name that begins with a dot must be asked for.
  return {
    kind: 'pattern',
    matches: (name) => expression.test(name) && (text.startsWith('.') || !name.startsWith('.')),
  };
}

// `**` within a name is the same as `*`; the last alternative is every other character.
const WILDCARD = /\*+|\?|\[([!^]?)([^\]]+)\]|./gsu;

function expressionOf(token: string, negation: string | undefined, members: string | undefined): string {
  if (token.startsWith('*')) return '.*';
  if (token === '?') return '.';
  if (members !== undefined) return `[${negation ? '^' : ''}${members.replace(/[\\[\]^&~]/g, '\\$&')}]`;
  return token.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
