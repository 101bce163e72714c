import type { LogProcess } from './phoneLog';
import type { SeededRandom } from './seededRandom';

/** The system's processes that write to the log; they live as long as the phone. */
export interface SystemProcesses {
  readonly callservicesd: LogProcess;
  readonly springBoard: LogProcess;
  readonly runningboardd: LogProcess;
}

/** Starts them with pids below those that apps will get. */
export function startSystemProcesses(random: SeededRandom): SystemProcesses {
  const start = (low: number, path: string): LogProcess => ({
    pid: random.between(low, low + 99),
    thread: random.between(1_000, 90_000),
    path,
  });
  return {
    runningboardd: start(4100, '/usr/libexec/runningboardd'),
    springBoard: start(4200, '/System/Library/CoreServices/SpringBoard.app/SpringBoard'),
    callservicesd: start(4300, '/System/Library/PrivateFrameworks/TelephonyUtilities.framework/callservicesd'),
  };
}
