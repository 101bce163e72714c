import { lastPathComponent, parseJsonFields, textOf, ticksOf } from './jsonFields';
import type { LogRecord } from './logRecord';
import { parseLogTimestamp } from './timestamp';

/**
 * One line of `log stream --style ndjson` or `log show --style ndjson`.
 *
 * `undefined` for what is not a record: the header `Filtering the log data using "…"`, the trailer
 * `{"count":3335,"finished":1}`, blank and torn lines. Extra keys and any order of keys are fine.
 */
export function parseNdjsonLine(line: string): LogRecord | undefined {
  const fields = parseJsonFields(line);
  if (fields === undefined) return undefined;
  const { timestamp, eventMessage, processImagePath, processID } = fields;
  if (typeof timestamp !== 'string' || typeof eventMessage !== 'string') return undefined;
  const at = parseLogTimestamp(timestamp);
  if (at === undefined) return undefined;
  const subsystem = textOf(fields['subsystem']);
  const category = textOf(fields['category']);
  return {
    at,
    ...ticksOf(fields['machTimestamp']),
    message: eventMessage,
    process: typeof processImagePath === 'string' ? lastPathComponent(processImagePath) : '',
    ...(typeof processID === 'number' && { pid: processID }),
    ...(subsystem !== undefined && { subsystem }),
    ...(category !== undefined && { category }),
    line,
  };
}
