import type { Microseconds } from '../../core/time';
import type { PhoneSystem } from '../../core/virtualApp';
import type { DeviceClock } from './deviceClock';
import { formatFilterLine, formatLogLine, type LogImage } from './logLine';
import { type LogMessage, messageText } from './logMessage';
import type { SeededRandom } from './seededRandom';

/** A process that writes to the log. */
export interface LogProcess {
  readonly pid: number;
  /** The thread it speaks on. */
  readonly thread: number;
  /** Path of its binary; inside the system's root unless it starts with `/Users`. */
  readonly path: string;
}

/** The phone's unified log. */
export interface PhoneLog {
  /** Writes one line and says when: now, or a little later where another line was written at this very moment. */
  write(process: LogProcess, message: LogMessage): Microseconds;
}

export interface PhoneLogOptions {
  readonly clock: DeviceClock;
  readonly random: SeededRandom;
  readonly system: () => PhoneSystem;
  readonly utcOffsetMinutes: number;
  readonly appName: string;
  readonly onLine: (line: string) => void;
}

/** A Mac with Apple silicon counts 24 ticks in a microsecond. */
const TICKS_PER_MICROSECOND = 24;

const SYSTEM_ROOTS: { readonly [S in PhoneSystem]: string } = {
  'ios-26.4': systemRoot('iOS_23E254a', 'iOS 26.4'),
  older: systemRoot('iOS_22F77', 'iOS 18.5'),
};

/** Opens the log, as `log stream` does: with the line that names its filter. */
export function openPhoneLog(options: PhoneLogOptions): PhoneLog {
  const { clock, random, onLine } = options;
  const bootUuid = random.uuid().toUpperCase();
  const bootedAt = clock.now();
  const ticksAtBoot = random.between(1_000_000_000, 9_000_000_000);
  const images = new Map<string, LogImage>();
  let last: Microseconds = 0;

  function image(path: string): LogImage {
    const known = images.get(path) ?? { path, uuid: random.uuid().toUpperCase() };
    images.set(path, known);
    return known;
  }

  onLine(formatFilterLine(['callservicesd', 'SpringBoard', 'runningboardd', options.appName]));
  return {
    write(process, message) {
      const now = clock.now();
      last = now > last ? now : last + random.between(12, 60);
      const path = process.path.startsWith('/Users') ? process.path : SYSTEM_ROOTS[options.system()] + process.path;
      const line = formatLogLine({
        at: last,
        utcOffsetMinutes: options.utcOffsetMinutes,
        machTimestamp: ticksAtBoot + (last - bootedAt) * TICKS_PER_MICROSECOND,
        messageType: message.messageType,
        format: message.format,
        message: messageText(message),
        subsystem: message.subsystem,
        category: message.category,
        pid: process.pid,
        thread: process.thread,
        process: image(path),
        sender: image(message.sender ?? path),
        programCounter: random.between(20_000, 900_000),
        activity: random.between(1_000, 90_000_000),
        bootUuid,
      });
      onLine(line);
      return last;
    },
  };
}

function systemRoot(volume: string, release: string): string {
  return `/Library/Developer/CoreSimulator/Volumes/${volume}/Library/Developer/CoreSimulator/Profiles/Runtimes/${release}.simruntime/Contents/Resources/RuntimeRoot`;
}
