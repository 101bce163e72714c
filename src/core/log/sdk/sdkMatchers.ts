import type { LineMatcher } from '../lineMatcher';
import { LINPHONE_MATCHERS } from './linphone';
import { REACT_NATIVE_MATCHERS } from './reactNative';
import { STREAM_VIDEO_MATCHERS } from './streamVideo';
import { TWILIO_VOICE_MATCHERS } from './twilioVoice';

/**
 * Lines that known SDKs print by themselves, from their public sources, for apps without the probe.
 *
 * | SDK | receipt | report attempt | answer | completion |
 * |---|---|---|---|---|
 * | react-native-voip-push-notification | yes | it reports nothing | | yes |
 * | react-native-callkeep | it receives nothing | yes | no | |
 * | Twilio Voice (quickstarts) | yes | no | yes, counts as the attempt | no |
 * | Linphone | yes | yes | errors only | no |
 * | Stream Video for Swift | yes, level `debug` | yes, level `debug` | no | no |
 * | flutter_callkit_incoming | no | no | no | no |
 *
 * flutter_callkit_incoming prints nothing of a push or a report: ios/Classes/SwiftFlutterCallkitIncomingPlugin.swift calls
 * `reportNewIncomingCall` silently, and the delegate in its example/ios/Runner/AppDelegate.swift uses `print`, which is
 * not in the system's log. Apps with it need the probe or a pattern of their own.
 */
export const SDK_MATCHERS: readonly LineMatcher[] = [
  ...REACT_NATIVE_MATCHERS,
  ...TWILIO_VOICE_MATCHERS,
  ...LINPHONE_MATCHERS,
  ...STREAM_VIDEO_MATCHERS,
];
