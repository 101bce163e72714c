/** Numbers that look like chance and repeat with the seed, so that a run of the virtual iPhone can be compared with another. */
export interface SeededRandom {
  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string;
  /** A version 4 UUID in lower case. */
  uuid(): string;
}

/** A generator for `seed`; `salt` makes another sequence of the same seed. */
export function createSeededRandom(seed: number, salt = ''): SeededRandom {
  let state = seed | 0;
  for (const character of salt) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);

  // mulberry32: 32 bits of state, good enough for jitter and ids.
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const hex = (digits: number) => Array.from({ length: digits }, () => between(0, 15).toString(16)).join('');
  return {
    between,
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'.charAt(between(0, 3))}${hex(3)}-${hex(12)}`,
  };
}
