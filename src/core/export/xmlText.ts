import { cleanText } from './cleanText';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // Attributes would turn them into spaces.
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Text for an element of XML or HTML. */
export function escapeElement(text: string): string {
  return cleanText(text).replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);
}

/** Text for a quoted attribute of XML or HTML. */
export function escapeAttribute(text: string): string {
  return cleanText(text).replace(/[&<>"'\n\t]/g, (character) => ENTITIES[character] ?? character);
}
