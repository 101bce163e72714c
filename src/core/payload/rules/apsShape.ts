import type { Node } from 'jsonc-parser';
import { keyOf, nodeAt } from '../jsonPointer';
import { RuleId } from '../ruleCatalog';
import { type Problem, quote, type Rule } from './rule';

/** What is wrong with `aps`, if there is one: a VoIP push needs none. */
export const aps: Rule = ({ root }) => {
  const node = root && nodeAt(root, '/aps');
  if (!node) return [];
  if (node.type !== 'object') return [apsProblem(node, '"aps" must be an object. A VoIP push needs no "aps" at all.')];
  const alert = nodeAt(node, '/alert');
  if (!alert || alert.type === 'string' || alert.type === 'object') return [];
  return [apsProblem(alert, '"alert" must be a string or an object.')];
};

function apsProblem({ offset, length }: Node, message: string): Problem {
  return { rule: RuleId.aps, offset, length, message };
}

/** What keys of `aps` that do nothing in a VoIP push were probably meant to do. */
const IGNORED_KEYS: ReadonlyMap<string, string> = new Map([
  ['sound', 'the ringtone comes from CallKit or LiveCommunicationKit'],
  ['badge', 'the app has to set its badge itself'],
  ['content-available', 'a VoIP push wakes the app anyway'],
  ['mutable-content', 'no notification service extension runs for a VoIP push'],
]);

/** Keys of `aps` that only alerts and background pushes use. */
export const apsIgnored: Rule = ({ root }) => {
  const node = root && nodeAt(root, '/aps');
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap((property): readonly Problem[] => {
    const key = keyOf(property);
    const instead = IGNORED_KEYS.get(key);
    if (instead === undefined) return [];
    const { offset, length } = property.children?.[0] ?? property;
    return [
      { rule: RuleId.apsIgnored, offset, length, message: `${quote(key)} has no effect in a VoIP push: ${instead}.` },
    ];
  });
};
