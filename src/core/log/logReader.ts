import type { PushTokenEvent, VoipEvent } from '../events/event';
import type { Microseconds } from '../time';
import { CALLSERVICESD_MATCHERS } from './callservicesd';
import { connectionOf, DISCONNECTED } from './connectionLine';
import { CRASH_SAVED_MATCHER } from './crashSaved';
import type { HostClock } from './hostClock';
import type { LineMatcher, RecordBase } from './lineMatcher';
import { plainPart } from './literalNeedle';
import { type LogFormat, looksDated, parseLogLine } from './logFormat';
import type { LogRecord } from './logRecord';
import { LOST_MESSAGES_MATCHER } from './lostMessages';
import { PROBE_MATCHER } from './probe';
import { PUSHKIT_EXCEPTION_MATCHERS } from './pushKitException';
import { findDeviceToken, redactLine } from './redact';
import { createOwnTraceFilter } from './sdk/ownTrace';
import { SDK_MATCHERS } from './sdk/sdkMatchers';
import { APP_INSTALLED_MATCHER } from './springBoard';

/** Every line the product understands. */
export const LINE_MATCHERS: readonly LineMatcher[] = [
  PROBE_MATCHER,
  ...CALLSERVICESD_MATCHERS,
  ...PUSHKIT_EXCEPTION_MATCHERS,
  CRASH_SAVED_MATCHER,
  LOST_MESSAGES_MATCHER,
  ...SDK_MATCHERS,
  APP_INSTALLED_MATCHER,
];

export interface LogReaderOptions {
  /** What the log is called. */
  readonly source: string;
  /** What its tool writes, until a line says what it is. Every line is read in whichever format it is in. */
  readonly format?: LogFormat;
  /** Completes year, date and zone; without it, lines that lack them are not records. */
  readonly hostClock?: HostClock;
  /** Leave it out for a log whose clock keeps pace with the host's. */
  readonly clockPace?: 'scaled';
  /** The user's own patterns, tried before what the product knows. */
  readonly matchers?: readonly LineMatcher[];
  /** Gets the whole device token of a `push.token` event, which itself has it shortened: it must never be stored in clear. */
  readonly onToken?: (token: DeviceTokenSeen) => void;
}

/** A device token that an app printed. */
export interface DeviceTokenSeen {
  /** The whole token: a secret. */
  readonly deviceToken: string;
  readonly bundleId?: string;
  readonly environment?: 'sandbox' | 'production';
}

/** What a line turned out to be. */
export interface ExaminedLine {
  /** It has a time and a message, in one of the formats. */
  readonly isRecord: boolean;
  readonly events: readonly VoipEvent[];
}

/** The texts that lines are searched for: a line without any of them is no evidence. Empty where every line may be. */
export function searchedTexts(matchers: readonly LineMatcher[]): readonly string[] {
  const texts = [...matchers, ...LINE_MATCHERS].map(({ needle }) => plainPart(needle));
  return texts.includes('') ? [] : [...new Set(texts)];
}

/** Reads one log, line by line, and gives what of it is evidence. */
export interface LogReader {
  /** The format of the latest line that was understood. */
  readonly format: LogFormat;
  /** Events of this line, mostly none. `arrivedAt` is the host's clock, only when captured live. */
  read(line: string, arrivedAt?: Microseconds): readonly VoipEvent[];
  /** The log itself says that nobody watched since its last record: every line must be read until there is one again. */
  readonly isLost: boolean;
  /** Whether the line has words that evidence has. All others may be kept from `read` and `examine` once one was a record. */
  mayBeEvidence(line: string): boolean;
  /** As `read`, of a line that is parsed whatever is in it. */
  examine(line: string): ExaminedLine;
  /** Says that the log is watched from here on, before it has said anything. Only when captured live. */
  start(arrivedAt: Microseconds): readonly VoipEvent[];
  /**
   * Says that nobody watches any more: from the time of the last line on or, captured live, from `arrivedAt` on: it was
   * watched while it was silent, too.
   */
  end(why: string, arrivedAt?: Microseconds): readonly VoipEvent[];
  /** Time of the last dated line, by the log's clock. */
  lastSeen(): Microseconds | undefined;
  /** The host's time on the log's clock, as far as the last line captured live tells; else as it is. */
  logTime(hostTime: Microseconds): Microseconds;
}

// Select Graphic Rendition, as tools color their lines: ESC [ 0 ; 3 2 m
const COLOR = /\p{Cc}\[[\d;]{0,16}m/gu;

/** The line as it was before a tool colored it. */
export function withoutColors(line: string): string {
  return line.includes('\u001b') ? line.replace(COLOR, '') : line;
}

/** When something was said, by the log's clock and by one that the device's user does not set. */
interface Instant {
  readonly at: Microseconds;
  readonly arrivedAt?: Microseconds;
  readonly machTimestamp?: number;
}

/** The host's clock where it was captured live, else the one that counts the ticks of the device. */
function secondClock(arrivedAt: Microseconds | undefined, machTimestamp: number | undefined): Omit<Instant, 'at'> {
  if (arrivedAt !== undefined) return { arrivedAt };
  return machTimestamp === undefined ? {} : { machTimestamp };
}

/**
 * A reader for the log called `source`. Its first dated line gives `source.started`: before that, nobody watched.
 * Lines that are not records, and records that are not evidence, give nothing.
 */
export function createLogReader(options: LogReaderOptions): LogReader {
  const { source, hostClock, clockPace } = options;
  const matchers = [...(options.matchers ?? []), ...LINE_MATCHERS];
  const isNews = createOwnTraceFilter();
  const texts = searchedTexts(options.matchers ?? []);
  let format = options.format ?? 'unknown';
  const started = { kind: 'source.started', ...(clockPace !== undefined && { clockPace }) } as const;
  let hasStarted = false;
  let lostAt: Microseconds | undefined;
  // The last dated line: parsed only when somebody asks for its time.
  let pending: { readonly line: string; readonly arrivedAt: Microseconds | undefined } | undefined;
  let seen: Instant | undefined;

  function parse(line: string, arrivedAt: Microseconds | undefined): LogRecord | undefined {
    const parsed = parseLogLine(line, hostClock);
    if (parsed === undefined) return undefined;
    format = parsed.format;
    seen = { at: parsed.record.at, ...secondClock(arrivedAt, parsed.record.machTimestamp) };
    pending = undefined;
    return parsed.record;
  }

  function latest(): Instant | undefined {
    if (pending !== undefined) parse(pending.line, pending.arrivedAt);
    pending = undefined;
    return seen;
  }

  function logTime(hostTime: Microseconds): Microseconds {
    const last = latest();
    return last?.arrivedAt === undefined ? hostTime : hostTime + last.at - last.arrivedAt;
  }

  /** A matcher that gives nothing has looked closer than its needle: the next one is asked. */
  function recognise(record: LogRecord, base: Omit<RecordBase, 'line'>): VoipEvent | undefined {
    for (const matcher of matchers) {
      if (!record.message.includes(matcher.needle)) continue;
      const event = matcher.recognise(record, { ...base, line: redactLine(record.line) });
      if (event !== undefined) return isNews(event, matcher) ? event : undefined;
    }
    return undefined;
  }

  function mayBeEvidence(line: string): boolean {
    return lostAt !== undefined || losesTouch(line) || texts.length === 0 || texts.some((text) => line.includes(text));
  }

  /** Also when it says `connected`: between two runs of the tool nobody watched either. */
  function losesTouch(line: string): boolean {
    return hasStarted && format.startsWith('idevicesyslog') && connectionOf(line) !== undefined;
  }

  /** The log is over, until a record tells that it goes on. */
  function lose(arrivedAt: Microseconds | undefined): readonly VoipEvent[] {
    const last = latest();
    if (lostAt !== undefined || last === undefined) return [];
    lostAt = last.at;
    const { at, machTimestamp } = last;
    return [{ kind: 'source.ended', at, source, ...secondClock(arrivedAt, machTimestamp), why: DISCONNECTED }];
  }

  function goOn(base: Omit<RecordBase, 'line'>): readonly VoipEvent[] {
    if (lostAt === undefined) return [];
    const from = lostAt;
    lostAt = undefined;
    return [{ ...base, kind: 'source.gap', at: Math.max(base.at, from), from, why: DISCONNECTED }];
  }

  function examine(line: string, arrivedAt: Microseconds | undefined): ExaminedLine {
    if (losesTouch(line)) return { isRecord: false, events: lose(arrivedAt) };
    const record = parse(line, arrivedAt);
    if (record === undefined) return { isRecord: false, events: [] };
    const base = { at: record.at, source, ...secondClock(arrivedAt, record.machTimestamp) };
    const events: readonly VoipEvent[] = hasStarted ? goOn(base) : [{ ...base, ...started }];
    hasStarted = true;
    const event = recognise(record, base);
    if (event?.kind === 'push.token') tellToken(event, record.message);
    return { isRecord: true, events: event === undefined ? events : [...events, event] };
  }

  function tellToken({ bundleId, environment }: PushTokenEvent, message: string): void {
    const deviceToken = findDeviceToken(message);
    if (deviceToken === undefined) return;
    options.onToken?.({
      deviceToken,
      ...(bundleId !== undefined && { bundleId }),
      ...(environment !== undefined && { environment }),
    });
  }

  return {
    get format() {
      return format;
    },
    read(rawLine, arrivedAt) {
      const line = withoutColors(rawLine);
      if (looksDated(line)) pending = { line, arrivedAt };
      // Most lines of a log are not evidence: they are passed over without being parsed.
      return hasStarted && !mayBeEvidence(line) ? [] : examine(line, arrivedAt).events;
    },
    get isLost() {
      return lostAt !== undefined;
    },
    mayBeEvidence,
    examine: (line) => examine(withoutColors(line), undefined),
    start(arrivedAt) {
      if (hasStarted) return [];
      hasStarted = true;
      return [{ ...started, at: logTime(arrivedAt), arrivedAt, source }];
    },
    end(why, arrivedAt) {
      const last = latest();
      const at = arrivedAt === undefined ? last?.at : logTime(arrivedAt);
      if (at === undefined) return [];
      return [{ kind: 'source.ended', at, source, ...secondClock(arrivedAt, last?.machTimestamp), why }];
    },
    lastSeen: () => latest()?.at,
    logTime,
  };
}
