import type { Delivery } from '../correlation/delivery';
import type { VoipEvent } from '../events/event';
import type { Microseconds } from '../time';

/** A delivery's events on one clock, the host's where it is known. */
export interface AlignedClock {
  /** Device clock minus host clock, as far as this delivery shows; missing when nothing was captured live. */
  readonly deviceOffset?: Microseconds;
  /** The event's time on the host's clock. */
  readonly timeOf: (event: VoipEvent) => Microseconds;
}

/**
 * Device and host have clocks of their own. The offset is taken from the delivery's first line of the device: it
 * arrived here when it was printed, give or take the transport of the log. Between lines of the device its own clock counts.
 */
export function alignClocks({ joins }: Delivery): AlignedClock {
  const first = joins.find(({ event }) => event.arrivedAt !== undefined && !isOurs(event))?.event;
  if (first?.arrivedAt === undefined) return { timeOf: ({ at }) => at };
  const deviceOffset = first.at - first.arrivedAt;
  return { deviceOffset, timeOf: (event) => (isOurs(event) ? event.at : event.at - deviceOffset) };
}

/** The time that the source itself gave. */
export function loggedTime({ at, loggedAt = at }: VoipEvent): Microseconds {
  return loggedAt;
}

/** Sendings and answers carry the host's clock. */
function isOurs({ kind }: VoipEvent): boolean {
  return kind === 'push.sent' || kind === 'push.accepted' || kind === 'push.rejected' || kind === 'push.failed';
}
