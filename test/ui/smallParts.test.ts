import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lintPayload } from '../../src/core/payload/lint';
import type { Explanation } from '../../src/core/verdict/verdict';
import { explanationMarkdown, explanationText } from '../../src/ui/deliveryTooltip';
import { decodePayload, documentPosition, payloadTextOf } from '../../src/ui/payloadText';
import { describeErrors } from '../../src/ui/sendAnyway';
import { targetName } from '../../src/ui/targets';
import { timelineHtml } from '../../src/ui/timelineHtml';

describe('where Send goes', () => {
  it('is named with its environment, unless the name says it', () => {
    assert.equal(targetName({ label: 'Virtual iPhone', environment: 'virtual' }), 'Virtual iPhone');
    assert.equal(targetName({ label: 'My iPhone', environment: 'production' }), 'My iPhone (production)');
  });
});

describe('the question before sending errors', () => {
  const errorsOf = (text: string) => lintPayload(text).findings.filter(({ severity }) => severity === 'error');
  const detailOf = (text: string) => describeErrors(errorsOf(text)).detail;

  it('says what may come of it, but only once', () => {
    assert.match(detailOf('{"aps":{}'), /\. APNs or the app may refuse it\.$/);
    const tooLarge = detailOf(JSON.stringify({ aps: {}, filler: 'x'.repeat(6000) }));
    assert.match(tooLarge, /APNs answers 413 PayloadTooLarge/);
    assert.doesNotMatch(tooLarge, /may refuse/);
  });

  it('counts the errors', () => {
    const [error] = errorsOf('');
    assert.ok(error);
    assert.equal(describeErrors([error]).message, 'This payload has an error.');
    assert.equal(describeErrors([error, error]).message, 'This payload has 2 errors.');
  });
});

describe('payload text', () => {
  const document = (encoding: string) => ({ encoding, getText: () => '{}' });

  it('has the byte order mark that VS Code hides', () => {
    assert.equal(payloadTextOf(document('utf8')), '{}');
    assert.equal(payloadTextOf(document('utf8bom')), '\uFEFF{}');
  });

  it('shows findings where they are in the editor', () => {
    const at = (line: number, character: number) => ({ line, character });
    assert.deepEqual(documentPosition(document('utf8'), at(0, 3)), at(0, 3));
    assert.deepEqual(documentPosition(document('utf8bom'), at(0, 3)), at(0, 2));
    assert.deepEqual(documentPosition(document('utf8bom'), at(0, 0)), at(0, 0));
    assert.deepEqual(documentPosition(document('utf8bom'), at(1, 3)), at(1, 3));
  });

  it('is UTF-8 or nothing', () => {
    assert.equal(decodePayload(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b])), '\uFEFF{');
    assert.equal(decodePayload(new Uint8Array([0xff, 0xfe])), undefined);
  });
});

describe('explanations', () => {
  const explanation: Explanation = {
    summary: 'Killed: <b>no</b> call was *reported*.',
    why: ['[click](command:evil) $(bug)'],
    nextSteps: ['Report first.'],
    links: [{ title: 'Apple', url: 'https://developer.apple.com/forums/thread/817976' }],
  };

  it('cannot bring markup of their own into a tooltip', () => {
    const markdown = explanationMarkdown(explanation);
    assert.ok(!/[^\\]\[click\]/.test(markdown), markdown);
    assert.ok(!/[^\\]<b/.test(markdown), markdown);
    assert.ok(!/[^\\]\$\\?\(bug/.test(markdown), markdown);
    assert.match(markdown, /\[Apple\]\(https:\/\/developer\.apple\.com\/forums\/thread\/817976\)/);
  });

  it('are copied as plain text', () => {
    assert.equal(
      explanationText(explanation),
      [
        'Killed: <b>no</b> call was *reported*.',
        '',
        'Why:',
        '- [click](command:evil) $(bug)',
        '',
        'Next steps:',
        '- Report first.',
        '',
        'Sources:',
        '- Apple: https://developer.apple.com/forums/thread/817976',
      ].join('\n'),
    );
  });
});

describe('the page of the timeline', () => {
  const html = timelineHtml({
    script: 'https://x/timeline.js',
    style: 'https://x/timeline.css',
    cspSource: 'https://x',
    nonce: 'n0',
  });

  it('loads nothing but its own script and style', () => {
    assert.match(
      html,
      /default-src 'none'; style-src https:\/\/x; script-src 'nonce-n0'; font-src https:\/\/x; img-src https:\/\/x"/,
    );
    assert.ok(!html.includes('unsafe'));
    assert.deepEqual([...html.matchAll(/<script[^>]*>/g)].map(String), [
      '<script nonce="n0" src="https://x/timeline.js">',
    ]);
  });
});
