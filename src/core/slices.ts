/** Events of linear work between two yields of a generator that works in slices. */
const EVENTS_PER_SLICE = 2_000;
/** Deliveries of linear work between two yields: each takes as long as several events. */
const DELIVERIES_PER_SLICE = 500;

/** Does `work` on every item in turn, and yields after each slice, so that whoever runs it can pause. */
export function* inSlices<T>(items: Iterable<T>, work: (item: T) => void, size = EVENTS_PER_SLICE): Generator<void> {
  let left = size;
  for (const item of items) {
    work(item);
    left -= 1;
    if (left > 0) continue;
    left = size;
    yield;
  }
}

/** `inSlices` for work on whole deliveries. */
export function inDeliverySlices<T>(deliveries: Iterable<T>, work: (delivery: T) => void): Generator<void> {
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

/** Stretches in order. A slice that has none of its own is sorted. */
function* runsOf<T>(items: readonly T[], keyOf: (item: T) => number): Generator<void, T[][]> {
  const runs: T[][] = [];
  let last = Number.POSITIVE_INFINITY;
  for (let start = 0; start < items.length; start += EVENTS_PER_SLICE) {
    const slice = items.slice(start, start + EVENTS_PER_SLICE);
    if (!isInOrder(slice, keyOf)) slice.sort((one, other) => keyOf(one) - keyOf(other));
    const [first, end] = [slice[0], slice.at(-1)];
    const run = runs.at(-1);
    if (run !== undefined && first !== undefined && keyOf(first) >= last) for (const item of slice) run.push(item);
    else runs.push(slice);
    if (end !== undefined) last = keyOf(end);
    yield;
  }
  return runs;
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
