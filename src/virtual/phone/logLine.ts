import { MICROSECONDS_PER_SECOND, type Microseconds } from '../../core/time';

/** Log levels as `log stream` names them. */
export type MessageType = 'Default' | 'Info' | 'Error' | 'Fault';

/** What one record of the unified log says. */
export interface LogLineFields {
  readonly at: Microseconds;
  readonly utcOffsetMinutes: number;
  /** Ticks of the machine's clock since it was booted. */
  readonly machTimestamp: number;
  readonly messageType: MessageType;
  /** The format string the message was made from. */
  readonly format: string;
  readonly message: string;
  readonly subsystem: string;
  readonly category: string;
  readonly pid: number;
  readonly thread: number;
  readonly process: LogImage;
  readonly sender: LogImage;
  readonly programCounter: number;
  readonly activity: number;
  readonly bootUuid: string;
}

/** A binary: where it lies and its build's UUID. */
export interface LogImage {
  readonly path: string;
  readonly uuid: string;
}

/** One line of `log stream --style ndjson`: the keys in Apple's order, slashes escaped as Apple's encoder does. */
export function formatLogLine(fields: LogLineFields): string {
  const line = JSON.stringify({
    timezoneName: '',
    messageType: fields.messageType,
    eventType: 'logEvent',
    source: null,
    formatString: fields.format,
    userID: 501,
    activityIdentifier: fields.activity,
    subsystem: fields.subsystem,
    category: fields.category,
    threadID: fields.thread,
    senderImageUUID: fields.sender.uuid,
    backtrace: { frames: [{ imageOffset: fields.programCounter, imageUUID: fields.sender.uuid }] },
    bootUUID: fields.bootUuid,
    processImagePath: fields.process.path,
    senderImagePath: fields.sender.path,
    timestamp: formatLogTime(fields.at, fields.utcOffsetMinutes),
    machTimestamp: fields.machTimestamp,
    eventMessage: fields.message,
    processImageUUID: fields.process.uuid,
    traceID: fields.programCounter * 2 ** 20 + 4,
    processID: fields.pid,
    senderProgramCounter: fields.programCounter,
    parentActivityIdentifier: 0,
  });
  return line.replaceAll('/', '\\/');
}

/** Local time as the log prints it: `2026-09-08 10:11:34.092155+0200`. */
export function formatLogTime(at: Microseconds, utcOffsetMinutes: number): string {
  const second = Math.floor(at / MICROSECONDS_PER_SECOND);
  const local = new Date((second + utcOffsetMinutes * 60) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const fraction = String(at - second * MICROSECONDS_PER_SECOND).padStart(6, '0');
  const offset = Math.abs(utcOffsetMinutes);
  const zone = `${twoDigits(Math.floor(offset / 60))}${twoDigits(offset % 60)}`;
  return `${local}.${fraction}${utcOffsetMinutes < 0 ? '-' : '+'}${zone}`;
}

/** The line that `log stream` starts with; it is no JSON: `Filtering the log data using "process == "Example""`. */
export function formatFilterLine(processNames: readonly string[]): string {
  return `Filtering the log data using "${processNames.map((name) => `process == "${name}"`).join(' OR ')}"`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
