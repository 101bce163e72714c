import type { DeliverySummary } from '../src/core/timeline/deliveryView';

/** Why there is nothing to say about mustReport. */
export const NOT_RECEIVED = 'The app was not seen to receive it';

type Received = Pick<DeliverySummary, 'marks' | 'mustReport'>;

/** Only a delivery that the app was seen to receive has a mustReport, be it unknown. */
export function wasReceived({ marks, mustReport }: Received): boolean {
  return mustReport !== 'unknown' || marks.some(({ kind }) => kind === 'push.received');
}

/** `mustReport true`, `mustReport false`, `mustReport unknown`; `mustReport –` when the app was not seen to receive the push. */
export function mustReportText(delivery: Received): string {
  return `mustReport ${wasReceived(delivery) ? delivery.mustReport : '–'}`;
}
