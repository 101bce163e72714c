import { startsCrashReport } from '../../core/crash/parseCrashReport';
import type { HostClock } from '../../core/log/hostClock';
import { parseLogLine } from '../../core/log/logFormat';
import { readRecordingHeader } from '../../core/recording/recordingFormat';

/** What a content is, and where that begins: before it may be what a tool, or a shell, printed. */
export interface ContentKind {
  /** A log has a record a line, or is one JSON text. */
  readonly kind: 'log-lines' | 'log-objects' | 'crash' | 'recording';
  readonly startsAtByte: number;
  /** From 1. */
  readonly startsAtLine: number;
}

/** What a content with these first bytes is: the first line that is typical of something decides. */
export function contentKindOf(head: Buffer, clock: HostClock): ContentKind {
  let startsAtLine = 1;
  for (let from = 0; from < head.length; startsAtLine += 1) {
    const lineEnd = head.indexOf('\n', from);
    const to = lineEnd < 0 ? head.length : lineEnd;
    const kind = kindOfLine(head.toString('utf8', from, to).trimEnd(), clock);
    if (kind === 'log-lines') break;
    if (kind !== undefined) return { kind, startsAtByte: from, startsAtLine };
    from = to + 1;
  }
  return { kind: 'log-lines', startsAtByte: 0, startsAtLine: 1 };
}

// [{"timestamp":"2026-09-08 10:11:34.092155+0200", …
// [
// {
const STARTS_OBJECTS = /^\s*(?:\[\s*(?:\{.*)?|\{)$/s;

function kindOfLine(line: string, clock: HostClock): ContentKind['kind'] | undefined {
  if (readRecordingHeader(line) !== undefined) return 'recording';
  if (startsCrashReport(line)) return 'crash';
  if (STARTS_OBJECTS.test(line)) return 'log-objects';
  return parseLogLine(line, clock) === undefined ? undefined : 'log-lines';
}
