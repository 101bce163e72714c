import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markdownReport } from '../../../src/core/export/markdownReport';
import { codeBlock, escapeMarkdown } from '../../../src/core/export/markdownText';
import { buildTimeline } from '../../../src/core/timeline/timeline';
import { unjoinedWords } from '../../../src/core/timeline/unjoinedWords';
import { fc } from '../../propertyRuns';
import { hostileText, STORY_TIMELINES, timelineOf } from './timelines';

/** What is outside of fenced blocks; a block must end with the very fence it began with. */
function prose(report: string): readonly string[] {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of report.split('\n')) {
    const [run = ''] = /^`{3,}/.exec(line) ?? [];
    if (fence === undefined && run !== '') fence = run;
    else if (fence !== undefined && line === fence) fence = undefined;
    else if (fence === undefined) lines.push(line);
    else assert.ok(run.length < fence.length, 'nothing in a block ends it');
  }
  assert.equal(fence, undefined, 'every block ends');
  return lines;
}

/** Without what a backslash makes a plain character, and without the links of the product itself. */
function unescaped(line: string): string {
  return line
    .replace(/\[(?:\\.|[^\\[\]])*\]\(<https:\/\/[\w./-]+>\)/g, '')
    .replace(/<details><summary>Evidence, \d+ events?<\/summary>|<\/details>/g, '')
    .replace(/^\| /, '')
    .replace(/\\./g, '°')
    .replace(/&(?:amp|#8203);/g, '\u200B');
}

function checkInert(report: string): void {
  for (const line of prose(report).filter((each) => each !== '|---|---|---|---|---|---|')) {
    const rest = unescaped(line);
    if (line !== '**What to do**') assert.doesNotMatch(rest.replace(/ \|(?= |$)/g, ''), /[<>[\]`_~$*|]/, line);
    assert.doesNotMatch(rest, /@[\w-]|#\d|\bGH-\d|:\/\/|\bwww\.[^\u200B]|&/i, line);
    if (line.startsWith('| ')) assert.equal(line.replace(/\\./g, '').split('|').length, 8, line);
    if (line.startsWith('#')) assert.match(line, /^###? \S/);
  }
}

describe('the Markdown report', () => {
  it('begins with the counts and has a row a delivery', () => {
    for (const timeline of STORY_TIMELINES) {
      const report = markdownReport(timeline);
      checkInert(report);
      assert.match(report, /^## VoIP push deliveries\n\n\d+ deliver(y|ies): \d+ flagged, \d+ inconclusive\./);
      assert.equal(report.includes(' to no push that was seen.\n'), unjoinedWords(timeline) !== undefined);
      const rows = prose(report).filter((line) => /^\| \S/.test(line) && !line.startsWith('| Verdict'));
      assert.equal(rows.length, timeline.deliveries.length);
      const sections = prose(report).filter((line) => line.startsWith('### '));
      assert.equal(sections.length, timeline.flagged);
    }
  });

  it('says for what is flagged why, what to do, and by which evidence', () => {
    const report = markdownReport(timelineOf('com.example.app'));
    assert.match(report, /### ✖ Killed: com\.example\.app, 2026-01-01T00:00:00\.001000Z\n\nKilled: /);
    assert.match(report, /\n\*\*What to do\*\*\n\n1\. \S/);
    assert.match(report, /<summary>Evidence, \d events<\/summary>\n\n```text\n\+0 {2}sender: Sent, /);
  });

  it('has no table without deliveries', () => {
    assert.equal(
      markdownReport(buildTimeline([])),
      '## VoIP push deliveries\n\n0 deliveries: 0 flagged, 0 inconclusive.\n',
    );
  });

  it('tells of call reports that belong to no push', () => {
    const event = { at: 1, source: 'a.log', kind: 'call.reporting', api: 'CallKit' } as const;
    const report = markdownReport({ deliveries: [], unjoined: [event, event], flagged: 0, inconclusive: 0 });
    assert.match(report, /0 inconclusive\. 2 call reports belong to no push that was seen\.\n/);
  });

  it('stays small enough for a comment, and says what it leaves out', () => {
    const one = timelineOf('com.example.app').deliveries.filter(({ verdict }) => verdict.severity === 'error');
    const deliveries = Array.from({ length: 1000 }, (_, index) => one[index % one.length]).filter(
      (each) => each !== undefined,
    );
    const report = markdownReport({ deliveries, unjoined: [], flagged: 1000, inconclusive: 0 });
    assert.ok(report.includes('\n700 more deliveries are left out of the table. The JSON has all of them.\n'));
    assert.ok(report.endsWith('\n980 more flagged deliveries have no section of their own here.\n'));
    assert.ok(report.length < 100_000, String(report.length));
  });

  it('shows text out of logs as it is: no markup, no HTML, no mention, no link, no cell', () => {
    fc.assert(fc.property(hostileText, (text) => checkInert(markdownReport(timelineOf(text)))));
  });

  const lines: readonly (readonly [text: string, escaped: string])[] = [
    ['com.example.app', 'com.example.app'],
    ['a | b', 'a \\| b'],
    ['<b> & co', '\\<b\\> &amp; co'],
    ['@octocat', '@&#8203;octocat'],
    ['me@example.com', 'me@&#8203;example.com'],
    ['#12', '\\#&#8203;12'],
    ['fixes GH-12 and #1', 'fixes GH-&#8203;12 and #&#8203;1'],
    ['https://x.example', 'https:&#8203;//x.example'],
    ['1. first', '1\\. first'],
    ['- item', '\\- item'],
    ['two\nlines', 'two lines'],
  ];
  for (const [text, escaped] of lines) {
    it(`writes ${JSON.stringify(text)} as ${escaped}`, () => assert.equal(escapeMarkdown(text), escaped));
  }

  it('makes a fence longer than every other', () => {
    assert.equal(codeBlock('a ```` b', 'text'), '`````text\na ```` b\n`````');
  });
});
