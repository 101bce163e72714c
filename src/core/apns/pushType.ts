/**
 * The values of the `apns-push-type` header.
 * https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
 */
export const PUSH_TYPES = [
  'alert',
  'background',
  'complication',
  'controls',
  'fileprovider',
  'liveactivity',
  'location',
  'mdm',
  'pushtotalk',
  'voip',
  'widgets',
] as const;

export type PushType = (typeof PUSH_TYPES)[number];

/** Whether a text is a documented push type. */
export function isPushType(text: string): text is PushType {
  return (PUSH_TYPES as readonly string[]).includes(text);
}
