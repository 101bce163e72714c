import fc from 'fast-check';

/**
 * How many times as often as usual properties are tried: `PROPERTY_RUNS=50 npm test -- unit` soaks them. Other cases are
 * tried in every run, so that what is true once in thousands of cases is found sooner or later; with `PROPERTY_SEED=1`
 * they are always the same, so that a build machine has the same answer to the same code.
 */
const { PROPERTY_RUNS: FACTOR = '1', PROPERTY_SEED: SEED } = process.env;

fc.configureGlobal({ numRuns: runs(100), ...(SEED !== undefined && { seed: Number(SEED) }) });

/** How often to try a property that is tried `usual` times. */
export function runs(usual: number): number {
  return Math.ceil(usual * Number(FACTOR));
}

export { fc };
