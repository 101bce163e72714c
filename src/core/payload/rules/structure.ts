import type { Node } from 'jsonc-parser';
import { keyOf } from '../jsonPointer';
import { MAX_NESTING } from '../payloadDocument';
import { RuleId } from '../ruleCatalog';
import { type Problem, quote, type Rule } from './rule';

/** Far more than any real payload has, far less than parsers allow. */
const UNUSUAL_NESTING = 32;

/** An array, a text, a number where an object belongs. */
export const topLevel: Rule = ({ root }) => {
  if (!root || root.type === 'object') return [];
  const article = root.type === 'array' ? 'an' : 'a';
  const kind = root.type === 'null' ? 'null' : `${article} ${root.type}`;
  const message = `The payload is ${kind}. It must be a JSON object: { … }.`;
  return [{ rule: RuleId.topLevel, offset: root.offset, length: root.length, message }];
};

/** Objects and arrays within objects and arrays. */
export const depth: Rule = ({ nesting }) => {
  if (nesting.depth <= UNUSUAL_NESTING) return [];
  const place = { rule: RuleId.depth, offset: nesting.offset, length: 1 };
  if (nesting.depth <= MAX_NESTING) {
    return [
      { ...place, message: `The payload nests ${nesting.depth} deep. JSON parsers may refuse it; make it flatter.` },
    ];
  }
  const message = `The payload nests ${nesting.depth} deep. Parsers refuse that (Apple's beyond ${MAX_NESTING}), and it was not checked any further.`;
  return [{ ...place, severity: 'error', message }];
};

/** The same key again in one object: a finding at each repetition. */
export const duplicateKey: Rule = ({ nodes }) => nodes.filter((node) => node.type === 'object').flatMap(repeatedKeys);

function repeatedKeys(object: Node): readonly Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const property of object.children ?? []) {
    const key = keyOf(property);
    const { offset, length } = property.children?.[0] ?? property;
    if (seen.has(key)) problems.push({ rule: RuleId.duplicateKey, offset, length, message: duplicateMessage(key) });
    seen.add(key);
  }
  return problems;
}

function duplicateMessage(key: string): string {
  return `The key ${quote(key)} is already in this object. Which of the values an app sees depends on its JSON parser.`;
}
