import { fc } from '../propertyRuns';

/** What an app does with one push. */
const BEHAVIORS = [
  'reports',
  'reports with an error',
  'reports late',
  'reports after the return',
  'answers only',
  'never reports',
  'is killed',
  'throws',
  'need not',
  'is in the foreground',
  'is not launched',
  'is told of by the system alone',
  'is blocked',
] as const;
type Behavior = (typeof BEHAVIORS)[number];

/** One push of a story. */
export interface StoryPush {
  readonly behavior: Behavior;
  readonly ids: 'push' | 'call' | 'none';
  readonly isSent: boolean;
  readonly isPrivate: boolean;
  readonly app: 'one' | 'two';
  readonly log: 'device' | 'tablet';
  /** Since the push before it. */
  readonly afterSeconds: number;
}

/** A push with ids in the app's lines; `ids` narrows which. */
export function storyPush(ids: readonly StoryPush['ids'][] = ['push', 'call', 'none']): fc.Arbitrary<StoryPush> {
  return fc.record({
    behavior: fc.constantFrom(...BEHAVIORS),
    ids: fc.constantFrom(...ids),
    isSent: fc.boolean(),
    isPrivate: fc.boolean(),
    app: fc.constantFrom('one', 'two'),
    log: fc.constantFrom('device', 'device', 'tablet'),
    // Some come while the one before is still open.
    afterSeconds: fc.oneof(fc.integer({ min: 3, max: 6 }), fc.integer({ min: 9, max: 90 })),
  });
}

/** A story of some pushes, in the words of the situations; without verdicts. */
export function storyText(pushes: readonly StoryPush[], { isLive = false, hasTicks = false } = {}): string {
  const logs = [...new Set(pushes.map(({ log }) => log))];
  const noise = (at: number): string[] => logs.map((log) => `${at} log noise in=${log}`);
  const steps: { readonly at: number; readonly line: string }[] = [];
  let start = 1;
  pushes.forEach((push, index) => {
    start += push.afterSeconds;
    for (const [after, line] of beats(push, index)) {
      const at = Math.round((start + after) * 1_000_000) / 1_000_000;
      steps.push({ at, line: `${at} ${line}` });
    }
  });
  const inOrder = steps.sort((one, other) => one.at - other.at).map(({ line }) => line);
  const clock = [...(isLive ? ['live'] : []), ...(hasTicks ? ['ticks'] : [])];
  return ['== a story', ...clock, ...noise(0), ...inOrder, ...noise(start + 100)].join('\n');
}

type Beat = readonly [afterSeconds: number, line: string];

function beats({ behavior, ids, isSent, isPrivate, app, log }: StoryPush, index: number): readonly Beat[] {
  const letter = String.fromCharCode('A'.charCodeAt(0) + index);
  const bundle = `app=com.example.${app}`;
  const id = ids === 'none' ? '' : `${ids}=${letter}`;
  // A process of its own after each end of the app.
  const pid = `pid=${(app === 'one' ? 100 : 200) + index}`;
  const says = (words: string): string => `app ${words} ${id} ${bundle} ${pid} process=${app} in=${log}`;
  const system = (words: string): string => `system ${words} ${bundle} in=${log} ${isPrivate ? 'private' : ''}`;
  const sending: readonly Beat[] = [
    [0, `sent ${id} ${bundle}`],
    [0.05, 'accepted'],
  ];
  const handed: readonly Beat[] = [
    [0.2, system('arrived')],
    [0.25, system('delivering')],
  ];
  const told = [...(isSent ? sending : []), ...handed];
  const received: Beat = [0.3, says('received true')];
  const returned: Beat = [0.4, says('returned')];
  const added = (after: number): Beat => [after, `${system('added')} call=${letter}`];
  switch (behavior) {
    case 'reports':
      return [...told, received, [0.35, says('reporting')], added(0.351), [0.38, says('reported')], returned];
    case 'reports with an error':
      return [...told, received, [0.35, says('reporting')], [0.36, says('reported error=3')], returned];
    case 'reports late':
      return [...told, received, [9.4, says('reporting')], [9.5, says('returned')]];
    case 'reports after the return':
      return [...told, received, returned, [0.6, says('reporting')], added(0.601), [0.65, says('reported')]];
    case 'answers only':
      return [...told, received, [0.36, says('reported')], returned];
    case 'never reports':
      return [...told, received, returned];
    case 'is killed':
      return [...told, received, [7.3, system('killing')]];
    case 'throws':
      return [...told, received, returned, [0.402, says('exception')]];
    case 'need not':
      return [...told, [0.3, says('received false')], returned];
    case 'is in the foreground':
      return [...told, [0.3, says('received unknown state=foreground')], returned];
    case 'is not launched':
      return [...told, [7.3, system('killing')]];
    case 'is told of by the system alone':
      return [...told, added(0.5)];
    case 'is blocked':
      return [...(isSent ? sending : []), [0.2, system('arrived')], [0.25, system('blocked')]];
  }
}
