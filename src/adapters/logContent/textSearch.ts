import { LEAST_OBJECT_BYTES, type LineKind } from '../../core/log/lineJudge';
import { chooseGrams, type Gram, type GramPlan, planGrams } from './grams';
import { KIND_BYTES } from './kindBytes';
import program from './textSearch.wat';

/**
 * Finds any of several texts in bytes, and the lines of a log that must be read, nearly as fast as a file is read. It
 * takes two megabytes at once, and a little more.
 */
export interface TextSearch {
  readonly texts: readonly string[];
  /** Memory for bytes, two megabytes each: they are searched where they are. All others are copied first. */
  readonly areas: readonly [Buffer, Buffer];
  /**
   * Of the lines from `from` on, the last of which ends with a line feed: those with one of the texts or with an escape
   * character, and those that are unlike a record. Stops early when there are many.
   */
  findLines(bytes: Uint8Array, from: number): FoundLines;
  /** Where in the bytes there are texts: a place within each, or more, in ascending order. */
  findTexts(bytes: Uint8Array): readonly number[];
}

export interface FoundLines {
  readonly lines: readonly FoundLine[];
  /** Where the first line begins that was not gone over. */
  readonly reached: number;
  /** How many lines were gone over. */
  readonly lineCount: number;
  /** The kind of the latest line that was passed over after the last one of `lines`. */
  readonly passed: LineKind | undefined;
}

export interface FoundLine {
  readonly start: number;
  /** Where its line feed is. */
  readonly end: number;
  /** How many lines were gone over before it. */
  readonly linesBefore: number;
  /** The kind of the latest line that was passed over since the one found before. */
  readonly passed: LineKind | undefined;
}

/**
 * A search for these ASCII texts, each of three characters or more.
 *
 * A WebAssembly program looks at every eighth place: are the four bytes there part of one of the texts? Wherever a text of
 * eleven characters or more stands, four bytes of it are at such a place. Only then the text is compared. Which four bytes
 * of a text are looked for depends on what is searched first: those that are rare in it. With shorter texts, it looks at
 * more places.
 */
export function createTextSearch(texts: readonly string[]): TextSearch {
  const encoded = texts.map((text) => Buffer.from(text, 'latin1'));
  const plan = planGrams(Math.min(...encoded.map(({ length }) => length)));
  const { exports, areas, copies } = startProgram(tableBytes(encoded, plan));
  const memory = exports.memory.buffer;
  const words = new Uint32Array(memory);
  const firstFound = exports.found.value / 4;
  let hasTables = false;

  /** Where in the memory the bytes are. */
  function place(bytes: Uint8Array): number {
    if (!hasTables) writeTables(exports, encoded, plan, chooseGrams(encoded, plan, bytes));
    hasTables = true;
    if (bytes.buffer === memory) return bytes.byteOffset;
    copies.set(bytes);
    return copies.byteOffset;
  }

  return {
    texts,
    areas,
    findLines(bytes, from) {
      const start = place(bytes);
      const count = exports.search(start + from, start + from, start + bytes.length, 1);
      const lines = Array.from({ length: count }, (_, index): FoundLine => {
        const at = firstFound + index * WORDS_FOUND;
        return {
          start: (words[at] ?? 0) - start,
          end: (words[at + 1] ?? 0) - start,
          linesBefore: words[at + 2] ?? 0,
          passed: KINDS[words[at + 3] ?? 0],
        };
      });
      return {
        lines,
        reached: exports.reached.value - start,
        lineCount: exports.lineCount.value,
        passed: KINDS[exports.passed.value],
      };
    },
    findTexts(bytes) {
      const start = place(bytes);
      const end = start + bytes.length;
      const places: number[] = [];
      for (let at = start; at < end; at = exports.reached.value) {
        const count = exports.search(at, start, end, 0);
        for (let index = 0; index < count; index += 1) {
          places.push((words[firstFound + index * WORDS_FOUND] ?? 0) - start);
        }
      }
      return places;
    },
  };
}

/** As the program numbers them. */
const KINDS: readonly (LineKind | undefined)[] = [undefined, 'object', 'text'];
const WORDS_FOUND = 4;

/** What textSearch.wat exports, and explains. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly search: (at: number, from: number, to: number, byLine: 0 | 1) => number;
  readonly multiplier: WebAssembly.Global<'i32'>;
  readonly stride: WebAssembly.Global<'i32'>;
  readonly leastObjectBytes: WebAssembly.Global<'i32'>;
  readonly lists: WebAssembly.Global<'i32'>;
  readonly found: WebAssembly.Global<'i32'>;
  readonly free: WebAssembly.Global<'i32'>;
  readonly lineCount: WebAssembly.Global<'i32'>;
  readonly passed: WebAssembly.Global<'i32'>;
  readonly reached: WebAssembly.Global<'i32'>;
}

const PROGRAM = new WebAssembly.Module(program);
const PAGE_BYTES = 65_536;
/** The program reads up to so many bytes behind those that it searches. */
const MARGIN_BYTES = 128;

/** Fewer and larger pieces to read take less time, until they no longer fit into the caches. */
const AREA_BYTES = 2 * 1024 * 1024;
/** Such a piece, and what was read before it to tell what kind of content it is. */
const COPY_BYTES = AREA_BYTES + 2 * KIND_BYTES;

function startProgram(bytesForTables: number) {
  const exports = new WebAssembly.Instance(PROGRAM).exports as unknown as Exports;
  const { memory, free } = exports;
  const firstArea = free.value + bytesForTables;
  const step = AREA_BYTES + MARGIN_BYTES;
  const end = firstArea + 2 * step + COPY_BYTES + MARGIN_BYTES;
  memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE_BYTES));
  const area = (index: number, bytes: number) => Buffer.from(memory.buffer, firstArea + index * step, bytes);
  return { exports, areas: [area(0, AREA_BYTES), area(1, AREA_BYTES)], copies: area(2, COPY_BYTES) } as const;
}

/** A byte can name so many groups. */
const GROUPS = 255;
const MEMBER_BYTES = 12;

function tableBytes(texts: readonly Uint8Array[], { stride }: GramPlan): number {
  const textBytes = texts.reduce((sum, { length }) => sum + length, 0);
  return textBytes + 4 + GROUPS * 4 + texts.length * stride * MEMBER_BYTES;
}

/** Writes the texts, and for each hash of a gram in which group the texts are that have it. */
function writeTables(
  { memory, free, lists, ...settings }: Exports,
  texts: readonly Uint8Array[],
  plan: GramPlan,
  grams: readonly Gram[],
): void {
  settings.multiplier.value = plan.multiplier;
  settings.stride.value = plan.stride;
  settings.leastObjectBytes.value = LEAST_OBJECT_BYTES;
  const bytes = new Uint8Array(memory.buffer);
  const words = new Uint32Array(memory.buffer);
  let end = free.value;
  const addresses = texts.map((text) => {
    const address = end;
    bytes.set(text, address);
    end += text.length;
    return address;
  });
  end = Math.ceil(end / 4) * 4;
  for (const [group, members] of inGroups(grams)) {
    words[lists.value / 4 + group] = end;
    words[end / 4] = members.length;
    members.forEach(({ hash, index, offset }, place) => {
      bytes[hash] = group;
      words.set([addresses[index] ?? 0, texts[index]?.length ?? 0, offset], end / 4 + 1 + place * 3);
    });
    end += 4 + members.length * MEMBER_BYTES;
  }
}

/** Grams of one hash are in one group; when there are more hashes than groups, those of several are. */
function inGroups(grams: readonly Gram[]): ReadonlyMap<number, readonly Gram[]> {
  const groupOfHash = new Map<number, number>();
  const groups = new Map<number, Gram[]>();
  for (const gram of grams) {
    const group = groupOfHash.get(gram.hash) ?? 1 + (groupOfHash.size % GROUPS);
    groupOfHash.set(gram.hash, group);
    groups.set(group, [...(groups.get(group) ?? []), gram]);
  }
  return groups;
}
