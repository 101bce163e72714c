import { PUSH_ID_KEY } from './payloadIds';

/** A payload to start from. */
export interface PayloadTemplate {
  /** Stable, for example `callkit`. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what it is for. */
  readonly description: string;
  /** Pretty JSON with fresh ids and a newline at the end. */
  readonly build: (newUuid: () => string) => string;
}

/**
 * Payloads that pass the lint without errors and warnings. The first three are for an app's own handler and carry `voipPushId`,
 * which is optional: it lets the probe in the app name the very push. The others have the keys their SDK reads. All have an `aps`,
 * which VoIP pushes do not need but simctl demands.
 */
export const PAYLOAD_TEMPLATES: readonly PayloadTemplate[] = [
  template('minimal', 'Minimal', 'A call id and nothing else.', (newUuid) => ({
    aps: {},
    [PUSH_ID_KEY]: newUuid(),
    uuid: newUuid(),
  })),
  template('callkit', 'CallKit', 'What reportNewIncomingCall(with:update:completion:) wants to know.', (newUuid) => ({
    aps: {},
    [PUSH_ID_KEY]: newUuid(),
    uuid: newUuid(),
    callerName: 'Jane Appleseed',
    handle: '+14155550123',
    handleType: 'phoneNumber',
    hasVideo: false,
  })),
  template(
    'live-communication-kit',
    'LiveCommunicationKit',
    'What reportNewIncomingConversation(uuid:update:) wants to know.',
    (newUuid) => ({
      aps: {},
      [PUSH_ID_KEY]: newUuid(),
      uuid: newUuid(),
      members: [{ kind: 'phoneNumber', value: '+14155550123', displayName: 'Jane Appleseed' }],
      hasVideo: false,
    }),
  ),
  // https://github.com/react-native-webrtc/react-native-voip-push-notification README.md
  template(
    'react-native-callkeep',
    'react-native-callkeep',
    'The keys that react-native-voip-push-notification with react-native-callkeep reads.',
    (newUuid) => ({ aps: {}, uuid: newUuid(), callerName: 'Jane Appleseed', handle: '+14155550123' }),
  ),
  // https://github.com/hiennguyen92/flutter_callkit_incoming PUSHKIT.md
  template(
    'flutter-callkit-incoming',
    'flutter_callkit_incoming',
    'The keys that flutter_callkit_incoming reads.',
    (newUuid) => ({
      aps: { alert: 'Incoming call' },
      id: newUuid(),
      nameCaller: 'Jane Appleseed',
      handle: '+14155550123',
      isVideo: false,
    }),
  ),
  // https://www.twilio.com/docs/voice/sdks/ios
  template('twilio-voice', 'Twilio Voice', 'The shape of a Twilio Voice push, with made-up ids.', (newUuid) => ({
    aps: {},
    twi_message_type: 'twilio.voice.call',
    twi_account_sid: sid('AC', newUuid),
    twi_call_sid: sid('CA', newUuid),
    twi_message_id: sid('RU', newUuid),
    twi_bridge_token: 'made-up-bridge-token',
    twi_from: 'client:jane',
    twi_to: 'client:john',
  })),
];

function template(
  id: string,
  title: string,
  description: string,
  payload: (newUuid: () => string) => object,
): PayloadTemplate {
  return { id, title, description, build: (newUuid) => `${JSON.stringify(payload(newUuid), undefined, 2)}\n` };
}

// Twilio's ids: two letters and 32 hexadecimal digits.
function sid(prefix: string, newUuid: () => string): string {
  return `${prefix}${newUuid().replaceAll('-', '')}`;
}
