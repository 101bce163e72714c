import type { EventKind } from '../events/event';
import { describeDelivery } from '../timeline/deliveryDetail';
import type { Evidence, Lane } from '../timeline/deliveryView';
import { LANES } from '../timeline/deliveryView';
import { offsetText } from '../timeline/evidenceWords';
import type { JudgedDelivery } from '../timeline/timeline';
import { verdictSign } from '../timeline/worstFirst';
import { cleanLine } from './cleanText';

// Arrows of Mermaid's sequence diagrams: a call, an answer, and what did not get through.
type Arrow = '->>' | '-->>' | '-x' | '--x';
type Step = readonly [from: Lane, arrow: Arrow, to: Lane];

/** What each event is between two participants; a note on its own lane where it is between none. */
const STEPS: { readonly [K in EventKind]?: Step } = {
  'push.sent': ['sender', '->>', 'apns'],
  'push.accepted': ['apns', '-->>', 'sender'],
  'push.rejected': ['apns', '--x', 'sender'],
  'push.failed': ['sender', '-x', 'apns'],
  'push.arrived': ['apns', '->>', 'system'],
  'app.launched': ['system', '->>', 'app'],
  'push.delivering': ['system', '->>', 'app'],
  'launch.blocked': ['system', '-x', 'app'],
  'handler.returned': ['app', '-->>', 'system'],
  'handler.completed': ['app', '-->>', 'system'],
  'app.terminated': ['system', '-x', 'app'],
  'call.reporting': ['app', '->>', 'call'],
  'call.reported': ['call', '-->>', 'app'],
  'call.added': ['call', '->>', 'system'],
};

const PARTICIPANTS: { readonly [L in Lane]: string } = {
  sender: 'Sender',
  apns: 'APNs',
  system: 'System',
  app: 'App',
  call: 'Call',
};

/**
 * One delivery as a Mermaid sequence diagram: sender, APNs, system, app and call, as far as they took part.
 * https://mermaid.js.org/syntax/sequenceDiagram.html
 */
export function mermaidSequence(judged: JudgedDelivery): string {
  const { summary, explanation, evidence } = describeDelivery(judged);
  const steps = evidence.map((item) => ({ item, step: STEPS[item.kind] }));
  const isUnreported = (summary.verdict === 'missing-report' || summary.verdict === 'killed') && !hasAttempt(judged);
  const used = new Set<Lane>(
    steps.flatMap(({ item, step }) => (step === undefined ? [item.lane] : [step[0], step[2]])),
  );
  if (isUnreported) for (const lane of ['app', 'call'] as const) used.add(lane);
  const lanes = LANES.filter((lane) => used.has(lane));
  const [first = 'app', last = first] = [lanes[0], lanes.at(-1)];
  const verdict = `${verdictSign(summary.verdict, summary.severity)} ${explanation.summary}`;
  return [
    'sequenceDiagram',
    ...lanes.map(
      (lane) => `    participant ${lane} as ${lane === 'app' ? mermaidText(summary.app) : PARTICIPANTS[lane]}`,
    ),
    ...steps.map(({ item, step }) =>
      step === undefined ? note([item.lane], wordsOf(item)) : arrow(step, wordsOf(item)),
    ),
    ...(isUnreported ? [arrow(['app', '-x', 'call'], 'no call report was seen')] : []),
    note(first === last ? [first] : [first, last], verdict),
    '',
  ].join('\n');
}

function hasAttempt({ delivery: { reporting, reported, added } }: JudgedDelivery): boolean {
  return (reporting ?? reported ?? added) !== undefined;
}

function wordsOf({ label, detail, offset }: Evidence): string {
  return `${label}${detail === '' ? '' : `, ${detail}`} (${offsetText(offset)})`;
}

// app->>call: Report attempted, CallKit (+40 ms)
function arrow([from, line, to]: Step, words: string): string {
  return `    ${from}${line}${to}: ${mermaidText(words)}`;
}

// Note over sender,call: ✖ Killed#58; no call was reported.
function note(lanes: readonly Lane[], words: string): string {
  return `    Note over ${lanes.join(',')}: ${mermaidText(words)}`;
}

const LINE_CHARACTERS = 60;
const MOST_CHARACTERS = 300;

/**
 * Text of a message, in lines that a diagram has room for. Whatever could mean something to Mermaid is written as an
 * entity, `#59;` for a semicolon: of ASCII only letters, digits and a few marks are written as they are.
 */
function mermaidText(text: string): string {
  // A message cannot be empty.
  const words = cleanLine(text) || '–';
  const short = words.length > MOST_CHARACTERS ? `${[...words].slice(0, MOST_CHARACTERS - 1).join('')}…` : words;
  return wrapped(short)
    .map((line) => line.replace(/[^\w .,()/+\u0080-\u{10ffff}-]/gu, (character) => `#${character.codePointAt(0)};`))
    .join('<br/>');
}

function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= LINE_CHARACTERS) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
