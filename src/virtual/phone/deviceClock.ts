import type { Microseconds } from '../../core/time';

/** The virtual iPhone's clock: its logs tell the time by it, and everything that will happen on the phone waits on it. */
export interface DeviceClock {
  /** Device time. Never goes back; inside a scheduled callback exactly the time it was due. */
  now(): Microseconds;
  /** Calls back once when `delay` has passed on the device. Callbacks run in order of device time, then of scheduling. */
  schedule(delay: Microseconds, callback: () => void): Cancel;
  /** Resolves when nothing is scheduled any more. */
  idle(): Promise<void>;
}

/** Takes a callback back; does nothing once it has run. */
export type Cancel = () => void;
