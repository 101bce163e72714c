/** Pseudo-random whole numbers from 0 to below `bound`: the same for the same seed (mulberry32). */
export function createDice(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** A line as damage leaves it: bytes flipped, cut out or doubled, a part of another line put in, or all of that. */
export function damagedLine(lines: readonly Buffer[], dice: (bound: number) => number): Buffer {
  let line = pick(lines, dice);
  for (let times = 1 + dice(4); times > 0; times -= 1) {
    const [from, to] = [dice(line.length + 1), dice(line.length + 1)].sort((a, b) => a - b);
    const [before, part, after] = [line.subarray(0, from), line.subarray(from, to), line.subarray(to)];
    const damages: readonly (() => Buffer)[] = [
      () => Buffer.concat([before, part.map((byte) => byte ^ (1 << dice(8))).subarray(0, 1 + dice(8)), after]),
      () => before,
      () => Buffer.concat([before, after]),
      () => Buffer.concat([before, part, part, after]),
      () => Buffer.concat([before, pick(lines, dice).subarray(dice(200)), after]),
      () => Buffer.concat([before, Buffer.from(SPARKS[dice(SPARKS.length)] ?? ''), part, after]),
    ];
    line = (damages[dice(damages.length)] ?? (() => line))();
  }
  return line.subarray(0, 4000);
}

/** What parsers stumble over. */
const SPARKS = [
  '{',
  '}',
  '"',
  '\\',
  '\\u',
  '[',
  ']',
  '\u0000',
  '\u001b[',
  '\u{1F600}',
  '-',
  '99999999999999999999',
  '\t',
  'NaN',
  'null',
];

function pick(lines: readonly Buffer[], dice: (bound: number) => number): Buffer {
  return lines[dice(lines.length)] ?? Buffer.alloc(0);
}
