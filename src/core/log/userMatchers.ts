import { assertNever } from '../assertNever';
import type { AppEvent, AppState, CallReportError, MustReport } from '../events/event';
import type { LineMatcher, RecordBase } from './lineMatcher';
import { literalNeedle } from './literalNeedle';
import type { LogRecord } from './logRecord';
import { type NumberedPattern, PATTERN_GROUPS, patternProblem } from './userPatterns';

/** A compiled regular expression whose time grows with the text's length only, whatever the expression. */
export interface LinearPattern {
  readonly groupNames: readonly string[];
  /** The named groups of the first match, without those that took no part; `undefined` without a match. */
  readonly match: (text: string) => ReadonlyMap<string, string> | undefined;
}

/** Compiles an expression, or says why it cannot be used: the end of a sentence. */
export type CompilePattern = (
  pattern: string,
) => { readonly ok: true; readonly pattern: LinearPattern } | { readonly ok: false; readonly problem: string };

/** Matchers of the user's patterns, for `createLogReader`, and a sentence for each pattern that cannot be used. */
interface UserMatchers {
  readonly matchers: readonly LineMatcher[];
  readonly problems: readonly string[];
}

/** Longer messages are looked at as far as this. */
const LONGEST_MESSAGE = 16_384;

export function userMatchers(patterns: readonly NumberedPattern[], compile: CompilePattern): UserMatchers {
  const matchers: LineMatcher[] = [];
  const problems: string[] = [];
  for (const pattern of patterns) {
    const compiled = compile(pattern.pattern);
    const problem = compiled.ok ? groupProblem(pattern, compiled.pattern) : compiled.problem;
    if (problem !== undefined) problems.push(patternProblem(pattern, problem));
    else if (compiled.ok) matchers.push(userMatcher(pattern, compiled.pattern));
  }
  return { matchers, problems };
}

function groupProblem({ event }: NumberedPattern, { groupNames }: LinearPattern): string | undefined {
  const allowed = PATTERN_GROUPS[event];
  const stranger = groupNames.find((name) => !allowed.includes(name));
  return stranger === undefined
    ? undefined
    : `the group ${stranger} is not known for ${event}: use ${allowed.join(', ')}, or a group without a name`;
}

function userMatcher(pattern: NumberedPattern, compiled: LinearPattern): LineMatcher {
  return {
    needle: literalNeedle(pattern.pattern),
    example: pattern.pattern,
    seenOn: pattern.name ?? `log pattern ${pattern.number}`,
    recognise: (record, base) => {
      if (pattern.process !== undefined && pattern.process !== record.process) return undefined;
      const groups = compiled.match(record.message.slice(0, LONGEST_MESSAGE));
      return groups === undefined ? undefined : patternEvent(pattern.event, groups, record, base);
    },
  };
}

type Groups = ReadonlyMap<string, string>;

function patternEvent(event: NumberedPattern['event'], groups: Groups, record: LogRecord, base: RecordBase): AppEvent {
  const pushId = groups.get('pushId') ?? '';
  const callId = groups.get('callId')?.toLowerCase() ?? '';
  const app = {
    ...base,
    process: record.process,
    ...(record.pid !== undefined && { pid: record.pid }),
    ...(pushId !== '' && { pushId }),
    ...(callId !== '' && { callId }),
  };
  switch (event) {
    case 'received':
      return { ...app, kind: 'push.received', ...receipt(groups) };
    case 'reporting':
      return { ...app, kind: 'call.reporting', api: api(groups) };
    case 'reported': {
      const error = reportError(groups);
      return { ...app, kind: 'call.reported', api: api(groups), ...(error !== undefined && { error }) };
    }
    case 'returned':
      return { ...app, kind: 'handler.returned' };
    case 'completed':
      return { ...app, kind: 'handler.completed' };
    default:
      return assertNever(event);
  }
}

function receipt(groups: Groups) {
  const mustReport: MustReport = truth(groups.get('mustReport')) ?? 'unknown';
  const onCall = truth(groups.get('onCall'));
  const appState = APP_STATES.get(groups.get('state')?.toLowerCase() ?? '');
  return {
    mustReport,
    // Only the delegate method with metadata can say it.
    via: mustReport === 'unknown' ? ('legacy' as const) : ('metadata' as const),
    ...(appState !== undefined && { appState }),
    ...(onCall !== undefined && { onCall }),
  };
}

/** The words of Swift, of Objective-C and of people. */
const TRUTHS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

function truth(word: string | undefined): boolean | undefined {
  return TRUTHS.get(word?.toLowerCase() ?? '');
}

/** The probe's words, and UIApplication.State's names and numbers. */
const APP_STATES: ReadonlyMap<string, AppState> = new Map([
  ['foreground', 'foreground'],
  ['active', 'foreground'],
  ['0', 'foreground'],
  ['inactive', 'inactive'],
  ['1', 'inactive'],
  ['background', 'background'],
  ['2', 'background'],
]);

function api(groups: Groups) {
  return /live|conversation|lck/i.test(groups.get('api') ?? '')
    ? ('LiveCommunicationKit' as const)
    : ('CallKit' as const);
}

function reportError(groups: Groups): CallReportError | undefined {
  const domain = groups.get('errorDomain') ?? '';
  const code = groups.get('errorCode') ?? '';
  const text = groups.get('errorText') ?? '';
  if (domain === '' && code === '' && text === '') return undefined;
  return {
    domain: domain === '' ? 'unknown' : domain,
    code: Number.parseInt(code, 10) || 0,
    ...(text !== '' && { text }),
  };
}
