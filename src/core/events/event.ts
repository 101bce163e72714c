import type { Microseconds } from '../time';

/**
 * Whether iOS demanded a call report for a delivery. `unknown` on systems before 26.4, whose delegate method does not say.
 * https://developer.apple.com/documentation/pushkit/pkvoippushmetadata/mustreport
 */
export type MustReport = boolean | 'unknown';

/** What carried a push away from here. */
export type Transport = 'apns' | 'simctl' | 'virtual';

/** The framework a call was reported with. Both count equally: https://developer.apple.com/forums/thread/817976 */
export type CallApi = 'CallKit' | 'LiveCommunicationKit';

/** Which delegate method received the push: iOS 26.4's with metadata, the older one, or a debug bridge on a simulator. */
export type ReceivedVia = 'metadata' | 'legacy' | 'bridge';

/** The state an app gave for itself. The system's own view decides, not this one. */
export type AppState = 'foreground' | 'inactive' | 'background';

export type TerminationCause = 'pushkit-exception' | 'callservicesd-kill' | '0xbaadca11' | 'other';

interface EventBase {
  /** When it happened, by the clock of the source that said so. */
  readonly at: Microseconds;
  /** When it arrived here by the host's clock; only when captured live. */
  readonly arrivedAt?: Microseconds;
  /** What the source said, where its clock was set while it was watched: `at` is then by the clock it had before. */
  readonly loggedAt?: Microseconds;
  /**
   * Ticks of the device's clock that nobody sets, where a saved log says them: a third of 125 ns each on devices and Macs
   * with Apple silicon, 1 ns on Macs with Intel processors.
   * https://macmegasite.com/2025/05/22/is-high-resolution-time-available-in-the-log
   */
  readonly machTimestamp?: number;
  /** Name of the log or transport that said so, for example `virtual-iphone` or `device.ndjson`. */
  readonly source: string;
  /** The raw evidence, redacted. */
  readonly line?: string;
}

/** What a line of the app's own process adds. */
interface AppEventBase extends EventBase {
  /** Bundle id, when the line or its log record says it. */
  readonly bundleId?: string;
  /** Process name, for example `Example`. */
  readonly process?: string;
  readonly pid?: number;
}

/** What a line of a system process adds; `bundleId` is missing where the log says `<private>`. */
interface SystemEventBase extends EventBase {
  readonly bundleId?: string;
}

/** We handed a push to a transport. */
export interface PushSentEvent extends EventBase {
  readonly kind: 'push.sent';
  /** Joins the answer to this sending; made here, never on the wire except as `apns-id`. */
  readonly sendId: string;
  readonly transport: Transport;
  /** The target as the user knows it, for example `Virtual iPhone`. */
  readonly target: string;
  /** `simulator` is simctl, which has no environment of APNs. */
  readonly environment: 'sandbox' | 'production' | 'virtual' | 'simulator';
  /** Of an APNs that is not Apple's. */
  readonly origin?: string;
  readonly bundleId: string;
  /** Shortened; the whole token is a secret. */
  readonly deviceToken?: string;
  /** The exact text that went out, UTF-8. */
  readonly payload: string;
  readonly payloadBytes: number;
  /** Hexadecimal SHA-256 of the bytes that went out. */
  readonly payloadSha256: string;
  /** The push id the payload carries, if any. */
  readonly pushId?: string;
  /** The call id found in the payload, lower case, if any. */
  readonly callId?: string;
  readonly apnsId?: string;
  /** The log in which the target's own lines stand, when it has one of its own: no other log can tell of this push. */
  readonly logSource?: string;
  /** Request headers without `authorization`. */
  readonly headers: Readonly<Record<string, string>>;
}

interface AnswerBase extends EventBase {
  readonly sendId: string;
  readonly latencyMs: number;
  readonly apnsId?: string;
  readonly apnsUniqueId?: string;
}

/** APNs or simctl took the push. Not delivered, not run. */
export interface PushAcceptedEvent extends AnswerBase {
  readonly kind: 'push.accepted';
}

/** APNs or simctl refused the push. */
export interface PushRejectedEvent extends AnswerBase {
  readonly kind: 'push.rejected';
  /** HTTP status of APNs. */
  readonly status?: number;
  /** Reason as it came, for example `BadDeviceToken`. */
  readonly reason?: string;
  /** With 410: since when the token has been invalid. */
  readonly unregisteredSince?: Microseconds;
  /** Exit code of simctl. */
  readonly exitCode?: number;
}

/** The push got no answer: no connection, dropped, timed out or cancelled. */
export interface PushFailedEvent extends AnswerBase {
  readonly kind: 'push.failed';
  /** For example `ECONNREFUSED`, `cancelled`, `timeout`. */
  readonly code: string;
  readonly message: string;
}

/** callservicesd got the push from apsd: it reached the device. */
export interface PushArrivedEvent extends SystemEventBase {
  readonly kind: 'push.arrived';
}

/** callservicesd launched or opened the app for the push. */
export interface AppLaunchedEvent extends SystemEventBase {
  readonly kind: 'app.launched';
}

/** callservicesd holds the push because the app has not created its push registry. */
export interface PushWaitingEvent extends SystemEventBase {
  readonly kind: 'push.waiting';
}

/** callservicesd hands the push to the app's push registry. */
export interface PushDeliveringEvent extends SystemEventBase {
  readonly kind: 'push.delivering';
  readonly count: number;
}

/** callservicesd saw the report itself. */
export interface CallAddedEvent extends SystemEventBase {
  readonly kind: 'call.added';
  readonly callId?: string;
}

/** The system refused to launch the app after repeated violations. */
export interface LaunchBlockedEvent extends SystemEventBase {
  readonly kind: 'launch.blocked';
  /** The app was in the foreground and got the push all the same. */
  readonly deliveredAnyway: boolean;
}

/** The app was installed: the system has forgotten its violations. */
export interface AppInstalledEvent extends SystemEventBase {
  readonly kind: 'app.installed';
  readonly bundleId: string;
}

/** The app's delegate method ran. */
export interface PushReceivedEvent extends AppEventBase {
  readonly kind: 'push.received';
  readonly mustReport: MustReport;
  readonly via: ReceivedVia;
  readonly pushId?: string;
  readonly callId?: string;
  readonly appState?: AppState;
  /** The app said that it had an active call. */
  readonly onCall?: boolean;
  /** The line is an SDK's own: whether that app prints its reports too is not known. */
  readonly mayReportUnseen?: boolean;
}

/** The app asked CallKit or LiveCommunicationKit to show a call: the attempt, which is what counts. */
export interface CallReportingEvent extends AppEventBase {
  readonly kind: 'call.reporting';
  readonly api: CallApi;
  readonly pushId?: string;
  readonly callId?: string;
}

export interface CallReportError {
  readonly domain: string;
  readonly code: number;
  readonly text?: string;
}

/** CallKit or LiveCommunicationKit answered the report. */
export interface CallReportedEvent extends AppEventBase {
  readonly kind: 'call.reported';
  readonly api: CallApi;
  readonly pushId?: string;
  readonly callId?: string;
  readonly error?: CallReportError;
}

/** The delegate method returned: PushKit's first check. */
export interface HandlerReturnedEvent extends AppEventBase {
  readonly kind: 'handler.returned';
  readonly pushId?: string;
  readonly callId?: string;
  /** The delegate method is Swift's `async` form: its return is not the end of its work. */
  readonly isAsync?: boolean;
}

/** The app called PushKit's completion handler: shown, never judged. */
export interface HandlerCompletedEvent extends AppEventBase {
  readonly kind: 'handler.completed';
  readonly pushId?: string;
  readonly callId?: string;
}

/** The app's process ended. */
export interface AppTerminatedEvent extends AppEventBase {
  readonly kind: 'app.terminated';
  readonly cause: TerminationCause;
}

/** The app's push registry got a device token for VoIP pushes. */
export interface PushTokenEvent extends AppEventBase {
  readonly kind: 'push.token';
  /** Shortened; the whole token is a secret. */
  readonly deviceToken: string;
  /** Which APNs the token belongs to, when the app's build says it. */
  readonly environment?: 'sandbox' | 'production';
}

/** A log source is being watched from here on. */
export interface SourceStartedEvent extends EventBase {
  readonly kind: 'source.started';
  /** Its clock does not keep pace with the host's, on purpose: a virtual device's, that runs faster at times. */
  readonly clockPace?: 'scaled';
}

/** Nobody watched the source from `from` to `at`: what is not there is not missing. */
export interface SourceGapEvent extends EventBase {
  readonly kind: 'source.gap';
  readonly from: Microseconds;
  readonly why: string;
}

/** The source is no longer watched from here on. */
export interface SourceEndedEvent extends EventBase {
  readonly kind: 'source.ended';
  readonly why: string;
}

/** The system saved a crash report: a hint where it lies, no evidence of what ended. */
export interface CrashSavedEvent extends EventBase {
  readonly kind: 'crash.saved';
  /** Where on the device; with a simulator, on this host. */
  readonly path: string;
}

export type AppEvent =
  | PushReceivedEvent
  | CallReportingEvent
  | CallReportedEvent
  | HandlerReturnedEvent
  | HandlerCompletedEvent
  | AppTerminatedEvent;

export type SystemEvent =
  | PushArrivedEvent
  | AppLaunchedEvent
  | PushWaitingEvent
  | PushDeliveringEvent
  | CallAddedEvent
  | LaunchBlockedEvent;

export type SendEvent = PushSentEvent | PushAcceptedEvent | PushRejectedEvent | PushFailedEvent;

export type SourceEvent = SourceStartedEvent | SourceGapEvent | SourceEndedEvent;

/** Everything that happened. Everything shown is computed from these. */
export type VoipEvent =
  | SendEvent
  | SystemEvent
  | AppEvent
  | AppInstalledEvent
  | PushTokenEvent
  | SourceEvent
  | CrashSavedEvent;

export type EventKind = VoipEvent['kind'];
