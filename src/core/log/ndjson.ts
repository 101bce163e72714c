import type { LogRecord } from './logRecord';
import { parseLogTimestamp } from './timestamp';

/**
 * One line of `log stream --style ndjson` or `log show --style ndjson`.
 *
 * `undefined` for what is not a record: the header `Filtering the log data using "…"`, the trailer
 * `{"count":3335,"finished":1}`, blank and torn lines. Extra keys and any order of keys are fine.
 */
export function parseNdjsonLine(line: string): LogRecord | undefined {
  if (!line.startsWith('{')) return undefined;
  const fields = parseObject(line);
  if (fields === undefined) return undefined;
  const { timestamp, eventMessage, processImagePath, processID, subsystem, category } = fields;
  if (typeof timestamp !== 'string' || typeof eventMessage !== 'string') return undefined;
  const at = parseLogTimestamp(timestamp);
  if (at === undefined) return undefined;
  return {
    at,
    message: eventMessage,
    process: typeof processImagePath === 'string' ? lastPathComponent(processImagePath) : '',
    ...(typeof processID === 'number' && { pid: processID }),
    ...(typeof subsystem === 'string' && subsystem !== '' && { subsystem }),
    ...(typeof category === 'string' && category !== '' && { category }),
    line,
  };
}

interface NdjsonFields {
  readonly timestamp?: unknown;
  readonly eventMessage?: unknown;
  readonly processImagePath?: unknown;
  readonly processID?: unknown;
  readonly subsystem?: unknown;
  readonly category?: unknown;
}

function parseObject(line: string): NdjsonFields | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function lastPathComponent(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
