import type { VoipEvent } from '../events/event';

/** Compiles an expression of what must not be kept, or says why it cannot be used: the end of a sentence. */
export type CompileRedaction = (
  pattern: string,
) =>
  | { readonly ok: true; readonly replaceAll: (text: string, by: string) => string }
  | { readonly ok: false; readonly problem: string };

/** What stands in place of a match. */
export const REDACTED = '[redacted]';

/** Takes out of a text what must not be kept. */
export type RedactText = (text: string) => string;

/** One that applies all patterns, in order, and a sentence for each that cannot be used. */
export function createRedactText(
  patterns: readonly string[],
  compile: CompileRedaction,
): { readonly redact: RedactText; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const replacements = patterns.flatMap((pattern, index) => {
    const compiled = compile(pattern);
    if (compiled.ok) return [compiled.replaceAll];
    problems.push(`Pattern ${index + 1} (${pattern}) is not used: ${compiled.problem}.`);
    return [];
  });
  return {
    problems,
    redact: (text) => replacements.reduce((left, replaceAll) => replaceAll(left, REDACTED), text),
  };
}

/**
 * An event without what must not be kept: in the line it was read from, in the payload, and in texts of errors. What
 * ties events together (ids, hash and size of the payload) stays.
 */
export function redactEvent(event: VoipEvent, redact: RedactText): VoipEvent {
  const withLine = event.line === undefined ? event : { ...event, line: redact(event.line) };
  switch (withLine.kind) {
    case 'push.sent':
      return { ...withLine, payload: redact(withLine.payload) };
    case 'push.failed':
      return { ...withLine, message: redact(withLine.message) };
    case 'call.reported': {
      const { error } = withLine;
      if (error?.text === undefined) return withLine;
      return { ...withLine, error: { ...error, text: redact(error.text) } };
    }
    default:
      return withLine;
  }
}
