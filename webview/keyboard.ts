/** What a key asks for in the list or the details. */
export type KeyIntent =
  | 'next'
  | 'previous'
  | 'first'
  | 'last'
  | 'nextPage'
  | 'previousPage'
  | 'nextFlagged'
  | 'previousFlagged'
  | 'focusDetails'
  | 'focusList'
  | 'focusFilter'
  | 'copyExplanation';

/** The part of a `KeyboardEvent` that decides. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Where the focus is. */
export type KeyPlace = 'list' | 'details' | 'filter' | 'elsewhere';

type KeyTable = ReadonlyMap<string, KeyIntent>;

const READING_KEYS: KeyTable = new Map([
  ['f', 'nextFlagged'],
  ['n', 'nextFlagged'],
  ['p', 'previousFlagged'],
  ['/', 'focusFilter'],
]);

const KEYS: { readonly [P in Exclude<KeyPlace, 'elsewhere'>]: KeyTable } = {
  list: new Map([
    ...READING_KEYS,
    ['ArrowDown', 'next'],
    ['ArrowUp', 'previous'],
    ['Home', 'first'],
    ['End', 'last'],
    ['PageDown', 'nextPage'],
    ['PageUp', 'previousPage'],
    ['Enter', 'focusDetails'],
    [' ', 'focusDetails'],
  ]),
  details: new Map([...READING_KEYS, ['Escape', 'focusList']]),
  filter: new Map([
    ['Escape', 'focusList'],
    ['ArrowDown', 'focusList'],
  ]),
};

/** The intent of a key press, `undefined` when the key is not the timeline's. */
export function keyIntent(press: KeyPress, place: KeyPlace): KeyIntent | undefined {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const isChord = press.ctrlKey || press.metaKey;
  if (place === 'elsewhere' || press.altKey) return undefined;
  if (isChord) return key === 'c' && !press.shiftKey && place !== 'filter' ? 'copyExplanation' : undefined;
  if (press.shiftKey) return key === 'f' && place !== 'filter' ? 'previousFlagged' : undefined;
  return KEYS[place].get(key);
}

/** The row a movement leads to, `undefined` in an empty list. */
export function movedIndex(
  intent: 'next' | 'previous' | 'first' | 'last' | 'nextPage' | 'previousPage',
  index: number,
  rowCount: number,
  page: number,
): number | undefined {
  if (rowCount === 0) return undefined;
  const targets = {
    next: index + 1,
    previous: index - 1,
    first: 0,
    last: rowCount - 1,
    nextPage: Math.max(index, 0) + page,
    previousPage: index - page,
  };
  return Math.min(Math.max(targets[intent], 0), rowCount - 1);
}
