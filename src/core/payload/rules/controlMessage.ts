import type { Node } from 'jsonc-parser';
import { keyOf, nodeAt } from '../jsonPointer';
import { RuleId } from '../ruleCatalog';
import { type Problem, quote, type Rule } from './rule';

/** Last words of keys that say what a message is: `type`, `event_type`, `callStatus`, `cmd`. */
const KIND_WORDS = new Set(['type', 'event', 'action', 'cmd', 'command', 'status', 'state', 'operation', 'reason']);

/** Words that speak of a call that is over, or not to be. */
const OVER_WORDS = new Set([
  ...['cancel', 'cancelled', 'canceled', 'cancellation', 'missed', 'hangup', 'hungup', 'bye'],
  ...['decline', 'declined', 'reject', 'rejected', 'terminate', 'terminated', 'ended'],
]);

/** The same in several words, or as the whole value. */
const OVER_PHRASES = [/\bhang up\b/, /\banswered elsewhere\b/, /^end$/, /\bend call\b/, /\bcall end\b/];

const MAX_KIND_CHARACTERS = 64;

/**
 * A push that says a call was cancelled, missed or hung up. Apple: use VoIP pushes for incoming calls only.
 * https://developer.apple.com/documentation/pushkit/responding-to-voip-notifications-from-pushkit
 */
export const controlMessage: Rule = ({ root }) => {
  if (root?.type !== 'object') return [];
  const problems: Problem[] = [];
  const waiting = [root];
  for (let object = waiting.pop(); object; object = waiting.pop()) {
    for (const property of object.children ?? []) {
      const value = property.children?.[1];
      // Arrays are left out: they hold lists such as the buttons a call may show.
      if (value?.type === 'object' && !isAps(root, object, property)) waiting.push(value);
      if (value && saysOver(property, value)) problems.push(controlProblem(keyOf(property), value));
    }
  }
  const alert = nodeAt(root, '/aps/alert');
  if (alert && isOver(alert)) problems.push(controlProblem('alert', alert));
  return problems;
};

function isAps(root: Node, object: Node, property: Node): boolean {
  return object === root && keyOf(property) === 'aps';
}

function saysOver(property: Node, value: Node): boolean {
  return KIND_WORDS.has(wordsOf(keyOf(property)).at(-1) ?? '') && isOver(value);
}

function isOver({ type, value }: Node): boolean {
  if (type !== 'string' || String(value).length > MAX_KIND_CHARACTERS) return false;
  const words = wordsOf(String(value));
  return words.some((word) => OVER_WORDS.has(word)) || OVER_PHRASES.some((phrase) => phrase.test(words.join(' ')));
}

// `twilio.voice.cancel`, `CALL_CANCELLED` and `callCancelled` all end in the word that matters.
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}

function controlProblem(key: string, { offset, length, value }: Node): Problem {
  return {
    rule: RuleId.controlMessage,
    offset,
    length,
    message: `This looks like a control message (${quote(key)}: ${quote(String(value))}). iOS expects a call report for a VoIP push like this too, and terminates an app that makes none: send it over the app's own connection or as a background push.`,
  };
}
