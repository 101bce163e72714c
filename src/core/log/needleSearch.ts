/** Finds the places of several texts in bytes at once, looking at few of the bytes. */
export interface NeedleSearch {
  /**
   * Where the texts are that lie whole within `from` and `to`: the offsets at which they begin, in ascending order.
   * Of texts that overlap, one may stand for all.
   */
  find(bytes: Uint8Array, from: number, to: number): readonly number[];
}

/**
 * A search for any of these ASCII texts, each of two characters or more, after Sun Wu and Udi Manber (“A fast algorithm
 * for multi-pattern searching”, 1994): a window as long as the shortest text moves over the bytes, and the pair of bytes
 * at its end says how far it can move on without passing over a text.
 *
 * `sample` is a piece of what will be searched. Of each text that part is looked for which is rarest there; what is
 * found does not depend on it.
 */
export function createNeedleSearch(needles: readonly string[], sample: Uint8Array): NeedleSearch {
  const width = Math.min(WIDEST, ...needles.map((needle) => needle.length));
  const counts = countPairs(sample);
  const windows = needles.map((needle) => rarestWindow(needle, width, counts));
  const shifts = shiftTable(windows, width);
  const windowsByLastPair = byLastPair(windows, width);

  return {
    find(bytes, from, to) {
      const places: number[] = [];
      walk(bytes, { from: from + width - 2, to: to - 1, shifts, farthest: width - 1 }, (pairAt) => {
        for (const { text, offset } of windowsByLastPair.get(pairOf(bytes, pairAt)) ?? []) {
          const start = pairAt - (width - 2) - offset;
          if (start < from || start + text.length > to || !holds(bytes, start, text)) continue;
          places.push(start);
          return;
        }
      });
      return places.sort((one, other) => one - other);
    },
  };
}

/** A text, and which part of it is in the window. */
interface NeedleWindow {
  readonly text: Uint8Array;
  readonly offset: number;
}

const PAIRS = 0x1_00_00;
/** In the table of shifts: here a text may end, look closely. Every shift is smaller. */
const LOOK = 0x80;
const WIDEST = LOOK;

function rarestWindow(needle: string, width: number, counts: Uint32Array): NeedleWindow {
  const text = Uint8Array.from(needle, (character) => character.charCodeAt(0));
  let best = { offset: 0, cost: Number.POSITIVE_INFINITY };
  for (let offset = 0; offset + width <= text.length; offset += 1) {
    let cost = 0;
    // The nearer a pair is to the end of the window, the shorter is the way it lets the window go.
    for (let at = 0; at + 1 < width; at += 1) cost += (counts[pairOf(text, offset + at)] ?? 0) * (at + 1);
    if (cost < best.cost) best = { offset, cost };
  }
  return { text, offset: best.offset };
}

function countPairs(sample: Uint8Array): Uint32Array {
  const counts = new Uint32Array(PAIRS);
  for (let at = 0; at + 1 < sample.length; at += 1) {
    const pair = pairOf(sample, at);
    counts[pair] = (counts[pair] ?? 0) + 1;
  }
  return counts;
}

function shiftTable(windows: readonly NeedleWindow[], width: number): Uint8Array {
  const shifts = new Uint8Array(PAIRS).fill(width - 1);
  for (const { text, offset } of windows) {
    for (let at = 0; at + 1 < width; at += 1) {
      const pair = pairOf(text, offset + at);
      shifts[pair] = Math.min(shifts[pair] ?? 0, width - 2 - at);
    }
  }
  return shifts.map((shift) => (shift === 0 ? LOOK : shift));
}

function byLastPair(windows: readonly NeedleWindow[], width: number): ReadonlyMap<number, readonly NeedleWindow[]> {
  const groups = new Map<number, NeedleWindow[]>();
  for (const window of windows) {
    const pair = pairOf(window.text, window.offset + width - 2);
    const group = groups.get(pair);
    if (group === undefined) groups.set(pair, [window]);
    else group.push(window);
  }
  return groups;
}

/** As `DataView.getUint16` reads it, little endian. */
function pairOf(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

function holds(bytes: Uint8Array, start: number, text: Uint8Array): boolean {
  for (let at = 0; at < text.length; at += 1) if (bytes[start + at] !== text[at]) return false;
  return true;
}

interface Walk {
  /** Pairs that begin at `from` or later, and before `to`. */
  readonly from: number;
  readonly to: number;
  readonly shifts: Uint8Array;
  /** The largest shift. */
  readonly farthest: number;
}

/**
 * Calls `look` for every pair at which a text may end.
 *
 * Four windows go side by side, each through its quarter: a step of one has to wait for memory, and meanwhile the
 * others go on. That makes it twice as fast as one window.
 */
function walk(bytes: Uint8Array, { from, to, shifts, farthest }: Walk, look: (pairAt: number) => void): void {
  const pairs = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const quarter = Math.max(Math.floor((to - from) / 4), 0);
  const [end1, end2, end3] = [from + quarter, from + 2 * quarter, from + 3 * quarter];
  let [at1, at2, at3, at4] = [from, end1, end2, end3];

  function step(at: number, shift: number): number {
    if (shift !== LOOK) return at + shift;
    look(at);
    return at + 1;
  }

  function finish(at: number, end: number): void {
    while (at < end) at = step(at, shifts[pairs.getUint16(at, true)] ?? 1);
  }

  for (;;) {
    // So many steps no window can leave its quarter.
    let steps = Math.floor(Math.min(end1 - at1, end2 - at2, end3 - at3, to - at4) / farthest);
    if (steps <= 0) break;
    for (; steps > 0; steps -= 1) {
      const shift1 = shifts[pairs.getUint16(at1, true)] ?? 1;
      const shift2 = shifts[pairs.getUint16(at2, true)] ?? 1;
      const shift3 = shifts[pairs.getUint16(at3, true)] ?? 1;
      const shift4 = shifts[pairs.getUint16(at4, true)] ?? 1;
      if (((shift1 | shift2 | shift3 | shift4) & LOOK) === 0) {
        at1 += shift1;
        at2 += shift2;
        at3 += shift3;
        at4 += shift4;
      } else {
        at1 = step(at1, shift1);
        at2 = step(at2, shift2);
        at3 = step(at3, shift3);
        at4 = step(at4, shift4);
      }
    }
  }
  finish(at1, end1);
  finish(at2, end2);
  finish(at3, end3);
  finish(at4, to);
}
