import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VoipEvent } from '../../../src/core/events/event';
import { answerEvent, pushSentEvent } from '../../../src/core/events/sending';
import { buildTimeline, type Timeline } from '../../../src/core/timeline/timeline';
import { fc } from '../../propertyRuns';
import { parseSituations, STORY_START } from '../situation';

const FOLDER = join('test', 'core', 'situations');

/** The timeline of every story there is: between them they have every verdict. */
export const STORY_TIMELINES: readonly Timeline[] = readdirSync(FOLDER)
  .flatMap((file) => parseSituations(readFileSync(join(FOLDER, file), 'utf8')))
  .map(({ events, now }) => buildTimeline(events, now === undefined ? {} : { now }));

/** A killed delivery, a rejected one and one reported with an error, with `text` wherever anybody else's text can be. */
export function timelineOf(text: string): Timeline {
  const source = text;
  const app = { source, bundleId: text, process: text, line: text };
  const received = { kind: 'push.received', ...app, mustReport: true, via: 'metadata' } as const;
  const sent = pushSentEvent({
    at: STORY_START,
    source,
    sendId: 'a',
    transport: 'apns',
    target: text,
    environment: 'sandbox',
    bundleId: text,
    deviceToken: 'abcdef01…',
    payload: text,
    payloadBytes: 1,
    payloadSha256: 'ab'.repeat(32),
    headers: { [text]: text },
  });
  const rejected = { ...sent, sendId: 'b', at: STORY_START + 60_000_000 };
  const events: VoipEvent[] = [
    { kind: 'source.started', at: STORY_START - 1_000_000, source },
    sent,
    { ...received, at: STORY_START + 1_000 },
    { kind: 'app.terminated', at: STORY_START + 7_003_000, ...app, cause: 'callservicesd-kill' },
    rejected,
    answerEvent(rejected, { kind: 'rejected', latencyMs: 12, body: text, reason: text, status: 400 }, rejected.at + 1),
    { ...received, at: STORY_START + 120_000_000 },
    {
      kind: 'call.reported',
      at: STORY_START + 120_002_000,
      ...app,
      api: 'CallKit',
      error: { domain: text, code: 1, text },
    },
    { kind: 'source.ended', at: STORY_START + 200_000_000, source, why: text },
  ];
  return buildTimeline(events);
}

/** Text that wants to be more than text, and any other. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    ']]><!--',
    '&lt;b&gt; &amp; &#x3c;',
    '| a | b |\n|---|---|',
    '[link](https://evil.example) ![image](https://evil.example/x.png)',
    '@octocat closes #1, GH-2, https://evil.example www.evil.example',
    '# heading\n## heading',
    '1. item\n- item',
    '```\n</details>',
    '~~~~ `` ``` ````',
    'end',
    'A->>B: no; Note over A: %% comment #59; #quot;\nparticipant X',
    'lifestyle: x#1;',
    '\u0000\u0001\u001b[31m\u0085\u202e\u2028\ud800\ufffe\r',
    '{0} {{1}} [a](1)',
  ),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      "'",
      '|',
      '`',
      '*',
      '_',
      '[',
      ']',
      '(',
      ')',
      '@',
      '#',
      ';',
      ':',
      '%',
      '-',
      '\n',
      'a',
      ' ',
    ),
  }),
);
