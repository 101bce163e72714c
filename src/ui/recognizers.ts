import type { LineMatcher } from '../core/log/lineMatcher';
import { type CompilePattern, userMatchers } from '../core/log/userMatchers';
import type { NumberedPattern } from '../core/log/userPatterns';

/** The user's own patterns, ready for log readers. */
export interface Recognizers {
  /** None when the setting is empty; patterns that cannot be used are left out, and said. */
  matchers(): Promise<readonly LineMatcher[]>;
}

export interface RecognizersOptions {
  readonly patterns: () => readonly NumberedPattern[];
  /** Loads the expressions' compiler, which is large. */
  readonly loadCompiler: () => Promise<CompilePattern>;
  /** Told a sentence for each pattern that cannot be used. */
  readonly onProblem: (problem: string) => void;
}

/** Compiles the patterns when somebody asks, and again only after they changed. */
export function createRecognizers({ patterns, loadCompiler, onProblem }: RecognizersOptions): Recognizers {
  let compiled: { readonly of: readonly NumberedPattern[]; readonly matchers: readonly LineMatcher[] } | undefined;
  return {
    async matchers() {
      const wanted = patterns();
      if (wanted.length === 0) return [];
      if (compiled?.of === wanted) return compiled.matchers;
      const { matchers, problems } = userMatchers(wanted, await loadCompiler());
      compiled = { of: wanted, matchers };
      for (const problem of problems) onProblem(problem);
      return matchers;
    },
  };
}
