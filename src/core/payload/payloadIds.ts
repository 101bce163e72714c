import { type CallIdShape, GENERIC_CALL_ID_SHAPES, SDK_CALL_ID_SHAPES } from './callIdShapes';
import { valueAt } from './jsonPointer';

/** The top-level key by which a payload may name the push itself. The app's probe logs it, which joins the two for certain. */
export const PUSH_ID_KEY = 'voipPushId';

/**
 * The call id in a payload, and where it stands (JSON pointer): at one of the user's own places, else where payloads of a
 * known shape have it. `value` is in lower case, as logs are compared; it is whatever the payload says, so not always a UUID.
 */
export function findCallId(
  payload: unknown,
  ownPointers: readonly string[] = [],
): { readonly pointer: string; readonly value: string } | undefined {
  for (const pointer of ownPointers) {
    const value = valueAt(payload, pointer);
    if (isUsable(value)) return { pointer, value: String(value).toLowerCase() };
  }
  for (const { shape, value } of candidates(payload)) {
    if (isUsable(value)) return { pointer: shape.pointer, value: String(value).toLowerCase() };
  }
  return undefined;
}

/** The push id that the composer adds on request. */
export function findPushId(payload: unknown): string | undefined {
  const value = valueAt(payload, `/${PUSH_ID_KEY}`);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A place where the payload carries a call id, with what stands there, be it good or not. */
interface CallIdPlace {
  readonly shape: CallIdShape;
  readonly value: unknown;
}

/** The place that the code reading this payload would look at. */
export function locateCallId(payload: unknown): CallIdPlace | undefined {
  return candidates(payload).next().value;
}

/** The SDK a payload is made for and the place where it would look for the call id, as far as its other keys tell. */
export function recognizeSdk(payload: unknown): (CallIdShape & { readonly sdk: string }) | undefined {
  return SDK_CALL_ID_SHAPES.find((shape) => hasSign(payload, shape));
}

/** 8-4-4-4-12 hexadecimal digits, as `UUID(uuidString:)` reads them: `6b29fc40-ca47-1067-b31d-00dd010662da`. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

/** Whether a value can name a call at all. */
export function isUsable(value: unknown): value is string | number {
  return typeof value === 'string' ? value.trim() !== '' : Number.isSafeInteger(value);
}

function* candidates(payload: unknown): Generator<CallIdPlace, undefined> {
  for (const shape of SDK_CALL_ID_SHAPES) {
    const value = valueAt(payload, shape.pointer);
    if (value !== undefined && hasSign(payload, shape)) yield { shape, value };
  }
  for (const shape of GENERIC_CALL_ID_SHAPES) {
    const value = valueAt(payload, shape.pointer);
    // A key such as `id` may mean anything: only an id-like value makes it a call id.
    if (value !== undefined && (shape.format === 'uuid' || isUsable(value))) yield { shape, value };
  }
  return undefined;
}

function hasSign(payload: unknown, shape: CallIdShape): boolean {
  return shape.signs.some((sign) => valueAt(payload, sign) !== undefined);
}
