/** What a suite did, in numbers. `note` says what numbers cannot. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly note?: string;
}

const FAILED: Outcome = { passed: 0, failed: 1, skipped: 0 };

/** A check that is one whole, such as the linter: it passed or it failed. */
export function readExitCode(exitCode: number | undefined): Outcome {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { ...FAILED, note: describeExit(exitCode) };
}

/**
 * Reads the TAP file of `node --test`. Its summary is its last part, so a file without one is of a run that broke off.
 * A test file in which no test ran counts there as one that passed, under the file's own name: here it has failed.
 */
export function readTap(tap: string | undefined, exitCode: number | undefined): Outcome {
  const total = (name: string): number =>
    Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap ?? '')?.[1] ?? Number.NaN);
  const passed = total('pass');
  const failed = total('fail') + total('cancelled');
  if (Number.isNaN(passed + failed)) return { ...FAILED, note: `broke off: ${describeExit(exitCode)}` };
  const empty = (tap?.match(/^ok \d+ - \S*\.test\.js$/gm) ?? []).length;
  const outcome = { passed: passed - empty, failed: failed + empty, skipped: total('skipped') + total('todo') };
  if (empty > 0) return { ...outcome, note: `${empty} files without a test` };
  return withExitCode(outcome, exitCode);
}

/** Reads what the in-host entry point wrote: without it the extension host died, whatever its exit code says. */
export function readProof(proof: string | undefined, exitCode: number | undefined): Outcome {
  const number = (name: string): number => Number(new RegExp(`"${name}":(\\d+)`).exec(proof ?? '')?.[1] ?? Number.NaN);
  const [tests, failed, skipped] = [number('tests'), number('failures'), number('pending')];
  if (Number.isNaN(tests + failed + skipped)) return { ...FAILED, note: `broke off: ${describeExit(exitCode)}` };
  // A failing hook counts as a failure of no test.
  const passed = Math.max(0, tests - failed - skipped);
  return withExitCode({ passed, failed, skipped }, exitCode);
}

/** Numbers that look fine are not believed when nothing ran, or when the run itself says that it failed. */
function withExitCode(outcome: Outcome, exitCode: number | undefined): Outcome {
  if (outcome.failed > 0) return outcome;
  if (exitCode !== 0) return { ...outcome, failed: 1, note: describeExit(exitCode) };
  if (outcome.passed === 0) return { ...outcome, failed: 1, note: 'no test ran' };
  return outcome;
}

function describeExit(exitCode: number | undefined): string {
  return exitCode === undefined ? 'killed or out of time' : `exit code ${exitCode}`;
}

/** One row for each suite, and what was left out. */
export function table(
  rows: readonly { readonly name: string; readonly seconds: number; readonly outcome: Outcome }[],
): string {
  const widest = Math.max(...rows.map(({ name }) => name.length));
  return rows
    .map(({ name, seconds, outcome: { passed, failed, skipped, note } }) => {
      const numbers = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed`;
      const more = [skipped > 0 ? `${skipped} skipped` : '', note ?? ''].filter(Boolean).join(', ');
      return `${failed > 0 ? '✖' : '✔'} ${name.padEnd(widest)} ${numbers} ${seconds.toFixed(1).padStart(7)} s  ${more}`.trimEnd();
    })
    .join('\n');
}

/** The last line of a test run. */
export function lastLine(outcomes: readonly Outcome[]): string {
  const sum = (count: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, outcome) => total + count(outcome), 0);
  return `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`;
}
