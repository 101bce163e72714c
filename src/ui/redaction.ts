import type { VoipEvent } from '../core/events/event';
import { type CompileRedaction, createRedactText, type RedactText, redactEvent } from '../core/recording/redaction';
import type { TimelineSession } from './timelineSession';

export interface RedactionOptions {
  readonly patterns: () => readonly string[];
  /** Loads the expressions' compiler, which is large. */
  readonly loadCompiler: () => Promise<CompileRedaction>;
  /** Where events go without what must not be kept. */
  readonly append: (events: readonly VoipEvent[]) => void;
  /** Told a sentence for each pattern that cannot be used. */
  readonly onProblem: (problem: string) => void;
}

/** Stands before the timeline and takes out what the user does not want to keep. */
export interface Redaction {
  /** Passes events on in order; at once, but for the moment in which new patterns are compiled. */
  append(events: readonly VoipEvent[]): void;
  /** Follows the patterns as they are now. */
  applySettings(): Promise<void>;
}

/** The session with the redaction before it: for everybody who adds events. */
export function withRedaction(session: TimelineSession, { append }: Redaction): TimelineSession {
  const redacted: TimelineSession = Object.create(session, { append: { value: append } });
  return redacted;
}

/** `Setting voipPush.recordings.redact: Pattern 2 (+49) is not used: …` */
export function redactionProblem(problem: string): string {
  return `Setting voipPush.recordings.redact: ${problem}`;
}

export function createRedaction({ patterns, loadCompiler, append, onProblem }: RedactionOptions): Redaction {
  let wanted: readonly string[] = [];
  let redact: RedactText | undefined;
  /** Events that came while the patterns were compiled: without them nothing enters the timeline. */
  let held: VoipEvent[] | undefined;
  const warned = new Set<string>();

  function pass(events: readonly VoipEvent[]): void {
    const by = redact;
    append(by === undefined ? events : events.map((event) => redactEvent(event, by)));
  }

  async function compile(): Promise<void> {
    const compiling = wanted;
    const made = createRedactText(compiling, await loadCompiler());
    // They were changed again in the meantime: whoever did that compiles the new ones.
    if (compiling !== wanted) return;
    redact = made.redact;
    for (const problem of made.problems.filter((each) => !warned.has(each))) {
      warned.add(problem);
      onProblem(problem);
    }
    release();
  }

  function release(): void {
    const waiting = held ?? [];
    held = undefined;
    if (waiting.length > 0) pass(waiting);
  }

  return {
    append(events) {
      if (held === undefined) pass(events);
      else for (const event of events) held.push(event);
    },
    async applySettings() {
      const next = patterns();
      if (JSON.stringify(next) === JSON.stringify(wanted)) return;
      wanted = next;
      if (next.length === 0) {
        redact = undefined;
        release();
        return;
      }
      held ??= [];
      await compile();
    },
  };
}
