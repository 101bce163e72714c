import { cleanLine, cleanText } from './cleanText';

// Whatever GitHub's Markdown reads as markup inside a line: `code`, *strong*, _strong_, [link], <b>, |cell|, ~gone~, $x$.
const MARKUP = /[\\`*_[\]<>|~$]/g;
// What starts a block at the beginning of a list item: `# heading`, `- item`, `+ item`, `= underline`.
const BLOCK_START = /^[#+\-=]/;
// `1. item`, `1) item`
const NUMBER_START = /^(\d+)([.)])/;
// What is made a link without any markup: @name, #1, GH-1, https://…, www.…
const LINKED_BY_ITSELF = /@(?=[\w-])|#(?=\d)|\bGH-(?=\d)|:(?=\/\/)|\bwww\./gi;
/** A space of no width: text that is linked by itself is not any more, and looks the same. */
const NO_WIDTH = '&#8203;';

/** One line of text for Markdown that shows exactly as it is: no markup, no HTML, no mention, no link, no new table cell. */
export function escapeMarkdown(text: string): string {
  return cleanLine(text)
    .replaceAll('&', '&amp;')
    .replace(MARKUP, '\\$&')
    .replace(LINKED_BY_ITSELF, `$&${NO_WIDTH}`)
    .replace(BLOCK_START, '\\$&')
    .replace(NUMBER_START, '$1\\$2');
}

/** A fenced block that nothing in `text` can end. */
export function codeBlock(text: string, language: string): string {
  const clean = cleanText(text);
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${clean}\n${fence}`;
}
