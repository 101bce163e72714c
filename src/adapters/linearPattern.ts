import { RE2JS } from 're2js';
import type { CompilePattern } from '../core/log/userMatchers';
import type { CompileRedaction } from '../core/recording/redaction';

/** A larger program comes of nested counted repetitions, and takes long on every line. */
const LARGEST_PROGRAM = 5000;

/**
 * Compiles the user's patterns with RE2, whose time grows with the text's length only: no pattern can hang the capture.
 * The library is large: load this module only when there are patterns.
 */
export const compileLinearPattern: CompilePattern = (source) => {
  const compiled = compile(source);
  if (!compiled.ok) return compiled;
  const { expression } = compiled;
  const groupNames = Object.keys(expression.namedGroups());
  return {
    ok: true,
    pattern: {
      groupNames,
      match: (text) => {
        const matcher = expression.matcher(text);
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

/** Compiles an expression whose matches are to be replaced, as `compileLinearPattern` does. */
export const compileRedaction: CompileRedaction = (source) => {
  const compiled = compile(source);
  if (!compiled.ok) return compiled;
  const { expression } = compiled;
  if (expression.matcher('').find()) return { ok: false, problem: 'it matches the empty text, so it is everywhere' };
  return { ok: true, replaceAll: (text, by) => expression.matcher(text).replaceAll(RE2JS.quoteReplacement(by)) };
};

type Compiled = { readonly ok: true; readonly expression: RE2JS } | { readonly ok: false; readonly problem: string };

function compile(source: string): Compiled {
  let expression: RE2JS;
  try {
    expression = RE2JS.compile(source);
  } catch (error) {
    return { ok: false, problem: syntaxProblem(error) };
  }
  if (expression.programSize() > LARGEST_PROGRAM) return { ok: false, problem: 'it repeats too much' };
  return { ok: true, expression };
}

function syntaxProblem(error: unknown): string {
  const words = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
  return `it is not a regular expression that RE2 reads (no look-ahead, look-behind or back reference): ${words.replace(/\.$/, '')}`;
}
