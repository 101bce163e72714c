/**
 * So long may work keep the event loop: with what else a turn of it does, it stays far below the 50 ms at which people
 * and other extensions notice.
 */
const SLICE_MS = 8;

/** Runs `steps` to its end, and lets the event loop turn whenever they took a slice of time. The first runs at once. */
export async function runInSlices<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const end = runSlice(steps);
    if (end !== undefined) return end.value;
    await nextTurn();
  }
}

/** As `runInSlices`; gives `undefined` as soon as the result is not wanted any more. */
export async function runWhileWanted<T>(steps: Generator<void, T>, isWanted: () => boolean): Promise<T | undefined> {
  for (;;) {
    const end = runSlice(steps);
    if (end !== undefined) return end.value;
    await nextTurn();
    if (!isWanted()) return undefined;
  }
}

function runSlice<T>(steps: Generator<void, T>): IteratorReturnResult<T> | undefined {
  const endsAt = performance.now() + SLICE_MS;
  do {
    const step = steps.next();
    if (step.done === true) return step;
  } while (performance.now() < endsAt);
  return undefined;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
