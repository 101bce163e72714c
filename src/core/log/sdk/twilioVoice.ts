import type { CallApi, CallReportedEvent } from '../../events/event';
import type { LineMatcher, RecordBase } from '../lineMatcher';
import type { LogRecord } from '../logRecord';
import { received, reportErrorIn, reported } from './appLine';

const QUICKSTART = 'source of voice-quickstart-ios, read in 2026';

/**
 * The Twilio Voice SDK is closed and its own log says nothing of PushKit or CallKit in words that could be relied on.
 * What apps with it print comes from the quickstarts, which many apps began as a copy of, with NSLog, in every build:
 * https://github.com/twilio/voice-quickstart-ios and, for React Native, https://github.com/twilio/twilio-voice-react-native.
 * They print the system's answer to the report, not the attempt, and no call id.
 */
export const TWILIO_VOICE_MATCHERS: readonly LineMatcher[] = [
  {
    // SwiftVoiceQuickstart/AppDelegate.swift, SwiftUIVoiceQuickstart/PushKitManager.swift, LiveCommunicationKitExample/PushKitManager.swift
    needle: 'pushRegistry:didReceiveIncomingPushWithPayload:forType:',
    example: 'pushRegistry:didReceiveIncomingPushWithPayload:forType:completion:',
    seenOn: QUICKSTART,
    recognise: (record, base) =>
      // pushRegistry:didReceiveIncomingPushWithPayload:forType: async
      /^pushRegistry:didReceiveIncomingPushWithPayload:forType:(?:completion:|withCompletionHandler:)?(?: async)?$/.test(
        record.message.trim(),
      )
        ? received(record, base, {})
        : undefined,
  },
  {
    // SwiftVoiceQuickstart/ViewController.swift, SwiftUIVoiceQuickstart/CallKitManager.swift, ios/TwilioVoiceReactNative+CallKit.m
    needle: 'Incoming call successfully reported',
    example: 'Incoming call successfully reported.',
    seenOn: QUICKSTART,
    recognise: (record, base) => success(record, base, /^Incoming call successfully reported\.?$/, 'CallKit'),
  },
  {
    // The same files. The Swift ones print the localized description, the Objective-C ones the error.
    needle: 'Failed to report incoming call',
    example:
      'Failed to report incoming call successfully: The operation couldn’t be completed. (com.apple.CallKit.error.incomingcall error 2.).',
    seenOn: QUICKSTART,
    recognise: (record, base) =>
      failure(record, base, /^Failed to report incoming call(?: successfully)?: (.+)$/s, 'CallKit'),
  },
  {
    // LiveCommunicationKitExample/LiveCommunicationKitManager.swift
    needle: 'Incoming conversation successfully reported',
    example: 'Incoming conversation successfully reported.',
    seenOn: 'source of voice-quickstart-ios at 69a1f7d',
    recognise: (record, base) =>
      success(record, base, /^Incoming conversation successfully reported\.?$/, 'LiveCommunicationKit'),
  },
  {
    // The same file.
    needle: 'Failed to report incoming conversation',
    example: 'Failed to report incoming conversation: The operation couldn’t be completed. (SomeDomain error 1.)',
    seenOn: 'source of voice-quickstart-ios at 69a1f7d',
    recognise: (record, base) =>
      failure(record, base, /^Failed to report incoming conversation: (.+)$/s, 'LiveCommunicationKit'),
  },
];

function success(record: LogRecord, base: RecordBase, words: RegExp, api: CallApi): CallReportedEvent | undefined {
  return words.test(record.message.trim()) ? reported(record, base, api, {}) : undefined;
}

function failure(record: LogRecord, base: RecordBase, words: RegExp, api: CallApi): CallReportedEvent | undefined {
  const text = words.exec(record.message.trim())?.[1];
  return text === undefined ? undefined : reported(record, base, api, { error: reportErrorIn(text) });
}
