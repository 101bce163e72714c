import type { LineMatcher } from '../lineMatcher';
import { received, reporting } from './appLine';

/**
 * Stream Video for Swift. Its logger prints from level `debug` on, which the app must choose (`LogConfig.level`), and to
 * the standard output, which the system's log does not hold: the lines come from a console, or from an app whose
 * `LogConfig.destinations` write to the system's log. They begin with date, level, thread, file and function.
 */
export const STREAM_VIDEO_MATCHERS: readonly LineMatcher[] = [
  {
    // https://github.com/GetStream/stream-video-swift Sources/StreamVideo/CallKit/CallKitPushNotificationAdapter.swift
    needle: 'Received VoIP push notification with cid:',
    example:
      '2026-09-08 10:11:34.092 [DEBUG] [main] [CallKitPushNotificationAdapter.swift:98] [pushRegistry(_:didReceiveIncomingPushWith:for:completion:)] > Received VoIP push notification with cid:default:Abc123 callerId:alice callerName:Alice.',
    seenOn: 'source of stream-video-swift at 01d33e6',
    recognise: (record, base) => received(record, base, { callId: cidIn(record.message, 'notification with') }),
  },
  {
    // https://github.com/GetStream/stream-video-swift Sources/StreamVideo/CallKit/CallKitService.swift
    // Printed right after the call of CXProvider.
    needle: 'Reporting VoIP incoming call with',
    example:
      '2026-09-08 10:11:34.093 [DEBUG] [main] [CallKitService.swift:221] [reportIncomingCall(_:localizedCallerName:callerId:hasVideo:completion:)] > Reporting VoIP incoming call with\ncallUUID:8ED32A8A-3F1B-4A7B-9C5E-0123456789AB \ncid:default:Abc123\ncallerId:alice\ncallerName:Alice\nhasVideo: false',
    seenOn: 'source of stream-video-swift, read in 2026',
    recognise: (record, base) =>
      reporting(record, base, 'CallKit', { callId: cidIn(record.message, 'incoming call with') }),
  },
];

/** The call's cid, which is what the payload carries; `unknown` is Stream's word for none. */
function cidIn(message: string, after: string): string | undefined {
  // … with cid:default:Abc123 callerId:alice
  const cid = /\scid:(\S{1,255})/.exec(message.slice(message.indexOf(after)))?.[1];
  return cid === 'unknown' ? undefined : cid;
}
