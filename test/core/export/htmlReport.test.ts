import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cleanText } from '../../../src/core/export/cleanText';
import { htmlReport } from '../../../src/core/export/htmlReport';
import { buildTimeline } from '../../../src/core/timeline/timeline';
import { fc } from '../../propertyRuns';
import { all, type MarkupElement, parseMarkup } from './markup';
import { hostileText, STORY_TIMELINES, timelineOf } from './timelines';

const TOOL = 'VoIP Push Debugger 0.1.0';

const ELEMENTS = new Set(
  'html head meta title style body header main h1 h2 h3 p div span a table thead tbody tr th td details summary ul ol li pre dl dt dd'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  'lang charset http-equiv content name class id href rel scope open tabindex role aria-labelledby aria-hidden'.split(
    ' ',
  ),
);

function checkPage(page: string): readonly MarkupElement[] {
  // The style has `>` and braces, and no text of anybody else.
  const elements = all(parseMarkup(page));
  for (const { name, attributes } of elements) {
    assert.ok(ELEMENTS.has(name), name);
    for (const key of Object.keys(attributes)) assert.ok(ATTRIBUTES.has(key), key);
    const { href } = attributes;
    if (href !== undefined) assert.match(href, /^(#delivery-\d+|https:\/\/developer\.apple\.com\/[\w./#-]*)$/);
  }
  const ids = elements.flatMap(({ attributes }) => attributes['id'] ?? []);
  assert.equal(new Set(ids).size, ids.length);
  for (const { attributes } of elements) {
    if (attributes['href']?.startsWith('#')) assert.ok(ids.includes(attributes['href'].slice(1)));
  }
  return elements;
}

describe('the HTML report', () => {
  it('has a row and a fold for each delivery; what is flagged is open', () => {
    for (const timeline of STORY_TIMELINES) {
      const elements = checkPage(htmlReport(timeline, TOOL));
      const folds = elements.filter(({ name, attributes }) => name === 'details' && attributes['class'] !== 'raw');
      assert.equal(folds.length, timeline.deliveries.length);
      const open = folds.map(({ attributes }) => 'open' in attributes);
      assert.deepEqual(
        open,
        timeline.deliveries.map(({ verdict }) => verdict.severity === 'error'),
      );
    }
  });

  it('allows nothing to be loaded or run', () => {
    const metas = checkPage(htmlReport(timelineOf('x'), TOOL)).filter(({ name }) => name === 'meta');
    const policy = metas.find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy');
    assert.match(policy?.attributes['content'] ?? '', /^default-src 'none'; style-src 'unsafe-inline';/);
  });

  it('has why, what to do, evidence, payload, request and answer', () => {
    const headings = checkPage(htmlReport(timelineOf('{"aps":{}}'), TOOL)).filter(({ name }) => name === 'h3');
    const words = new Set(headings.map(({ text }) => text));
    assert.deepEqual(
      [...words].sort(),
      ['Answer', 'Evidence', 'Payload', 'Request', 'Sources', 'What to do', 'Why'].sort(),
    );
  });

  it('says that there is nothing', () => {
    assert.ok(htmlReport(buildTimeline([]), TOOL).includes('<p>There are no deliveries.</p>'));
  });

  it('shortens tokens in payloads, and says so', () => {
    const token = 'ab'.repeat(32);
    const page = htmlReport(timelineOf(`{"token":"${token}"}`), TOOL);
    const payloads = page.split('<h3>Payload</h3>').slice(1);
    assert.equal(payloads.length, 2);
    for (const part of payloads) {
      assert.ok(part.includes('abababab…'));
      assert.ok(part.includes('tokens in it are shortened here'));
    }
  });

  it('shows text as it is, whatever it is', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const elements = checkPage(htmlReport(timelineOf(text), TOOL));
        const words = elements.find(({ name }) => name === 'body')?.text ?? '';
        assert.ok(words.includes(cleanText(text)));
      }),
    );
  });
});
