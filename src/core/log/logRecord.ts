import type { Microseconds } from '../time';

/** One line of a log, whatever its format: what recognisers look at. */
export interface LogRecord {
  readonly at: Microseconds;
  /** Ticks of the clock that nobody sets, where the format has them. */
  readonly machTimestamp?: number;
  readonly message: string;
  /** Process name, for example `callservicesd`. */
  readonly process: string;
  readonly pid?: number;
  readonly subsystem?: string;
  readonly category?: string;
  /** The line as it came. */
  readonly line: string;
}
