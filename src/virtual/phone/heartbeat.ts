import { type Microseconds, MICROSECONDS_PER_MILLISECOND as MS } from '../../core/time';
import type { DeviceClock } from './deviceClock';
import type { PhoneLog } from './phoneLog';
import type { SystemProcesses } from './systemProcesses';
import { stateUpdate } from './systemWords';
import type { TaskScope } from './taskScope';
import { REPORT_DEADLINE } from './voipContract';

/** Makes sure that the log says something after a deadline has passed: it shows that the watching went on. */
export interface Heartbeat {
  /** A line will come well after the report deadline of something that happened at `from`. */
  beatAfterDeadline(from: Microseconds): void;
}

const AFTER_DEADLINE: Microseconds = 1_100 * MS;
/** A beat that comes a little early is late enough all the same. */
const TOLERANCE: Microseconds = 500 * MS;

export function createHeartbeat(
  clock: DeviceClock,
  scope: TaskScope,
  log: PhoneLog,
  system: SystemProcesses,
): Heartbeat {
  let lastBeat: Microseconds = 0;
  return {
    beatAfterDeadline(from) {
      const at = from + REPORT_DEADLINE + AFTER_DEADLINE;
      if (at <= lastBeat + TOLERANCE) return;
      lastBeat = at;
      scope.after(at - clock.now(), () => {
        // A widget's host wakes up now and then: ordinary noise.
        const { pid } = system.runningboardd;
        log.write(
          system.runningboardd,
          stateUpdate(pid + 57, 'osservice<com.apple.chronod>', 'running-active-NotVisible'),
        );
      });
    },
  };
}
