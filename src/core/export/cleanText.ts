// What no export may carry: controls but tab and line feed, what turns the direction of text or ends a line in disguise,
// halves of characters, and what XML has no place for. Log lines and payloads are anybody's text.
const UNCLEAN = /[^\P{Cc}\t\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/gu;

/** Text out of a log or payload, fit for a document: line ends are line feeds, what is unclean is U+FFFD. */
export function cleanText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNCLEAN, '\uFFFD');
}

/** As `cleanText`, on one line, without spaces at its ends. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}
