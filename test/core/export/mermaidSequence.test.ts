import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mermaidSequence } from '../../../src/core/export/mermaidSequence';
import { fc } from '../../propertyRuns';
import { hostileText, STORY_TIMELINES, timelineOf } from './timelines';

// The part of Mermaid's grammar that the diagrams use, line by line, as its lexer cuts them: text ends at `#`, `;` or a
// line end, so that everything else of that kind must be an entity. Mermaid takes entities out before it parses.
// https://github.com/mermaid-js/mermaid/blob/develop/packages/mermaid/src/diagrams/sequence/parser/sequenceDiagram.jison
const ACTOR = 'sender|apns|system|app|call';
const PARTICIPANT = new RegExp(`^ {4}participant (${ACTOR}) as ([^#\\n;]+)$`);
const SIGNAL = new RegExp(`^ {4}(${ACTOR})(?:->>|-->>|-x|--x)(${ACTOR}): ([^#\\n;]+)$`);
const NOTE = new RegExp(`^ {4}Note over (${ACTOR})(?:,(${ACTOR}))?: ([^#\\n;]+)$`);

/** What Mermaid does first: `#59;` becomes characters that mean nothing to its grammar. */
function withoutEntities(diagram: string): string {
  // It takes the semicolon from what looks like a style, so no line may look like one.
  assert.doesNotMatch(diagram, /(?:style|classDef).*:\S*#.*;/);
  return diagram.replace(/#\d+;/g, '°');
}

function checkDiagram(diagram: string): void {
  assert.ok(diagram.endsWith('\n'));
  const [first, ...lines] = withoutEntities(diagram.slice(0, -1)).split('\n');
  assert.equal(first, 'sequenceDiagram');
  const declared = new Set<string>();
  for (const line of lines) {
    const participant = PARTICIPANT.exec(line);
    const [, one, other, text = ''] = SIGNAL.exec(line) ?? NOTE.exec(line) ?? [];
    if (participant !== null) {
      declared.add(participant[1] ?? '');
      checkText(participant[2] ?? '');
    } else {
      assert.ok(one !== undefined, `no line of a sequence diagram: ${line}`);
      for (const actor of [one, other]) assert.ok(actor === undefined || declared.has(actor), line);
      checkText(text);
    }
  }
  assert.ok(declared.size > 0);
}

function checkText(text: string): void {
  assert.doesNotMatch(text.replaceAll('<br/>', ' '), /[<>"'`%:{}[\]\\|&*$@!?=~^]/);
  assert.ok(text.trim() !== '' && text.length < 900);
}

describe('a Mermaid sequence diagram', () => {
  it('is one for every story', () => {
    const deliveries = STORY_TIMELINES.flatMap((timeline) => timeline.deliveries);
    assert.ok(deliveries.length > 50);
    for (const judged of deliveries) checkDiagram(mermaidSequence(judged));
  });

  it('goes from the sender to the call, and ends with the verdict', () => {
    const [killed] = timelineOf('com.example.app').deliveries;
    assert.ok(killed);
    const diagram = mermaidSequence(killed);
    assert.match(diagram, /\n {4}participant sender as Sender\n {4}participant apns as APNs\n/);
    assert.match(diagram, /\n {4}participant app as com\.example\.app\n {4}participant call as Call\n/);
    assert.match(diagram, /\n {4}sender->>apns: Sent, com\.example\.app, sandbox,.*<br\/>\(\+0\)\n/);
    assert.match(diagram, /\n {4}Note over app: Handler ran, mustReport true/);
    assert.match(diagram, /\n {4}system-xapp: App killed, callservicesd, check 2 \(\+7\.0 s\)\n/);
    assert.match(diagram, /\n {4}Note over sender,call: ✖ Killed#58; .*\n$/);
  });

  it('shows a report that never came', () => {
    const missing = STORY_TIMELINES.flatMap(({ deliveries }) => deliveries).find(
      ({ verdict }) => verdict.kind === 'missing-report',
    );
    assert.ok(missing);
    assert.match(mermaidSequence(missing), /\n {4}app-xcall: no call report was seen\n/);
  });

  it('is one whatever the texts are', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const judged of timelineOf(text).deliveries) checkDiagram(mermaidSequence(judged));
      }),
    );
  });
});
