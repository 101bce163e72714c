import type { MessageType } from './logLine';

/** What a process says, before anybody knows when: the words of a line without its time and place. */
export interface LogMessage {
  /** Apple's own format string, for example `Delivering %lu VoIP payload(s) to application %@`. */
  readonly format: string;
  /** What stands for each placeholder, in order. */
  readonly values: readonly string[];
  readonly subsystem: string;
  readonly category: string;
  readonly messageType: MessageType;
  /** The library that speaks; the process itself when left out. */
  readonly sender?: string;
}

/** The message as it reads; a placeholder without a value stays. */
export function messageText({ format, values }: LogMessage): string {
  const rest = [...values];
  // `%@`, `%{public}@`, `%p`, `%lu`, `%d`
  return format.replace(/%(?:\{public\})?(?:@|p|lu|d)/g, (placeholder) => rest.shift() ?? placeholder);
}
