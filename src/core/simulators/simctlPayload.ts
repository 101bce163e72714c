import { applyEdits, modify } from 'jsonc-parser';
import { REMOTE_NOTIFICATION_PAYLOAD_LIMIT_BYTES } from '../apns/limits';
import { valueAt } from '../payload/jsonPointer';
import { BYTE_ORDER_MARK, readPayloadDocument } from '../payload/payloadDocument';
import { SIMULATOR_TARGET_KEY } from '../payload/rules/simulatorTarget';
import { utf8Length } from '../payload/utf8';

/** A payload made fit for a transport, with every change in a sentence: nothing is changed in silence. */
export interface PreparedPayload {
  readonly text: string;
  /** To be said before sending; empty when the text is as it was. */
  readonly changes: readonly string[];
  /** What else the sender should know, nothing of it changed. */
  readonly notes: readonly string[];
}

/** Why a transport would not take a payload: a sentence or two for people, with what to do. */
export interface RefusedPayload {
  readonly refused: string;
}

/**
 * Completes a payload as `simctl push` demands it, and no further: `"aps": {}` is put in front when there is none. All
 * other bytes stay. Refused is what is no JSON object, or has more than 4096 bytes after that.
 */
export function prepareSimctlPayload(text: string): PreparedPayload | RefusedPayload {
  const { root, value, syntaxErrors, bytes } = readPayloadDocument(text);
  if (bytes > REMOTE_NOTIFICATION_PAYLOAD_LIMIT_BYTES) return tooLarge(bytes, '');
  if (root === undefined || syntaxErrors.length > 0) {
    return {
      refused: 'The payload is not valid JSON, and simctl takes nothing else. Mend it as the problems in it say.',
    };
  }
  if (root.type !== 'object') {
    return { refused: 'The payload is not a JSON object, and simctl takes nothing else. Put it in braces.' };
  }
  if (valueAt(value, '/aps') !== undefined) return { text, changes: [], notes: notesOn(value) };

  const start = root.offset + 1;
  const added = root.children?.length ? '"aps":{},' : '"aps":{}';
  const completed = text.slice(0, start) + added + text.slice(start);
  const completedBytes = utf8Length(completed);
  if (completedBytes > REMOTE_NOTIFICATION_PAYLOAD_LIMIT_BYTES) {
    return tooLarge(completedBytes, ' with the "aps" that simctl demands');
  }
  return {
    text: completed,
    changes: ['Added "aps": {} because simctl refuses a payload without it. APNs needs none for a VoIP push.'],
    notes: notesOn(value),
  };
}

function tooLarge(bytes: number, why: string): RefusedPayload {
  return {
    refused: `The payload has ${bytes} bytes${why}, and simctl takes at most ${REMOTE_NOTIFICATION_PAYLOAD_LIMIT_BYTES}. Make it smaller, or send it over APNs, which takes 5120 bytes of a VoIP push.`,
  };
}

/** https://developer.apple.com/documentation/usernotifications/pushing-background-updates-to-your-app */
function notesOn(value: unknown): readonly string[] {
  if (valueAt(value, '/aps/content-available') === 1) return [];
  return [
    'Without "content-available": 1 in "aps", iOS hands a remote notification to the app’s code only while the app is in the foreground.',
  ];
}

/** The bundle id that a payload names for `simctl push` in `Simulator Target Bundle`, if any. */
export function simulatorTargetBundle(text: string): string | undefined {
  const bundleId = valueAt(readPayloadDocument(text).value, `/${SIMULATOR_TARGET_KEY}`);
  return typeof bundleId === 'string' && bundleId !== '' ? bundleId : undefined;
}

/**
 * A payload for APNs without the key that only simctl reads, which would go out with it. All other bytes stay, and the
 * change is said; a text without the key, or one that cannot be read, is given back as it is.
 */
export function withoutSimulatorTargetBundle(text: string): PreparedPayload {
  let rest = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const mark = text.slice(0, text.length - rest.length);
  const { root, syntaxErrors, value } = readPayloadDocument(rest);
  const isNamed = valueAt(value, `/${SIMULATOR_TARGET_KEY}`) !== undefined;
  if (root?.type !== 'object' || syntaxErrors.length > 0 || !isNamed) return { text, changes: [], notes: [] };
  while (hasTargetKey(rest)) rest = applyEdits(rest, modify(rest, [SIMULATOR_TARGET_KEY], undefined, {}));
  return {
    text: mark + rest,
    changes: [`Left out "${SIMULATOR_TARGET_KEY}", which only simctl reads.`],
    notes: [],
  };
}

/** A key may occur twice. */
function hasTargetKey(text: string): boolean {
  return valueAt(readPayloadDocument(text).value, `/${SIMULATOR_TARGET_KEY}`) !== undefined;
}
