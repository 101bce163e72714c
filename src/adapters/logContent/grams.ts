/**
 * How texts are looked for: among every `stride` places in a row, wherever the first of them is, there is one at which a
 * gram of each text that is there begins. A gram is the part of a text that is compared first, by its hash.
 */
export interface GramPlan {
  /** 1, 2, 4 or 8. */
  readonly stride: number;
  /** 3 or 4. */
  readonly gramBytes: number;
  /** The hash of four bytes, taken as a little-endian number, is the highest bits of their product with this. */
  readonly multiplier: number;
}

/** A gram that stands for its text at some of the places. */
export interface Gram {
  readonly hash: number;
  /** Which text. */
  readonly index: number;
  /** Where in the text it begins. */
  readonly offset: number;
}

/** The bits of a hash: as many as textSearch.wat takes. */
const HASH_BITS = 14;

/** The longest stride for texts of this many bytes or more, which are at least three. */
export function planGrams(shortestBytes: number): GramPlan {
  const gramBytes = shortestBytes < 7 ? 3 : 4;
  return {
    stride: [8, 4, 2].find((stride) => stride + gramBytes - 1 <= shortestBytes) ?? 1,
    gramBytes,
    // With a byte less in the factor, the last of the four bytes has no part in the product's 32 bits.
    multiplier: gramBytes === 4 ? GOLDEN : GOLDEN << 8,
  };
}

/** 2^32 by the golden ratio: products with it are spread evenly (Donald Knuth, “The Art of Computer Programming”, 6.4). */
const GOLDEN = 0x9e_37_79_b1;

/** `stride` grams of each text: of those that will do, the ones whose hashes are rarest in the sample. */
export function chooseGrams(texts: readonly Uint8Array[], plan: GramPlan, sample: Uint8Array): readonly Gram[] {
  const counts = countHashes(sample, plan);
  return texts.flatMap((text, index) =>
    Array.from({ length: plan.stride }, (_, phase): Gram => {
      let best: Gram = { hash: hashAt(text, phase, plan), index, offset: phase };
      for (let offset = phase + plan.stride; offset + plan.gramBytes <= text.length; offset += plan.stride) {
        const hash = hashAt(text, offset, plan);
        if ((counts[hash] ?? 0) < (counts[best.hash] ?? 0)) best = { hash, index, offset };
      }
      return best;
    }),
  );
}

const SAMPLE_BYTES = 32 * 1024;

function countHashes(sample: Uint8Array, plan: GramPlan): Uint16Array {
  const counts = new Uint16Array(1 << HASH_BITS);
  for (let at = 0; at < Math.min(sample.length, SAMPLE_BYTES); at += 1) {
    const hash = hashAt(sample, at, plan);
    counts[hash] = (counts[hash] ?? 0) + 1;
  }
  return counts;
}

function hashAt(bytes: Uint8Array, at: number, { multiplier }: GramPlan): number {
  const gram =
    (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
  return Math.imul(gram, multiplier) >>> (32 - HASH_BITS);
}
