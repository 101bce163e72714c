import { createContextKey } from './contextKey';
import { ContextKey } from './contributions';
import type { Disposable } from './listeners';
import type { TimelineSession } from './timelineSession';

/** Context keys that follow the timeline. */
export function followDeliveries(session: TimelineSession): Disposable {
  const setHasDeliveries = createContextKey(ContextKey.hasDeliveries);
  const setCanSendAgain = createContextKey(ContextKey.canSendAgain);
  return session.onDidChange(({ deliveries }) => {
    setHasDeliveries(deliveries.length > 0);
    setCanSendAgain(deliveries.some(({ delivery }) => delivery.sent !== undefined));
  });
}
