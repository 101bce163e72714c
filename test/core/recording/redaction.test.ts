import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileRedaction } from '../../../src/adapters/linearPattern';
import type { VoipEvent } from '../../../src/core/events/event';
import { createRedactText, redactEvent } from '../../../src/core/recording/redaction';
import { sentEvent } from '../../ui/events';

const PHONE = '[+]?[0-9][0-9 ()./-]{6,}[0-9]';

function redactWith(patterns: readonly string[], text: string): string {
  const { redact, problems } = createRedactText(patterns, compileRedaction);
  assert.deepEqual(problems, []);
  return redact(text);
}

describe('redaction', () => {
  const texts: readonly (readonly [patterns: readonly string[], text: string, redacted: string])[] = [
    [[], 'from +49 170 1234567', 'from +49 170 1234567'],
    [[PHONE], 'from +49 170 1234567 to 0800-123-456', 'from [redacted] to [redacted]'],
    [['Jane \\w+', 'secret'], 'Jane Appleseed is secret', '[redacted] is [redacted]'],
    [['(?i)jane'], 'JANE and jane', '[redacted] and [redacted]'],
    [['"callerName":"[^"]*"'], '{"callerName":"Jane"}', '{[redacted]}'],
    [['redacted'], 'is redacted', 'is [redacted]'],
  ];
  for (const [patterns, text, redacted] of texts) {
    it(`makes ${JSON.stringify(redacted)} with ${JSON.stringify(patterns)}`, () =>
      assert.equal(redactWith(patterns, text), redacted));
  }

  const refused: readonly (readonly [pattern: string, why: RegExp])[] = [
    ['(', /not a regular expression that RE2 reads/],
    ['(?=x)y', /look-ahead/],
    ['', /matches the empty text/],
    ['x*', /matches the empty text/],
    ['(((x{1,100}){1,10}){1,10}){1,10}y', /repeat/],
  ];
  for (const [pattern, why] of refused) {
    it(`does not use ${JSON.stringify(pattern)}, says why, and uses the others`, () => {
      const { redact, problems } = createRedactText([pattern, 'secret'], compileRedaction);
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? '', /^Pattern 1 /);
      assert.match(problems[0] ?? '', why);
      assert.equal(redact('a secret'), 'a [redacted]');
    });
  }

  it('takes it out of every text of an event, and leaves what ties events together', () => {
    const secret = '+49 170 1234567';
    const base = { at: 1, source: 'device.log', line: `call from ${secret}` };
    const events: readonly VoipEvent[] = [
      Object.assign(sentEvent('a'), { payload: `{"from":"${secret}"}` }),
      { ...base, kind: 'push.failed', sendId: 'a', latencyMs: 1, code: 'x', message: `no ${secret}` },
      {
        ...base,
        kind: 'call.reported',
        api: 'CallKit',
        callId: 'c1',
        error: { domain: 'd', code: 2, text: `${secret} is busy` },
      },
      { ...base, kind: 'push.received', mustReport: true, via: 'metadata', pushId: 'p1', pid: 4711 },
    ];
    const { redact } = createRedactText([PHONE], compileRedaction);
    for (const event of events) {
      const redacted = redactEvent(event, redact);
      assert.ok(!JSON.stringify(redacted).includes(secret), event.kind);
      assert.match(JSON.stringify(redacted), /\[redacted\]/);
      const { kind, at, source } = event;
      assert.deepEqual([redacted.kind, redacted.at, redacted.source], [kind, at, source]);
    }
    const [sent] = events;
    assert.ok(sent?.kind === 'push.sent');
    const redacted = redactEvent(sent, redact);
    assert.ok(redacted.kind === 'push.sent');
    assert.deepEqual(
      [redacted.payloadSha256, redacted.payloadBytes, redacted.sendId],
      [sent.payloadSha256, sent.payloadBytes, sent.sendId],
    );
  });
});
