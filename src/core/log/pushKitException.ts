import type { AppTerminatedEvent } from '../events/event';
import type { LineMatcher, RecordBase } from './lineMatcher';
import type { LogRecord } from './logRecord';

/**
 * The lines PushKit prints in the app's own process when its first check fails: the delegate method returned and no
 * call had been reported. https://developer.apple.com/forums/thread/817976
 */
export const PUSHKIT_EXCEPTION_MATCHERS: readonly LineMatcher[] = [
  {
    needle: '_terminateAppIfThereAreUnhandledVoIPPushes',
    example:
      '*** Assertion failure in -[PKPushRegistry _terminateAppIfThereAreUnhandledVoIPPushes], PKPushRegistry.m:349',
    seenOn: 'iOS 13 to 18',
    recognise: terminated,
  },
  {
    needle: 'Killing app because it never posted an incoming call to the system',
    example:
      "*** Terminating app due to uncaught exception 'NSInternalInconsistencyException', reason: 'Killing app because it never posted an incoming call to the system after receiving a PushKit VoIP push.'",
    seenOn: 'iOS 13 to 18',
    recognise: terminated,
  },
];

function terminated(record: LogRecord, base: RecordBase): AppTerminatedEvent {
  return {
    ...base,
    kind: 'app.terminated',
    cause: 'pushkit-exception',
    process: record.process,
    ...(record.pid !== undefined && { pid: record.pid }),
  };
}
