import type { LineMatcher } from '../lineMatcher';
import { dictionaryEntry, received, reportErrorIn, reported, reporting } from './appLine';

/**
 * Linphone: the push is received in liblinphone, the call reported in the app. The call id is SIP's, not a UUID.
 *
 * `[EarlyPushkitDelegate] Received incoming push while core is not ready, reporting call to CallKit`
 * (Linphone/TelecomManager/EarlyPushkitDelegate.swift, 2026) tells receipt and report in one line and is printed even
 * when no call is reported after it: it is not evidence of either.
 */
export const LINPHONE_MATCHERS: readonly LineMatcher[] = [
  {
    // https://github.com/BelledonneCommunications/liblinphone src/core/app/ios-app-delegate.mm
    // Before 2020 in the app: https://github.com/BelledonneCommunications/linphone-iphone Classes/LinphoneAppDelegate.m ("pay load")
    needle: '[PushKit] Notification [',
    example:
      '[PushKit] Notification [0x281f4c0c0] received with payload : {\n    aps =     {\n        "call-id" = "f3TGnhqZ-v";\n        "loc-key" = "IC_MSG";\n    };\n}',
    seenOn: 'sources of liblinphone and linphone-iphone, read in 2026',
    recognise: (record, base) =>
      /\[PushKit\] Notification \[[^\]]{1,20}\] received with pay ?load/.test(record.message)
        ? received(record, base, {
            pushId: dictionaryEntry(record.message, ['voipPushId']),
            callId: dictionaryEntry(record.message, ['call-id', 'uuid']),
          })
        : undefined,
  },
  {
    // https://github.com/BelledonneCommunications/linphone-iphone Linphone/TelecomManager/ProviderDelegate.swift
    needle: 'CallKit: report new incoming call with call-id: [',
    example:
      'CallKit: report new incoming call with call-id: [f3TGnhqZ-v] and UUID: [8ED32A8A-3F1B-4A7B-9C5E-0123456789AB]',
    seenOn: 'source of linphone-iphone at 01e14dd',
    recognise: (record, base) => reporting(record, base, 'CallKit', { callId: callIdIn(record.message) }),
  },
  {
    // The same file.
    needle: 'CallKit: cannot complete incoming call with call-id: [',
    example:
      'CallKit: cannot complete incoming call with call-id: [f3TGnhqZ-v] and UUID: [8ED32A8A-3F1B-4A7B-9C5E-0123456789AB] from [Calling] caused by [The operation couldn’t be completed. (com.apple.CallKit.error.incomingcall error 3.)]',
    seenOn: 'source of linphone-iphone at 01e14dd',
    recognise: (record, base) => {
      const text = / caused by \[(.+)\]\s*$/s.exec(record.message)?.[1];
      return text === undefined
        ? undefined
        : reported(record, base, 'CallKit', { callId: callIdIn(record.message), error: reportErrorIn(text) });
    },
  },
];

/** SIP's id, as the push has it; without one, CallKit's. */
function callIdIn(message: string): string | undefined {
  // … call-id: [f3TGnhqZ-v] and UUID: [8ED32A8A-3F1B-4A7B-9C5E-0123456789AB]
  const match = /call-id: \[([^\]]{0,255})\] and UUID: \[([^\]]{0,64})\]/.exec(message);
  return match?.[1] === '' ? match[2] : match?.[1];
}
