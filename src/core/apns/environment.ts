/** The two APNs. Each has device tokens of its own. */
export const ApnsEnvironment = { sandbox: 'sandbox', production: 'production' } as const;
export type ApnsEnvironment = (typeof ApnsEnvironment)[keyof typeof ApnsEnvironment];

/**
 * Where an environment's APNs is. It also listens on port 2197, for networks that hold back 443.
 * https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
 */
export const APNS_ORIGINS: { readonly [E in ApnsEnvironment]: string } = {
  sandbox: 'https://api.sandbox.push.apple.com',
  production: 'https://api.push.apple.com',
};

/** The environment to try when APNs answers BadDeviceToken in this one. */
export function otherEnvironment(environment: ApnsEnvironment): ApnsEnvironment {
  return environment === 'sandbox' ? 'production' : 'sandbox';
}
