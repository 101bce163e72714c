import type {
  AppLaunchedEvent,
  AppTerminatedEvent,
  CallAddedEvent,
  CallReportedEvent,
  CallReportingEvent,
  HandlerCompletedEvent,
  HandlerReturnedEvent,
  LaunchBlockedEvent,
  PushAcceptedEvent,
  PushArrivedEvent,
  PushDeliveringEvent,
  PushFailedEvent,
  PushReceivedEvent,
  PushRejectedEvent,
  PushSentEvent,
  PushWaitingEvent,
  VoipEvent,
} from '../events/event';

/** What made an event part of a delivery. */
export type JoinedBy = 'send-id' | 'push-id' | 'call-id' | 'process-and-order' | 'order';

export interface Join {
  readonly event: VoipEvent;
  readonly by: JoinedBy;
}

/** One push from its sending, or from the first that was seen of it, to the end of its call report. */
export interface Delivery {
  /** Stable while events are only added. */
  readonly id: string;
  /** Everything that belongs to it, in order of time as far as clocks allow. */
  readonly joins: readonly Join[];
  readonly sent: PushSentEvent | undefined;
  readonly answer: PushAcceptedEvent | PushRejectedEvent | PushFailedEvent | undefined;
  readonly arrived: PushArrivedEvent | undefined;
  readonly launched: AppLaunchedEvent | undefined;
  readonly waiting: PushWaitingEvent | undefined;
  readonly delivering: PushDeliveringEvent | undefined;
  readonly blocked: LaunchBlockedEvent | undefined;
  readonly received: PushReceivedEvent | undefined;
  /** The first attempt. */
  readonly reporting: CallReportingEvent | undefined;
  readonly reported: CallReportedEvent | undefined;
  /** The report as callservicesd saw it. */
  readonly added: CallAddedEvent | undefined;
  readonly returned: HandlerReturnedEvent | undefined;
  readonly completed: HandlerCompletedEvent | undefined;
  readonly terminated: AppTerminatedEvent | undefined;
}
