import { parseOpenStep } from 'plist';

/**
 * Parses an old-style (NeXT) property list as `simctl listapps` prints it. Throws when it is none.
 * What Foundation prints beyond that style is made to fit first: `\U793a` becomes the character, and bytes,
 * `{length = 2, bytes = 0x0102}`, become an empty text.
 */
export function parseOldStylePropertyList(text: string): unknown {
  return parseOpenStep(
    text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|\{length = \d+, bytes = 0x[^{}"]*\}/gs, (token) =>
      token.startsWith('{') ? '""' : decodeUnicodeEscapes(token),
    ),
  );
}

// "\U793a\U4f8b"; in "C:\\User" the backslash is an escaped one and comes before
function decodeUnicodeEscapes(quoted: string): string {
  return quoted.replace(/\\(?:U([0-9a-fA-F]{4})|.)/gs, (sequence, digits: string | undefined) => {
    if (digits === undefined) return sequence;
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return character === '"' || character === '\\' ? `\\${character}` : character;
  });
}
