import { parsePayload } from '../payload/parsePayload';
import { SIMULATOR_TARGET_KEY } from '../payload/rules/simulatorTarget';

/**
 * Why a payload may not go to APNs as it is, or `undefined`: the key that only simctl reads would go out with it.
 * @param payload the text that would go out.
 */
export function whyNotForApns(payload: string): string | undefined {
  const value = parsePayload(payload);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, SIMULATOR_TARGET_KEY)) return undefined;
  return `The payload has the key "${SIMULATOR_TARGET_KEY}", which only simctl reads. Take it out before sending over APNs.`;
}
