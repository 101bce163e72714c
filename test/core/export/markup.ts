import assert from 'node:assert/strict';

export interface MarkupElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Text of the element itself and of what is in it. */
  text: string;
  readonly children: MarkupElement[];
}

const TOKEN =
  /<!DOCTYPE html>|<\?xml version="1\.0" encoding="UTF-8"\?>|<(\/?)([a-z][a-z0-9-]*)((?: [A-Za-z-]+="[^"<]*"| [a-z]+)*)(\/?)>|([^<]+)/y;
const ATTRIBUTE = / ([A-Za-z-]+)(?:="([^"<]*)")?/g;
const VOID = new Set(['meta']);

/** Reads strictly: elements in order, attributes in double quotes, nothing else with a `<`. Gives the root's children. */
export function parseMarkup(text: string): readonly MarkupElement[] {
  const root: MarkupElement = { name: '', attributes: {}, text: '', children: [] };
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    assert.ok(match, `no markup: ${JSON.stringify(text.slice(at, at + 80))}`);
    const [, closing, name, attributes = '', selfClosing, words] = match;
    if (words !== undefined) for (const element of open) element.text += decode(words);
    if (name === undefined) continue;
    if (closing === '/') {
      assert.equal(open.pop()?.name, name, 'elements close in order');
      continue;
    }
    const pairs = [...attributes.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, decode(value)] as const);
    assert.equal(new Set(pairs.map(([key]) => key)).size, pairs.length, 'no attribute twice');
    const element: MarkupElement = { name, attributes: Object.fromEntries(pairs), text: '', children: [] };
    open.at(-1)?.children.push(element);
    if (selfClosing !== '/' && !VOID.has(name)) open.push(element);
  }
  assert.deepEqual(
    open.map((element) => element.name),
    [''],
    'everything is closed',
  );
  return root.children;
}

/** The element and all in it. */
export function all(elements: readonly MarkupElement[]): readonly MarkupElement[] {
  return elements.flatMap((element) => [element, ...all(element.children)]);
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  '#39': "'",
  '#10': '\n',
  '#9': '\t',
};

function decode(text: string): string {
  return text.replace(/&([^;]*)(;?)/g, (entity, name: string, end: string) => {
    const character = ENTITIES[name];
    assert.ok(character !== undefined && end === ';', `no entity: ${entity}`);
    return character;
  });
}
