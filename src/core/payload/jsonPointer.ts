import type { Node } from 'jsonc-parser';

/**
 * The value a JSON pointer names, or `undefined` when nothing is there. Only own keys count, and array indexes are plain digits.
 * https://www.rfc-editor.org/rfc/rfc6901
 */
export function valueAt(value: unknown, pointer: string): unknown {
  let current: unknown = value;
  for (const key of pointerKeys(pointer)) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}

/** Whether a text is a JSON pointer to something inside a value: `/call/id`. */
export function isJsonPointer(text: string): boolean {
  return /^(\/([^~/]|~[01])*)+$/.test(text);
}

/** The node a JSON pointer names. Of duplicate keys the last one counts, as it does for `valueAt` on the node's value. */
export function nodeAt(root: Node, pointer: string): Node | undefined {
  let current: Node | undefined = root;
  for (const key of pointerKeys(pointer)) current = current && childAt(current, key);
  return current;
}

function childAt(node: Node, key: string): Node | undefined {
  if (node.type === 'array') return /^\d+$/.test(key) ? node.children?.[Number(key)] : undefined;
  return node.type === 'object'
    ? node.children?.findLast((property) => keyOf(property) === key)?.children?.[1]
    : undefined;
}

/** The decoded key of a property node. */
export function keyOf(property: Node): string {
  return String(property.children?.[0]?.value);
}

// `/aps/call-id` gives `aps`, `call-id`; `~1` stands for a slash and `~0` for a tilde.
function pointerKeys(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}
