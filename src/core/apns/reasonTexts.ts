import type { ApnsReason } from './apnsReason';

export interface MeaningAndRemedy {
  /** What APNs is saying, in plain words. */
  readonly meaning: string;
  /** What to look at or change. */
  readonly remedy: string;
}

const WRONG_ENVIRONMENT_KEY: MeaningAndRemedy = {
  meaning: 'The signing key does not belong to the environment (sandbox or production) that this push went to.',
  remedy:
    'Keys can be restricted to one environment. Send to the other environment, or use a key that is valid for this one; Certificates, Identifiers & Profiles shows what a key is for.',
};

/** The texts of every documented reason, written for someone who sends VoIP pushes. */
export const REASON_TEXTS: { readonly [R in ApnsReason]: MeaningAndRemedy } = {
  BadCollapseId: {
    meaning: 'The apns-collapse-id header is longer than 64 bytes.',
    remedy: 'Shorten it, or leave it out: a VoIP push seldom needs one.',
  },
  BadDeviceToken: {
    meaning: 'APNs does not know this device token in this environment.',
    remedy:
      'Check the environment first: builds run from Xcode have sandbox tokens; TestFlight, Ad Hoc and App Store builds have production tokens. Then check that it is the token from PKPushRegistry, not the one for ordinary remote notifications, and that it is complete.',
  },
  BadExpirationDate: {
    meaning: 'The apns-expiration header is not a UNIX time in whole seconds.',
    remedy: 'Send 0 (one try, nothing stored) or a date in seconds since 1970, not a duration and not milliseconds.',
  },
  BadMessageId: {
    meaning: 'The apns-id header is not a UUID.',
    remedy: 'Send a UUID in the form 123e4567-e89b-12d3-a456-4266554400a0, or leave the header out and APNs makes one.',
  },
  BadPriority: {
    meaning: 'The apns-priority header has a value that APNs does not allow.',
    remedy: 'Send 10 for a VoIP push. APNs also knows 5 and 1.',
  },
  BadTopic: {
    meaning: 'The apns-topic header is not a valid topic.',
    remedy: 'For a VoIP push it is the bundle id followed by .voip, for example com.example.app.voip.',
  },
  DeviceTokenNotForTopic: {
    meaning: 'The device token belongs to another app, or to another kind of push, than the topic names.',
    remedy:
      'Use the token from PKPushRegistry with the topic <bundle id>.voip, and add .voip only once (.voip.voip is a common slip). An ordinary remote-notification token does not fit a .voip topic.',
  },
  DuplicateHeaders: {
    meaning: 'A header was sent more than once.',
    remedy: 'Look at what sets the headers: a library and your own code often both add apns-topic or apns-push-type.',
  },
  IdleTimeout: {
    meaning: 'APNs closed the request because nothing came for too long.',
    remedy: 'Send headers and payload without a pause. If the connection was idle for long, open a new one.',
  },
  InvalidPushType: {
    meaning: 'The apns-push-type header has a wrong value, or one that does not fit the topic.',
    remedy: 'Send apns-push-type: voip together with a topic that ends in .voip.',
  },
  MissingDeviceToken: {
    meaning: 'The path of the request has no device token.',
    remedy: 'The path is /3/device/ followed by the hexadecimal token. Check that the token variable is not empty.',
  },
  MissingTopic: {
    meaning: 'The apns-topic header is missing.',
    remedy:
      'Send apns-topic: <bundle id>.voip. It can be left out only with a certificate that covers exactly one topic.',
  },
  PayloadEmpty: {
    meaning: 'The request has no payload.',
    remedy: 'Send a JSON object as the body. Some libraries drop an empty object and send nothing.',
  },
  TopicDisallowed: {
    meaning: 'This sender may not push to this topic, or the topic does not go with a PushKit token.',
    remedy:
      'Check that the topic ends in .voip, and that the key or certificate covers the app: a key can be restricted to topics, and a certificate must include VoIP services.',
  },
  BadCertificate: {
    meaning: 'APNs does not accept the client certificate.',
    remedy: 'Check that it is an Apple push certificate, not expired and not revoked, and sent with its private key.',
  },
  BadCertificateEnvironment: {
    meaning: 'The client certificate is for the other environment.',
    remedy: 'Send to the environment the certificate was made for, or use a certificate that covers this one.',
  },
  ExpiredProviderToken: {
    meaning: 'The provider token is older than one hour.',
    remedy:
      'Make a new token at least every 60 minutes, and no more often than every 20. If it is new, check the clock of this computer: APNs compares it with the iat claim.',
  },
  Forbidden: {
    meaning: 'APNs does not allow this action for this sender.',
    remedy: 'Check the path, and that the key or certificate is an APNs one of the team that owns the app.',
  },
  InvalidProviderToken: {
    meaning: 'The provider token is malformed, or its signature, key id or team id is wrong.',
    remedy:
      'Check that key id and team id (10 characters each) belong to this .p8 file, that the key has the APNs service and is not revoked, that the algorithm is ES256, and that iat is in seconds by a correct clock.',
  },
  MissingProviderToken: {
    meaning: 'The request has neither a provider token nor a client certificate.',
    remedy:
      'Send authorization: bearer <token>, or connect with a certificate. A proxy on the way may have dropped the header.',
  },
  UnrelatedKeyIdInToken: {
    meaning: 'The provider token was signed with another key than the first push on this connection.',
    remedy: 'Keep one key on a connection. Open a new connection for another key or team.',
  },
  BadEnvironmentKeyIdInToken: WRONG_ENVIRONMENT_KEY,
  BadEnvironmentKeyInToken: WRONG_ENVIRONMENT_KEY,
  BadPath: {
    meaning: 'The path of the request is not one APNs serves.',
    remedy: 'Send to /3/device/<device token>.',
  },
  MethodNotAllowed: {
    meaning: 'The request is not a POST.',
    remedy: 'Send the push with POST.',
  },
  ExpiredToken: {
    meaning: 'The device token has expired.',
    remedy: 'Stop sending to it. Have the app send its current PKPushRegistry token to your server at every launch.',
  },
  Unregistered: {
    meaning: 'The device token is no longer active for this topic, most often because the app was removed.',
    remedy:
      'Stop sending to it until the app registers again. After a reinstall PushKit gives a new token; send it to your server in didUpdate pushCredentials.',
  },
  PayloadTooLarge: {
    meaning: 'The payload is larger than APNs takes: 5120 bytes for a VoIP push, 4096 for others.',
    remedy:
      'Send only what the app needs to report the call (an id, the caller), and fetch the rest after reporting. If it is under 5120 bytes, check that apns-push-type is voip.',
  },
  TooManyProviderTokenUpdates: {
    meaning: 'The provider token was renewed too often: more than once in 20 minutes.',
    remedy:
      'Sending again at once does not help. Wait 20 minutes and use one token for all pushes of a key. The usual cause is a new token for each push, or several processes that each make their own.',
  },
  TooManyRequests: {
    meaning: 'Too many pushes went to the same device token in a row.',
    remedy: 'Wait and send again, with growing pauses. Send one VoIP push for a call, and no updates of it.',
  },
  InternalServerError: {
    meaning: 'Something went wrong inside APNs.',
    remedy: 'Send again after a pause. If it lasts, look at the system status page of Apple Developer.',
  },
  ServiceUnavailable: {
    meaning: 'APNs cannot serve requests at the moment.',
    remedy: 'Send again after a pause, with growing pauses.',
  },
  Shutdown: {
    meaning: 'This APNs server is shutting down.',
    remedy: 'Open a new connection and send again.',
  },
};
