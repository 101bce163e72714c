import * as v from 'valibot';
import type { VoipEvent } from '../events/event';
import { redactLine, shortenDeviceToken } from '../log/redact';
import type { Microseconds } from '../time';
import { checkEvent, EVENT_KINDS } from './eventSchemas';

export const RECORDING_FORMAT = 'voip-push-recording';
/** The version this product writes. It reads newer ones as far as it understands them, and never adds to them. */
export const RECORDING_VERSION = 1;

/** What the first line of a recording says about the rest. */
export interface RecordingHeader {
  /** Version of the product that made the file, for example `0.1.0`. */
  readonly tool: string;
  /** The targets as the user knows them, for example `Virtual iPhone`. */
  readonly targets: readonly string[];
  /** When the recording began, by the host's clock. */
  readonly at: Microseconds;
}

/** The header of a recording that was read, with the version it was written in. */
export interface VersionedHeader extends RecordingHeader {
  readonly version: number;
}

/** What one line of a recording holds. A blank line holds nothing. */
export interface RecordingLine {
  readonly header?: VersionedHeader;
  readonly event?: VoipEvent;
  /** Why the line was left out, or read with care: a sentence without a full stop. */
  readonly note?: string;
}

export interface RecordingReader {
  read(line: string): RecordingLine;
}

/** The first line of a recording, without line end: `{"format":"voip-push-recording","version":1,"tool":"0.1.0",…}` */
export function encodeRecordingHeader({ tool, targets, at }: RecordingHeader): string {
  return JSON.stringify({ format: RECORDING_FORMAT, version: RECORDING_VERSION, tool, targets, at });
}

/**
 * One event as one line, without line end. Events come here redacted already; credentials are taken out once more,
 * because what is on disk gets attached to bug reports.
 */
export function encodeEvent(event: VoipEvent): string {
  return JSON.stringify(withoutSecrets(event));
}

/**
 * Reads a recording line by line; never throws. The first line that is not blank must be the header: without one,
 * the whole text is no recording and every line says so in its note.
 */
export function createRecordingReader(): RecordingReader {
  let state: 'before-header' | 'in-events' | 'no-recording' = 'before-header';
  const shareNames = createNameSharer();

  function readFirst(line: string): RecordingLine {
    const header = readRecordingHeader(line);
    state = header === undefined ? 'no-recording' : 'in-events';
    if (header === undefined) return { note: NO_HEADER_NOTE };
    return header.version > RECORDING_VERSION ? { header, note: newerVersionNote(header.version) } : { header };
  }

  return {
    read(line) {
      if (line.trim() === '') return {};
      if (state === 'before-header') return readFirst(line);
      if (state === 'no-recording') return { note: NO_HEADER_NOTE };
      const value = parseJson(line);
      if (value === undefined) return { note: NOT_JSON_NOTE };
      const checked = checkEvent(shareNames(value));
      return checked.ok ? { event: checked.event } : { note: checked.problem };
    },
  };
}

/** What many events of a recording say in the same words. */
const NAMES = ['kind', 'source', 'bundleId', 'process'];

/** Makes the names in parsed lines the same strings: that saves much memory, and the same string is found equal at once. */
function createNameSharer(): (line: unknown) => unknown {
  const names = new Map<string, string>(EVENT_KINDS.map((kind) => [kind, kind]));
  return (line) => {
    if (!isRecord(line)) return line;
    for (const name of NAMES) {
      const text = line[name];
      if (typeof text !== 'string') continue;
      const known = names.get(text);
      if (known === undefined) names.set(text, text);
      else line[name] = known;
    }
    return line;
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The header in this line, or `undefined` when the line is none: also the way to tell a recording from a log. */
export function readRecordingHeader(line: string): VersionedHeader | undefined {
  const checked = v.safeParse(HEADER, parseJson(line));
  return checked.success ? checked.output : undefined;
}

/** The note of every line of a text that has no header. */
export const NO_HEADER_NOTE = 'not a recording: the header line is missing';
/** The note of a line that was torn or edited. */
export const NOT_JSON_NOTE = 'not JSON';

function newerVersionNote(version: number): string {
  return (
    `made by a newer version of VoIP Push Debugger (recording version ${version}, this one knows ${RECORDING_VERSION}): ` +
    'what is not understood is left out, and nothing is added to the file'
  );
}

// Lenient beyond format and version, so that a newer header can still be told from no header.
const HEADER = v.pipe(
  v.object({
    format: v.literal(RECORDING_FORMAT),
    version: v.pipe(v.number(), v.integer(), v.minValue(1)),
    tool: v.fallback(v.string(), 'unknown'),
    targets: v.fallback(v.array(v.string()), []),
    at: v.fallback(v.pipe(v.number(), v.safeInteger()), 0),
  }),
  v.transform(({ version, tool, targets, at }): VersionedHeader => ({ version, tool, targets, at })),
);

function withoutSecrets(event: VoipEvent): VoipEvent {
  if (event.kind === 'push.token' && event.deviceToken.length > LONGEST_SHORT_TOKEN) {
    return withoutSecrets({ ...event, deviceToken: shortenDeviceToken(event.deviceToken) });
  }
  if (event.kind !== 'push.sent') return event.line === undefined ? event : { ...event, line: redactLine(event.line) };
  const { deviceToken, line, headers } = event;
  return {
    ...event,
    ...(line !== undefined && { line: redactLine(line) }),
    ...(deviceToken !== undefined &&
      deviceToken.length > LONGEST_SHORT_TOKEN && { deviceToken: shortenDeviceToken(deviceToken) }),
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization')),
  };
}

/** More digits than any shortened token has, and fewer than any whole one. */
const LONGEST_SHORT_TOKEN = 16;

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
