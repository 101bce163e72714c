// https://127.0.0.1:2197, https://[::1]:2197/, https://apns.example.com
const ORIGIN = /^https:\/\/(?:\[[0-9a-f:.]+\]|[^\s/\\:?#@[\]]+)(?::(\d{1,5}))?\/?$/i;

/** Why a text is no address of an APNs, in one sentence; `undefined` when it is one, or empty. */
export function checkOrigin(text: string): string | undefined {
  if (text === '') return undefined;
  const [address, port = '443'] = ORIGIN.exec(text) ?? [];
  if (address !== undefined && Number(port) > 0 && Number(port) <= 65_535) return undefined;
  return 'Enter an address like https://127.0.0.1:2197, without a path, user or password.';
}

/**
 * Whether an address is Apple's, on whatever port: only of those pushes does the Push Notifications Console know.
 * https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
 */
export function isApplesApns(origin: string): boolean {
  return /^https:\/\/api\.(?:(?:sandbox|development)\.)?push\.apple\.com(?::\d+)?\/?$/i.test(origin);
}
