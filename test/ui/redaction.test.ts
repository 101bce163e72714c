import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileRedaction } from '../../src/adapters/linearPattern';
import type { VoipEvent } from '../../src/core/events/event';
import { createRedaction, type Redaction, withRedaction } from '../../src/ui/redaction';
import { requireSentPayload } from '../../src/ui/sentPayload';
import { createTimelineSession } from '../../src/ui/timelineSession';
import { START, sentEvent } from './events';

interface Redacting {
  readonly redaction: Redaction;
  readonly lines: () => readonly (string | undefined)[];
  readonly problems: readonly string[];
  patterns: readonly string[];
}

function redacting(...patterns: readonly string[]): Redacting {
  const events: VoipEvent[] = [];
  const problems: string[] = [];
  const parts: Redacting = {
    patterns,
    problems,
    lines: () => events.map(({ line }) => line),
    redaction: createRedaction({
      patterns: () => parts.patterns,
      loadCompiler: () => Promise.resolve(compileRedaction),
      append: (some) => events.push(...some),
      onProblem: (problem) => problems.push(problem),
    }),
  };
  return parts;
}

const line = (text: string): readonly VoipEvent[] => [{ kind: 'push.arrived', at: START, source: 'log', line: text }];

describe('redaction before the timeline', () => {
  it('lets everything through at once without patterns', async () => {
    const { redaction, lines } = redacting();
    redaction.append(line('a'));
    assert.deepEqual(lines(), ['a']);
    await redaction.applySettings();
    redaction.append(line('b'));
    assert.deepEqual(lines(), ['a', 'b']);
  });

  it('lets nothing through until the patterns are ready, then everything in order', async () => {
    const { redaction, lines } = redacting('secret');
    const applied = redaction.applySettings();
    redaction.append(line('secret 1'));
    redaction.append(line('2'));
    assert.deepEqual(lines(), []);
    await applied;
    redaction.append(line('secret 3'));
    assert.deepEqual(lines(), ['[redacted] 1', '2', '[redacted] 3']);
  });

  it('follows the setting, also when it changes while it is read', async () => {
    const parts = redacting('one');
    const { redaction, lines } = parts;
    const first = redaction.applySettings();
    redaction.append(line('one two'));
    parts.patterns = ['two'];
    await Promise.all([first, redaction.applySettings()]);
    parts.patterns = [];
    const last = redaction.applySettings();
    redaction.append(line('one two'));
    await last;
    assert.deepEqual(lines(), ['one [redacted]', 'one two']);
  });

  it('says once which pattern is not used', async () => {
    const parts = redacting('(', 'secret');
    await parts.redaction.applySettings();
    parts.patterns = ['(', 'secret', 'more'];
    await parts.redaction.applySettings();
    parts.redaction.append(line('more secret'));
    assert.deepEqual(parts.lines(), ['[redacted] [redacted]']);
    assert.equal(parts.problems.length, 1);
    assert.match(parts.problems[0] ?? '', /^Pattern 1 \(\(\) is not used: it is not a regular expression/);
  });

  it('stands before a session without changing what else it does', async () => {
    const session = createTimelineSession({ now: () => START, judging: () => ({}) });
    const { redaction } = redacting();
    const calls: unknown[] = [];
    const redacted = withRedaction(session, { ...redaction, append: (events) => calls.push(events) });
    redacted.append(line('a'));
    assert.deepEqual([calls.length, redacted.events.length], [1, 0]);
    session.append(line('b'));
    assert.deepEqual([redacted.events.length, redacted.timeline.deliveries.length], [1, 1]);
    session.dispose();
  });
});

describe('a payload that was sent', () => {
  it('can be sent again unless parts of it are gone', () => {
    const sent = sentEvent('a');
    assert.ok(sent.kind === 'push.sent');
    assert.equal(requireSentPayload(sent), sent.payload);
    assert.throws(() => requireSentPayload({ ...sent, payload: '{"from":"[redacted]"}' }), /Send its file instead/);
    // sha256 of `"[redacted]"`: what the user really sent.
    const payloadSha256 = '955e7051a0df3768f482ce3a0d884a4adfd2b6985d0e81fce0392b279b52f35f';
    assert.equal(requireSentPayload({ payload: '"[redacted]"', payloadSha256 }), '"[redacted]"');
  });
});
