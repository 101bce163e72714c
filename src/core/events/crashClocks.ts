import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';
import type { VoipEvent } from './event';

/** A stretch of a log in which nobody set its clock, by the times that the log says. */
export interface ClockStretch {
  readonly from: Microseconds;
  to: Microseconds;
  /** What takes its times back to the clock that the log had at first. */
  readonly shift: Microseconds;
}

/** A crash may be the last that happened: the log says nothing after it. */
const AFTERWARDS: Microseconds = 30 * MICROSECONDS_PER_SECOND;

/**
 * What a crash report tells of, moved as the log was moved that was written at that time: they are stamped by the same
 * clock. Where several stretches may be meant, or none, it stays.
 */
export function movedCrash(event: VoipEvent, stretches: readonly ClockStretch[]): VoipEvent {
  const { at } = event;
  const [stretch, other] = stretches.filter(({ from, to }) => from <= at && at <= to + AFTERWARDS);
  const isMoved = stretch !== undefined && other === undefined && stretch.shift !== 0;
  return isMoved ? { ...event, at: at + stretch.shift, loggedAt: at } : event;
}
