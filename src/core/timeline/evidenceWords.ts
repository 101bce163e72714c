import type { JoinedBy } from '../correlation/delivery';
import { formatDuration, MICROSECONDS_PER_MILLISECOND, type Microseconds } from '../time';
import type { Lane } from './deliveryView';

/** The headings of the lanes. */
export const LANE_TITLES: { readonly [L in Lane]: string } = {
  sender: 'sender',
  apns: 'APNs',
  system: 'system',
  app: 'app',
  call: 'call',
};

/** What made an event part of the delivery, for people. */
export const JOINED_BY_TITLES: { readonly [J in JoinedBy]: string } = {
  'send-id': 'joined by the sending',
  'push-id': 'joined by push id',
  'call-id': 'joined by call id',
  'process-and-order': 'joined by process and order',
  order: 'joined by order in time',
};

/** `+120 ms`, `+0`; a mark before the start, by an unaligned clock, is `−3 ms`. */
export function offsetText(offset: Microseconds): string {
  if (offset === 0) return '+0';
  return offset < 0 ? `−${formatDuration(-offset)}` : `+${formatDuration(offset)}`;
}

/** Smaller offsets are the transport of the log, and change nothing that is seen. */
const SMALLEST_CLOCK_OFFSET: Microseconds = 50 * MICROSECONDS_PER_MILLISECOND;

/** How the device's clock stands to this computer's, in words; `undefined` when they agree well enough or nobody knows. */
export function clockText(clockOffset: Microseconds | undefined): string | undefined {
  if (clockOffset === undefined || Math.abs(clockOffset) < SMALLEST_CLOCK_OFFSET) return undefined;
  const direction = clockOffset > 0 ? 'ahead of' : 'behind';
  return `The device's clock is ${formatDuration(Math.abs(clockOffset))} ${direction} this computer's; the times are aligned.`;
}
