import fc from 'fast-check';

/**
 * How many times as often as usual properties are tried: `PROPERTY_RUNS=50 npm test -- unit` soaks them. Seeds are random
 * in every run, so that what is true once in thousands of cases is found sooner or later.
 */
const FACTOR = Number(process.env['PROPERTY_RUNS'] ?? 1);

fc.configureGlobal({ numRuns: runs(100) });

/** How often to try a property that is tried `usual` times. */
export function runs(usual: number): number {
  return Math.ceil(usual * FACTOR);
}

export { fc };
