import { nodeAt, valueAt } from '../jsonPointer';
import { isUsable, isUuid, locateCallId, PUSH_ID_KEY, recognizeSdk } from '../payloadIds';
import { RuleId } from '../ruleCatalog';
import { quote, type Rule } from './rule';

/** A call id that the code reading it cannot use. */
export const callIdFormat: Rule = ({ root, value }, { callIdPointers }) => {
  if (isInOwnPlace(value, callIdPointers)) return [];
  const place = locateCallId(value);
  const node = place && root && nodeAt(root, place.shape.pointer);
  if (!node || !place) return [];
  const complaint = place.shape.format === 'uuid' ? uuidComplaint(place.value) : textComplaint(place.value);
  if (complaint === undefined) return [];
  const message = `${nameOf(place.shape.pointer)} ${complaint}. ${place.shape.consequence}`;
  const { offset, length } = node;
  return [{ rule: RuleId.callIdFormat, offset, length, message, severity: place.shape.severity }];
};

function uuidComplaint(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must be a string that holds a UUID';
  return isUuid(value) ? undefined : `is not a UUID: ${quote(value)}`;
}

function textComplaint(value: unknown): string | undefined {
  return isUsable(value) ? undefined : 'must be a text that is not empty';
}

/** No call id in any of the known places. */
export const callIdMissing: Rule = ({ root, value, syntaxErrors }, { callIdPointers }) => {
  // A half-understood text may well have one.
  if (root?.type !== 'object' || syntaxErrors.length > 0 || locateCallId(value)) return [];
  if (isInOwnPlace(value, callIdPointers)) return [];
  const shape = recognizeSdk(value);
  const message = shape
    ? `The payload looks like one for ${shape.sdk}, but ${nameOf(shape.pointer)} is missing. ${shape.consequence}`
    : "No call id was found in the payload. If the app's push handler needs one and returns early without it, no call is reported and iOS terminates the app.";
  return [{ rule: RuleId.callIdMissing, offset: root.offset, length: 1, message }];
};

/** A push id that the probe could not print. */
export const pushId: Rule = ({ root }) => {
  const node = root && nodeAt(root, `/${PUSH_ID_KEY}`);
  if (!node || (node.type === 'string' && node.value !== '')) return [];
  const message = `"${PUSH_ID_KEY}" must be a text that is not empty; otherwise it cannot tie the push to what the app logs.`;
  return [{ rule: RuleId.pushId, offset: node.offset, length: node.length, message }];
};

/** The app reads the call id where the user said: elsewhere may stand what it likes. */
function isInOwnPlace(value: unknown, callIdPointers: readonly string[]): boolean {
  return callIdPointers.some((pointer) => isUsable(valueAt(value, pointer)));
}

// `/metadata/call_id` reads as "metadata.call_id".
function nameOf(pointer: string): string {
  return `"${pointer.slice(1).replaceAll('/', '.')}"`;
}
