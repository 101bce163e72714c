// A string, punctuation, or a run of anything else between them: `"a\"b"`, `{`, `12345678901234567890`.
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/**
 * A JSON payload set out for reading. Only the space between tokens changes: numbers, escapes and duplicate keys
 * are shown as they were sent, which parsing and printing would not do. What is not JSON stays as it is.
 */
export function prettyPayload(text: string): string {
  if (!isJson(text)) return text;
  let depth = 0;
  let pretty = '';
  const tokens = text.match(TOKEN) ?? [];
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    if (isClosing(token)) {
      depth -= 1;
      if (!isOpening(tokens[index - 1])) pretty += lineBreak(depth);
    }
    pretty += token;
    if (token === ',') pretty += lineBreak(depth);
    if (token === ':') pretty += ' ';
    if (isOpening(token)) {
      depth += 1;
      if (!isClosing(next)) pretty += lineBreak(depth);
    }
  });
  return pretty;
}

function isOpening(token: string | undefined): boolean {
  return token === '{' || token === '[';
}

function isClosing(token: string | undefined): boolean {
  return token === '}' || token === ']';
}

function lineBreak(depth: number): string {
  return `\n${'  '.repeat(depth)}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
