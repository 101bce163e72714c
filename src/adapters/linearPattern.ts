import { RE2JS } from 're2js';
import type { CompilePattern } from '../core/log/userMatchers';

/** A larger program comes of nested counted repetitions, and takes long on every line. */
const LARGEST_PROGRAM = 5000;

/**
 * Compiles the user's patterns with RE2, whose time grows with the text's length only: no pattern can hang the capture.
 * The library is large: load this module only when there are patterns.
 */
export const compileLinearPattern: CompilePattern = (source) => {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source);
  } catch (error) {
    return { ok: false, problem: syntaxProblem(error) };
  }
  if (compiled.programSize() > LARGEST_PROGRAM) return { ok: false, problem: 'it repeats too much' };
  const groupNames = Object.keys(compiled.namedGroups());
  return {
    ok: true,
    pattern: {
      groupNames,
      match: (text) => {
        const matcher = compiled.matcher(text);
        if (!matcher.find()) return undefined;
        const groups = new Map<string, string>();
        for (const name of groupNames) {
          const value = matcher.group(name);
          if (value !== null) groups.set(name, value);
        }
        return groups;
      },
    },
  };
};

function syntaxProblem(error: unknown): string {
  const words = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
  return `it is not a regular expression that RE2 reads (no look-ahead, look-behind or back reference): ${words.replace(/\.$/, '')}`;
}
