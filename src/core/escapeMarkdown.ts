// Only what changes the text: `<user>` would vanish as HTML, `$(A)` and `my_app` read better as they are.
const MARKDOWN = /[`*<>[\]|]|\\(?=[!-/:-@[-`{-~])/g;

/** A text from elsewhere for one line of a Markdown document. */
export function escapeMarkdown(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replace(MARKDOWN, '\\$&');
}
