import type { ApnsEnvironment } from '../apns/environment';

/** An app on a device, reached over APNs. */
export interface DeviceTarget {
  readonly id: string;
  /** As the user calls it. */
  readonly name: string;
  /** Without `.voip`. */
  readonly bundleId: string;
  /** Hexadecimal, lower case: a secret. */
  readonly deviceToken: string;
  readonly environment: ApnsEnvironment;
  /** Name of stored credentials. */
  readonly credentials: string;
  /** Another address than Apple's. */
  readonly origin?: string;
  /** Path of a PEM file with the only authority to trust. */
  readonly ca?: string;
}

/** The hexadecimal digits of a token as people copy it: `<740f4707 bebcf74f …>`, in either case. */
export function normalizeDeviceToken(text: string): string {
  return text.replace(/[\s<>]/g, '').toLowerCase();
}

// Devices have 32 bytes and simulators 80 today; Apple says not to rely on a length.
// https://developer.apple.com/documentation/uikit/uiapplicationdelegate/application(_:didregisterforremotenotificationswithdevicetoken:)
const LEAST_DIGITS = 32;
const MOST_DIGITS = 400;

/** Why a text is no device token, in one sentence that does not repeat it; `undefined` when it is one. */
export function checkDeviceToken(text: string): string | undefined {
  const token = normalizeDeviceToken(text);
  if (token === '') return 'Enter the PushKit token of the app, in hexadecimal.';
  // {length=32,bytes=0x740f4707bebcf74f…9b7c25d48e335894}: what iOS 13 and later print for the Data object itself
  if (token.startsWith('{length')) {
    return 'This is the description of a Data object, with its middle left out. Print the token with map { String(format: "%02x", $0) }.joined().';
  }
  // dGhpcy1pc…:APA91bH…: a Firebase registration token
  if (token.includes(':')) return 'This looks like a Firebase token. APNs needs the token from PKPushRegistry.';
  if (!/^[0-9a-f]+$/.test(token)) return whyNotHexadecimal(token);
  if (token.length % 2 === 1)
    return `A digit is missing: ${token.length} hexadecimal digits are no whole number of bytes.`;
  if (token.length < LEAST_DIGITS)
    return `This is too short: ${token.length} digits, where a device token has 64 or more.`;
  if (token.length > MOST_DIGITS) return `This is too long: ${token.length} digits. Was it pasted more than once?`;
  return undefined;
}

function whyNotHexadecimal(token: string): string {
  // In Base64 most characters are no hexadecimal digit; a slip in a hexadecimal token is one or two.
  const strangers = token.replace(/[0-9a-f]/g, '').length;
  if (/^[0-9a-z+/_-]{40,}={0,2}$/.test(token) && strangers * 4 > token.length) {
    return 'This looks like Base64. Enter the token in hexadecimal: only 0–9 and a–f.';
  }
  return 'A device token has only hexadecimal digits: 0–9 and a–f.';
}
