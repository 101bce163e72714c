/**
 * The reasons APNs gives for refusing a push.
 * https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns
 * `BadEnvironmentKeyIdInToken` is how the page spells it, `BadEnvironmentKeyInToken` is what was seen on the wire.
 */
export const ApnsReason = {
  badCollapseId: 'BadCollapseId',
  badDeviceToken: 'BadDeviceToken',
  badExpirationDate: 'BadExpirationDate',
  badMessageId: 'BadMessageId',
  badPriority: 'BadPriority',
  badTopic: 'BadTopic',
  deviceTokenNotForTopic: 'DeviceTokenNotForTopic',
  duplicateHeaders: 'DuplicateHeaders',
  idleTimeout: 'IdleTimeout',
  invalidPushType: 'InvalidPushType',
  missingDeviceToken: 'MissingDeviceToken',
  missingTopic: 'MissingTopic',
  payloadEmpty: 'PayloadEmpty',
  topicDisallowed: 'TopicDisallowed',
  badCertificate: 'BadCertificate',
  badCertificateEnvironment: 'BadCertificateEnvironment',
  expiredProviderToken: 'ExpiredProviderToken',
  forbidden: 'Forbidden',
  invalidProviderToken: 'InvalidProviderToken',
  missingProviderToken: 'MissingProviderToken',
  unrelatedKeyIdInToken: 'UnrelatedKeyIdInToken',
  badEnvironmentKeyIdInToken: 'BadEnvironmentKeyIdInToken',
  badEnvironmentKeyInToken: 'BadEnvironmentKeyInToken',
  badPath: 'BadPath',
  methodNotAllowed: 'MethodNotAllowed',
  expiredToken: 'ExpiredToken',
  unregistered: 'Unregistered',
  payloadTooLarge: 'PayloadTooLarge',
  tooManyProviderTokenUpdates: 'TooManyProviderTokenUpdates',
  tooManyRequests: 'TooManyRequests',
  internalServerError: 'InternalServerError',
  serviceUnavailable: 'ServiceUnavailable',
  shutdown: 'Shutdown',
} as const;

export type ApnsReason = (typeof ApnsReason)[keyof typeof ApnsReason];

/** The HTTP status each reason comes with. Same source. */
export const APNS_REASON_STATUS: { readonly [R in ApnsReason]: number } = {
  BadCollapseId: 400,
  BadDeviceToken: 400,
  BadExpirationDate: 400,
  BadMessageId: 400,
  BadPriority: 400,
  BadTopic: 400,
  DeviceTokenNotForTopic: 400,
  DuplicateHeaders: 400,
  IdleTimeout: 400,
  InvalidPushType: 400,
  MissingDeviceToken: 400,
  MissingTopic: 400,
  PayloadEmpty: 400,
  TopicDisallowed: 400,
  BadCertificate: 403,
  BadCertificateEnvironment: 403,
  ExpiredProviderToken: 403,
  Forbidden: 403,
  InvalidProviderToken: 403,
  MissingProviderToken: 403,
  UnrelatedKeyIdInToken: 403,
  BadEnvironmentKeyIdInToken: 403,
  BadEnvironmentKeyInToken: 403,
  BadPath: 404,
  MethodNotAllowed: 405,
  ExpiredToken: 410,
  Unregistered: 410,
  PayloadTooLarge: 413,
  TooManyProviderTokenUpdates: 429,
  TooManyRequests: 429,
  InternalServerError: 500,
  ServiceUnavailable: 503,
  Shutdown: 503,
};

/** Whether a text is one of the documented reasons. Upper and lower case matter, as on the wire. */
export function isApnsReason(text: string): text is ApnsReason {
  return Object.hasOwn(APNS_REASON_STATUS, text);
}
