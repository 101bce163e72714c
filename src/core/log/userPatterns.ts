import * as v from 'valibot';

/** What a line can say of a push; the words of the probe. */
const PATTERN_EVENTS = ['received', 'reporting', 'reported', 'returned', 'completed'] as const;
type PatternEvent = (typeof PATTERN_EVENTS)[number];

/** One of the user's own patterns, as it stands in the settings. */
interface UserPattern {
  readonly name?: string;
  /** A regular expression in RE2's syntax, matched anywhere in the message of a log line. */
  readonly pattern: string;
  readonly event: PatternEvent;
  /** Only lines of the process of this name. */
  readonly process?: string;
}

const IDS = ['pushId', 'callId'] as const;

/** The named groups that mean something, by what the pattern tells of. */
export const PATTERN_GROUPS: { readonly [E in PatternEvent]: readonly string[] } = {
  received: [...IDS, 'mustReport', 'state', 'onCall'],
  reporting: [...IDS, 'api'],
  reported: [...IDS, 'api', 'errorDomain', 'errorCode', 'errorText'],
  returned: IDS,
  completed: IDS,
};

const LONGEST_PATTERN = 1000;
const MOST_PATTERNS = 100;

const USER_PATTERN = v.strictObject(
  {
    name: v.exactOptional(v.string('name must be a text')),
    pattern: v.pipe(
      v.string('pattern must be a text: a regular expression'),
      v.nonEmpty('pattern is empty: it would match every line'),
      v.maxLength(LONGEST_PATTERN, `pattern is longer than ${LONGEST_PATTERN} characters`),
    ),
    event: v.picklist(PATTERN_EVENTS, `event must be one of ${PATTERN_EVENTS.join(', ')}`),
    process: v.exactOptional(v.pipe(v.string('process must be a text'), v.nonEmpty('process is empty'))),
  },
  (issue) =>
    issue.expected === 'never'
      ? `${String(issue.path?.at(-1)?.key ?? 'a key')} is not known here: use name, pattern, event and process`
      : issue.expected === 'Object'
        ? 'it must be an object with pattern and event'
        : `${issue.expected.replaceAll('"', '')} is missing`,
);

/** Patterns fit to be compiled, and a sentence for each that is not. */
interface ReadPatterns {
  readonly patterns: readonly NumberedPattern[];
  readonly problems: readonly string[];
}

/** A pattern with its place in the settings, counted from 1. */
export interface NumberedPattern extends UserPattern {
  readonly number: number;
}

/** Reads the setting; whatever it holds, a bad entry never spoils the others. */
export function readUserPatterns(setting: unknown): ReadPatterns {
  if (setting === undefined || setting === null) return { patterns: [], problems: [] };
  if (!Array.isArray(setting)) return { patterns: [], problems: ['The log patterns must be a list.'] };
  const patterns: NumberedPattern[] = [];
  const problems: string[] = [];
  setting.slice(0, MOST_PATTERNS).forEach((entry: unknown, index) => {
    const number = index + 1;
    const checked = v.safeParse(USER_PATTERN, entry);
    if (checked.success) patterns.push({ ...checked.output, number });
    else problems.push(patternProblem({ number, ...nameOf(entry) }, checked.issues[0].message));
  });
  if (setting.length > MOST_PATTERNS) {
    problems.push(`Only the first ${MOST_PATTERNS} log patterns are used; there are ${setting.length}.`);
  }
  return { patterns, problems };
}

/** A problem's sentence: `Log pattern 2 ("Got push"): event must be one of received, …` */
export function patternProblem(of: { readonly number: number; readonly name?: string }, problem: string): string {
  return `Log pattern ${of.number}${of.name === undefined ? '' : ` ("${of.name}")`}: ${problem}.`;
}

function nameOf(entry: unknown): { name?: string } {
  const name = v.safeParse(v.object({ name: v.string() }), entry);
  return name.success ? { name: name.output.name } : {};
}
