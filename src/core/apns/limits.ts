/**
 * Largest body APNs takes for a VoIP push, in bytes.
 * https://developer.apple.com/documentation/usernotifications/generating-a-remote-notification
 */
export const VOIP_PAYLOAD_LIMIT_BYTES = 5120;

/** Largest body APNs (and `simctl push`) takes for every other push type, in bytes. Same source. */
export const REMOTE_NOTIFICATION_PAYLOAD_LIMIT_BYTES = 4096;

/**
 * Largest `apns-collapse-id`, in bytes of UTF-8.
 * https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
 */
export const COLLAPSE_ID_LIMIT_BYTES = 64;

/** A provider token may be used for one hour from its `iat` claim, in seconds. Same source. */
export const PROVIDER_TOKEN_LIFETIME_SECONDS = 3600;

/** A provider token may be renewed no more than once in 20 minutes, in seconds. Same source. */
export const PROVIDER_TOKEN_RENEWAL_SECONDS = 1200;
