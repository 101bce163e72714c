import type { VoipEvent } from '../events/event';
import type { Microseconds } from '../time';
import { CALLSERVICESD_MATCHERS } from './callservicesd';
import type { LineMatcher } from './lineMatcher';
import { parseNdjsonLine } from './ndjson';
import { PROBE_MATCHER } from './probe';
import { PUSHKIT_EXCEPTION_MATCHERS } from './pushKitException';
import { redactLine } from './redact';
import { APP_INSTALLED_MATCHER } from './springBoard';

/** Every line the product understands. */
export const LINE_MATCHERS: readonly LineMatcher[] = [
  PROBE_MATCHER,
  ...CALLSERVICESD_MATCHERS,
  ...PUSHKIT_EXCEPTION_MATCHERS,
  APP_INSTALLED_MATCHER,
];

/** Reads one log, line by line, and gives what of it is evidence. */
export interface LogReader {
  /** Events of this line, mostly none. `arrivedAt` is the host's clock, only when captured live. */
  read(line: string, arrivedAt?: Microseconds): readonly VoipEvent[];
  /** Says that nobody watches any more, from the time of the last line on. */
  end(why: string): readonly VoipEvent[];
}

/**
 * A reader for the log called `source`. Its first dated line gives `source.started`: before that, nobody watched.
 * Lines that are not records, and records that are not evidence, give nothing.
 */
export function createLogReader(options: { readonly source: string }): LogReader {
  const { source } = options;
  let hasStarted = false;
  let lastLine = '';

  return {
    read(line, arrivedAt) {
      if (line.includes('"timestamp"')) lastLine = line;
      // Most lines of a log are not evidence: they are passed over without being parsed.
      if (hasStarted && !LINE_MATCHERS.some(({ needle }) => line.includes(needle))) return [];
      const record = parseNdjsonLine(line);
      if (record === undefined) return [];
      const base = { at: record.at, source, ...(arrivedAt !== undefined && { arrivedAt }) };
      const events: VoipEvent[] = hasStarted ? [] : [{ ...base, kind: 'source.started' }];
      hasStarted = true;
      const { recognise } = LINE_MATCHERS.find(({ needle }) => record.message.includes(needle)) ?? {};
      const event = recognise?.(record, { ...base, line: redactLine(line) });
      return event === undefined ? events : [...events, event];
    },
    end(why) {
      const at = parseNdjsonLine(lastLine)?.at;
      return at === undefined ? [] : [{ kind: 'source.ended', at, source, why }];
    },
  };
}
