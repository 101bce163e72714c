import { findUuid, type LineMatcher } from '../lineMatcher';
import { completed, dictionaryEntry, received, reporting } from './appLine';

/**
 * react-native-voip-push-notification and react-native-callkeep. Both print in DEBUG builds only (the former in every
 * build up to its version 2), with NSLog or RCTLog.
 */
export const REACT_NATIVE_MATCHERS: readonly LineMatcher[] = [
  {
    // https://github.com/react-native-webrtc/react-native-voip-push-notification ios/RNVoipPushNotification/RNVoipPushNotificationManager.m
    needle: '[RNVoipPushNotificationManager] didReceiveIncomingPushWithPayload payload.dictionaryPayload',
    example:
      '[RNVoipPushNotificationManager] didReceiveIncomingPushWithPayload payload.dictionaryPayload = {\n    callerName = Alice;\n    uuid = "8ED32A8A-3F1B-4A7B-9C5E-0123456789AB";\n}, type = PKPushTypeVoIP',
    seenOn: 'source of react-native-voip-push-notification at 0b72635',
    recognise: (record, base) =>
      received(record, base, {
        pushId: dictionaryEntry(record.message, ['voipPushId']),
        callId: dictionaryEntry(record.message, [
          'uuid',
          'callUUID',
          'callUuid',
          'call_uuid',
          'callId',
          'call_id',
          'id',
        ]),
      }),
  },
  {
    // The same file.
    needle: '[RNVoipPushNotificationManager] onVoipNotificationCompleted() complete()',
    example:
      '[RNVoipPushNotificationManager] onVoipNotificationCompleted() complete(). uuid = 8ed32a8a-3f1b-4a7b-9c5e-0123456789ab',
    seenOn: 'source of react-native-voip-push-notification, read in 2026',
    recognise: (record, base) => completed(record, base, { callId: findUuid(record.message) }),
  },
  {
    // https://github.com/react-native-webrtc/react-native-callkeep ios/RNCallKeep/RNCallKeep.m
    // It is printed right before the call of CXProvider. A text that is no UUID becomes nil there.
    needle: '[RNCallKeep][reportNewIncomingCall] uuidString = ',
    example: '[RNCallKeep][reportNewIncomingCall] uuidString = 8ED32A8A-3F1B-4A7B-9C5E-0123456789AB',
    seenOn: 'source of react-native-callkeep, read in 2026',
    recognise: (record, base) => reporting(record, base, 'CallKit', { callId: findUuid(record.message) }),
  },
];
