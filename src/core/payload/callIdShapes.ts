import type { Severity } from './finding';

/** A place where payloads are known to carry the id of the call. */
export interface CallIdShape {
  readonly pointer: string;
  /** `uuid`: the code that reads it demands a UUID. `text`: any text that is not empty. */
  readonly format: 'uuid' | 'text';
  /** JSON pointers; the shape counts when one of them is there. */
  readonly signs: readonly string[];
  /** What comes of a missing or malformed id; a sentence. */
  readonly consequence: string;
  readonly severity: Severity;
}

interface SdkShape extends CallIdShape {
  readonly sdk: string;
}

/** The payloads of known SDKs, most telling first. */
export const SDK_CALL_ID_SHAPES: readonly SdkShape[] = [
  {
    // https://www.twilio.com/docs/voice/sdks/ios
    sdk: 'Twilio Voice',
    pointer: '/twi_call_sid',
    format: 'text',
    signs: ['/twi_call_sid', '/twi_message_type', '/twi_account_sid', '/twi_bridge_token'],
    consequence: 'Without it the Twilio SDK makes no call invite, and an app that waits for one reports no call.',
    severity: 'error',
  },
  {
    // https://www.codenameone.com/javadoc/com/codename1/call/voip/PushedCall/ (isIdentifierSynthesized)
    sdk: 'Codename One',
    pointer: '/cn1call/uuid',
    format: 'uuid',
    signs: ['/cn1call'],
    consequence: 'Codename One makes up an id of its own then, and the push cannot be matched with its call.',
    severity: 'warning',
  },
  {
    // https://github.com/GetStream/stream-video-swift CallKitPushNotificationAdapter
    sdk: 'Stream',
    pointer: '/stream/call_cid',
    format: 'text',
    signs: ['/stream'],
    consequence: "Stream's push handler may return without reporting a call then, and iOS terminates the app.",
    severity: 'error',
  },
  {
    // https://github.com/team-telnyx/telnyx-webrtc-ios docs-markdown/push-notification/app-setup.md
    sdk: 'Telnyx',
    pointer: '/metadata/call_id',
    format: 'uuid',
    signs: ['/metadata/call_id', '/metadata/voice_sdk_id', '/metadata/caller_number'],
    consequence: "Telnyx's setup code gets no UUID to report the call with then: the app crashes or is terminated.",
    severity: 'error',
  },
  {
    // https://sendbird.com/docs/calls
    sdk: 'Sendbird Calls',
    pointer: '/sendbird_call/command/payload/call_id',
    format: 'text',
    signs: ['/sendbird_call'],
    consequence: 'The SDK has no call to report then, and iOS terminates the app.',
    severity: 'error',
  },
  {
    // https://developer.vonage.com/en/vonage-client-sdk
    sdk: 'Vonage',
    pointer: '/nexmo/body/channel/id',
    format: 'uuid',
    signs: ['/nexmo'],
    consequence: 'The SDK gives no call invite then, and an app that waits for one reports no call.',
    severity: 'error',
  },
  {
    // https://developer.vonage.com/en/legacy-client-sdk/in-app-voice/guides/push-notification-payload
    sdk: 'Vonage (legacy)',
    pointer: '/conversation_id',
    format: 'text',
    signs: ['/push_info'],
    consequence: 'The SDK has no conversation to report then, and iOS terminates the app.',
    severity: 'error',
  },
  {
    // https://github.com/BelledonneCommunications/flexisip: a SIP Call-ID, not a UUID
    sdk: 'Linphone',
    pointer: '/aps/call-id',
    format: 'text',
    signs: ['/aps/call-id', '/from-uri'],
    consequence: 'Linphone cannot match the push with the SIP call then.',
    severity: 'error',
  },
  {
    sdk: 'Linphone',
    pointer: '/aps/uuid',
    format: 'text',
    signs: ['/aps/uuid'],
    consequence: 'Linphone cannot match the push with the SIP call then.',
    severity: 'error',
  },
  {
    // https://github.com/hiennguyen92/flutter_callkit_incoming PUSHKIT.md; issue 309: "make sure id always is UUID format"
    sdk: 'flutter_callkit_incoming',
    pointer: '/id',
    format: 'uuid',
    signs: ['/nameCaller'],
    consequence: 'flutter_callkit_incoming reports no call then: the app crashes or is terminated.',
    severity: 'error',
  },
];

const UUID_KEYS = ['uuid', 'UUID', 'callUUID', 'callUuid', 'call_uuid', 'call-uuid'];
const TEXT_KEYS = ['callId', 'callID', 'call_id', 'call-id', 'callid'];
const CONTAINERS = ['', '/call', '/data', '/payload', '/extra', '/custom'];

/** Keys that name a call whoever reads them. `uuid` is what react-native-callkeep reads: a malformed one becomes nil there. */
export const GENERIC_CALL_ID_SHAPES: readonly CallIdShape[] = [
  ...CONTAINERS.flatMap((container) => UUID_KEYS.map((key) => genericShape(`${container}/${key}`, 'uuid'))),
  ...CONTAINERS.flatMap((container) => TEXT_KEYS.map((key) => genericShape(`${container}/${key}`, 'text'))),
  genericShape('/call/id', 'text'),
  genericShape('/id', 'text'),
  genericShape('/data/id', 'text'),
];

function genericShape(pointer: string, format: CallIdShape['format']): CallIdShape {
  return {
    pointer,
    format,
    signs: [pointer],
    consequence:
      'CallKit and LiveCommunicationKit know a call by its UUID: code that reads this one gets nil, reports no call, and iOS terminates the app.',
    severity: 'error',
  };
}
