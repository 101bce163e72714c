import { nodeAt, valueAt } from '../jsonPointer';
import { RuleId } from '../ruleCatalog';
import type { Problem, Rule } from './rule';

/** Names the app for `xcrun simctl push`, whose help describes it; an argument of the command wins over it. */
export const SIMULATOR_TARGET_KEY = 'Simulator Target Bundle';

/** The key that only simctl reads, and what simctl demands besides. */
export const simulatorTarget: Rule = ({ root, value }) => {
  const node = root && nodeAt(root, `/${SIMULATOR_TARGET_KEY}`)?.parent;
  if (!node) return [];
  const { offset, length } = node.children?.[0] ?? node;
  const info: Problem = {
    rule: RuleId.simulatorTarget,
    offset,
    length,
    message: `Only simctl push reads "${SIMULATOR_TARGET_KEY}". Sent over APNs it goes out with the payload and counts toward its size.`,
  };
  if (valueAt(value, '/aps') !== undefined) return [info];
  return [
    info,
    {
      rule: RuleId.simulatorTarget,
      offset,
      length,
      severity: 'warning',
      message: 'simctl push refuses a payload without an "aps" key (exit code 22). Add "aps": {}.',
    },
  ];
};
