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
  readonly sent?: PushSentEvent;
  readonly answer?: PushAcceptedEvent | PushRejectedEvent | PushFailedEvent;
  readonly arrived?: PushArrivedEvent;
  readonly launched?: AppLaunchedEvent;
  readonly waiting?: PushWaitingEvent;
  readonly delivering?: PushDeliveringEvent;
  readonly blocked?: LaunchBlockedEvent;
  readonly received?: PushReceivedEvent;
  /** The first attempt. */
  readonly reporting?: CallReportingEvent;
  readonly reported?: CallReportedEvent;
  /** The report as callservicesd saw it. */
  readonly added?: CallAddedEvent;
  readonly returned?: HandlerReturnedEvent;
  readonly completed?: HandlerCompletedEvent;
  readonly terminated?: AppTerminatedEvent;
}
