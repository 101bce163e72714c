import { InvalidArgumentError, Option } from 'commander';
import { isJsonPointer } from '../core/payload/jsonPointer';

export type OutputFormat = 'text' | 'json';

/** `--format`, the same for every command with a result. */
export function formatOption(): Option {
  return new Option('--format <format>', 'text for people, json for machines')
    .choices(['text', 'json'])
    .default('text');
}

/** `--call-id-pointer /call/id`, as often as there are places. */
export function callIdPointerOption(): Option {
  return new Option('--call-id-pointer <pointer>', 'where payloads carry the call id, as a JSON pointer; repeatable')
    .default([])
    .argParser((text, earlier: readonly string[]) => {
      if (isJsonPointer(text)) return [...earlier, text];
      throw new InvalidArgumentError('Give a JSON pointer, for example /call/id.');
    });
}

/**
 * Says that several of the options (as they are written, `--virtual`) are given where one is wanted; `undefined` for fewer.
 * `what` they say: `where to send`.
 */
export function severalGiven(given: readonly string[], what: string): string | undefined {
  if (given.length < 2) return undefined;
  const names = `${given.slice(0, -1).join(', ')} and ${given.at(-1)}`;
  return `${names} are ${given.length === 2 ? 'both' : 'all'} given. Say ${what} with one of them.`;
}

/** Parses a whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    // Digits only: Number() also takes "", " 1", "1e3" and "0x10".
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

/** Parses a number above zero, at most `most`; `7` and `7.5` are fine. */
export function positiveNumber(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+(\.\d+)?$/.test(text) && value > 0 && value <= most) return value;
    throw new InvalidArgumentError(`Give a number above 0, at most ${most}.`);
  };
}
