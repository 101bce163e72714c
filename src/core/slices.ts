/** Events of linear work between two yields of a generator that works in slices. */
const EVENTS_PER_SLICE = 2_000;
/** Deliveries of linear work between two yields: each takes as long as several events. */
const DELIVERIES_PER_SLICE = 500;

/** Does `work` on every item in turn, and yields after each slice, so that whoever runs it can pause. */
export function* inSlices<T>(items: readonly T[], work: (item: T) => void, size = EVENTS_PER_SLICE): Generator<void> {
  for (let start = 0; start < items.length; start += size) {
    doEach(items, start, Math.min(start + size, items.length), work);
    yield;
  }
}

/** By index and in a function of its own: an iterator makes an object for each of millions of events. */
function doEach<T>(items: readonly T[], start: number, end: number, work: (item: T) => void): void {
  for (let index = start; index < end; index += 1) work(items[index] as T);
}

/** `inSlices` for work on whole deliveries. */
export function inDeliverySlices<T>(deliveries: readonly T[], work: (delivery: T) => void): Generator<void> {
  return inSlices(deliveries, work, DELIVERIES_PER_SLICE);
}

/** Runs a generator to its end and gives what it returns. */
export function runToEnd<T>(steps: Generator<void, T>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/**
 * The items in ascending order of `keyOf`; equal ones keep their order. Yields as `inSlices` does. What is in order
 * already, as logs mostly are, takes one pass.
 */
export function* sortInSlices<T extends object>(
  items: readonly T[],
  keyOf: (item: T) => number,
): Generator<void, readonly T[]> {
  let runs = yield* runsOf(items, keyOf);
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let index = 0; index < runs.length; index += 2) {
      merged.push(yield* merge(runs[index] ?? [], runs[index + 1] ?? [], keyOf));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

/**
 * Stretches in order. A slice that reaches a little back, as lines of several logs do, is sorted into the end of the
 * stretch before it: only what is far out of order begins another.
 */
function* runsOf<T extends object>(items: readonly T[], keyOf: (item: T) => number): Generator<void, T[][]> {
  const runs: T[][] = [];
  let run: T[] | undefined;
  for (let start = 0; start < items.length; start += EVENTS_PER_SLICE) {
    const slice = sorted(items.slice(start, start + EVENTS_PER_SLICE), keyOf);
    const later = run === undefined ? undefined : takeLater(run, slice, keyOf);
    if (run === undefined || later === undefined) {
      run = slice;
      runs.push(run);
    } else for (const item of later.length === 0 ? slice : sorted([...later, ...slice], keyOf)) run.push(item);
    yield;
  }
  return runs;
}

/** Takes what is later than the start of `slice` off the end of `run`; `undefined` when that is more than a slice. */
function takeLater<T>(run: T[], [first]: readonly T[], keyOf: (item: T) => number): T[] | undefined {
  const key = first === undefined ? Number.POSITIVE_INFINITY : keyOf(first);
  let end = run.length;
  const least = Math.max(0, end - EVENTS_PER_SLICE);
  for (let last = run[end - 1]; end > least && last !== undefined && keyOf(last) > key; last = run[end - 1]) end -= 1;
  const before = run[end - 1];
  return before !== undefined && keyOf(before) > key ? undefined : run.splice(end);
}

function sorted<T>(items: T[], keyOf: (item: T) => number): T[] {
  return isInOrder(items, keyOf) ? items : items.sort((one, other) => keyOf(one) - keyOf(other));
}

function isInOrder<T>(items: readonly T[], keyOf: (item: T) => number): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    const key = keyOf(item);
    if (key < last) return false;
    last = key;
  }
  return true;
}

function* merge<T extends object>(
  one: readonly T[],
  other: readonly T[],
  keyOf: (item: T) => number,
): Generator<void, T[]> {
  const merged: T[] = [];
  let nextOfOne = 0;
  while (merged.length < one.length + other.length) {
    const ofOne = one[nextOfOne];
    const ofOther = other[merged.length - nextOfOne];
    if (ofOne !== undefined && (ofOther === undefined || keyOf(ofOne) <= keyOf(ofOther))) {
      merged.push(ofOne);
      nextOfOne += 1;
    } else if (ofOther !== undefined) merged.push(ofOther);
    if (merged.length % EVENTS_PER_SLICE === 0) yield;
  }
  return merged;
}
