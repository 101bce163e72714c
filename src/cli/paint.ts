import type { VerdictSeverity } from '../core/verdict/verdict';
import type { CliWorld } from './world';

/** What a text means, rather than its color. */
export type Ink = VerdictSeverity | 'faint' | 'strong';

export type Paint = (ink: Ink, text: string) => string;

// Select Graphic Rendition codes, on and off: `\u001b[31m` … `\u001b[39m`
const CODES: { readonly [I in Ink]: readonly [on: number, off: number] } = {
  error: [31, 39],
  warning: [33, 39],
  info: [36, 39],
  none: [32, 39],
  faint: [2, 22],
  strong: [1, 22],
};

/** Colors on a terminal that wants them; elsewhere the text as it is. https://no-color.org */
export function createPaint({ isTerminal, env }: Pick<CliWorld, 'isTerminal' | 'env'>): Paint {
  const hasNoColor = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '';
  if (!isTerminal || hasNoColor || env['TERM'] === 'dumb') return (_, text) => text;
  return (ink, text) => {
    const [on, off] = CODES[ink];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  };
}

// Everything that moves a cursor or starts an escape sequence: C0, DEL, C1 and the marks that turn the direction of text.
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Text out of a log or file, fit for a terminal: an app's log line must not be able to drive it. */
export function printable(text: string): string {
  return text.replace(CONTROL, '\uFFFD');
}
