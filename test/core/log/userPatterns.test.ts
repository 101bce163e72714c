import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileLinearPattern } from '../../../src/adapters/linearPattern';
import type { VoipEvent } from '../../../src/core/events/event';
import { literalNeedle } from '../../../src/core/log/literalNeedle';
import { createLogReader } from '../../../src/core/log/logReader';
import { userMatchers } from '../../../src/core/log/userMatchers';
import { readUserPatterns } from '../../../src/core/log/userPatterns';
import { fc, runs } from '../../propertyRuns';
import { ndjsonLine, noiseLine } from '../logLines';

const AT = Date.UTC(2026, 8, 8, 8, 11, 34) * 1000;

function problemsOf(setting: unknown): readonly string[] {
  const { patterns, problems } = readUserPatterns(setting);
  return [...problems, ...userMatchers(patterns, compileLinearPattern).problems];
}

describe('a setting that is not right', () => {
  const good = { pattern: 'got push', event: 'received' };
  const cases: readonly [setting: unknown, problem: RegExp | undefined][] = [
    [undefined, undefined],
    [[], undefined],
    [[good], undefined],
    [[{ ...good, name: 'Got push', process: 'Example' }], undefined],
    ['got push', /^The log patterns must be a list\.$/],
    [['got push'], /^Log pattern 1: it must be an object with pattern and event\.$/],
    [[null], /^Log pattern 1: it must be an object/],
    [[good, { pattern: 'x' }], /^Log pattern 2: event is missing\.$/],
    [[{ event: 'received' }], /^Log pattern 1: pattern is missing\.$/],
    [
      [{ ...good, name: 'Mine', event: 'arrived' }],
      /^Log pattern 1 \("Mine"\): event must be one of received, reporting, reported, returned, completed\.$/,
    ],
    [[{ ...good, pattern: '' }], /^Log pattern 1: pattern is empty: it would match every line\.$/],
    [[{ ...good, pattern: 7 }], /^Log pattern 1: pattern must be a text: a regular expression\.$/],
    [[{ ...good, pattern: 'x'.repeat(1001) }], /pattern is longer than 1000 characters/],
    [[{ ...good, regex: 'x' }], /^Log pattern 1: regex is not known here: use name, pattern, event and process\.$/],
    [
      [{ ...good, pattern: 'got (push' }],
      /^Log pattern 1: it is not a regular expression that RE2 reads .*missing closing \)/,
    ],
    [[{ ...good, pattern: '(?=push)' }], /no look-ahead/],
    [[{ ...good, pattern: '(a)\\1' }], /back reference/],
    [
      [{ ...good, pattern: '(?:(?:a{100}){9}b){9}' }],
      /^Log pattern 1: it (?:repeats too much|is not a regular expression)/,
    ],
    [
      [{ ...good, pattern: '(?<uuid>.*)' }],
      /^Log pattern 1: the group uuid is not known for received: use pushId, callId, mustReport, state, onCall, or a group without a name\.$/,
    ],
    [
      [{ pattern: '(?<mustReport>.*)', event: 'returned' }],
      /the group mustReport is not known for returned: use pushId, callId/,
    ],
    [Array.from({ length: 101 }, () => good), /^Only the first 100 log patterns are used; there are 101\.$/],
  ];
  for (const [setting, problem] of cases) {
    it(JSON.stringify(setting)?.slice(0, 80) ?? 'undefined', () => {
      const problems = problemsOf(setting);
      if (problem === undefined) assert.deepEqual(problems, []);
      else assert.match(problems.join('\n'), problem);
    });
  }

  it('does not spoil the others', () => {
    const { patterns } = readUserPatterns([{ pattern: 'x' }, good]);
    assert.deepEqual(patterns, [{ ...good, number: 2 }]);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), (setting) => assert.ok(Array.isArray(problemsOf(setting)))));
    fc.assert(
      fc.property(fc.string(), (pattern) => assert.ok(Array.isArray(problemsOf([{ pattern, event: 'received' }])))),
      { numRuns: runs(1000) },
    );
  });
});

describe('a line that a pattern matches', () => {
  const cases: readonly [pattern: object, message: string, expected: Readonly<Record<string, unknown>> | undefined][] =
    [
      [
        { pattern: 'push (?<pushId>\\S+) call (?<callId>\\S+) must=(?<mustReport>\\w+)', event: 'received' },
        '[Calls] push P1 call ABC must=YES',
        { kind: 'push.received', pushId: 'P1', callId: 'abc', mustReport: true, via: 'metadata' },
      ],
      [
        { pattern: 'got push(?: must=(?<mustReport>\\w+))?', event: 'received' },
        'got push',
        { kind: 'push.received', mustReport: 'unknown', via: 'legacy' },
      ],
      [
        { pattern: 'state=(?<state>\\d) call=(?<onCall>\\w+)', event: 'received' },
        'push state=2 call=no',
        { appState: 'background', onCall: false },
      ],
      [
        { pattern: '(?P<api>LCK|CK) report', event: 'reporting' },
        'LCK report',
        { kind: 'call.reporting', api: 'LiveCommunicationKit' },
      ],
      [{ pattern: 'report', event: 'reporting' }, 'report', { kind: 'call.reporting', api: 'CallKit' }],
      [
        { pattern: 'report failed: (?<errorDomain>\\S+) (?<errorCode>-?\\d+)', event: 'reported' },
        'report failed: com.apple.CallKit.error.incomingcall 3',
        { kind: 'call.reported', error: { domain: 'com.apple.CallKit.error.incomingcall', code: 3 } },
      ],
      [{ pattern: 'report done', event: 'reported' }, 'report done', { kind: 'call.reported', error: undefined }],
      [{ pattern: 'handler done', event: 'returned' }, 'handler done', { kind: 'handler.returned' }],
      [{ pattern: 'completion', event: 'completed' }, 'completion', { kind: 'handler.completed' }],
      [{ pattern: 'got push', event: 'received', process: 'Other' }, 'got push', undefined],
      [{ pattern: '^got push$', event: 'received' }, 'we got push', undefined],
      [{ pattern: '(?i)GOT PUSH', event: 'received' }, 'we got push', { kind: 'push.received' }],
      [{ pattern: 'say "hi" \\d', event: 'received' }, 'say "hi" 5', { kind: 'push.received' }],
    ];
  for (const [pattern, message, expected] of cases) {
    it(`${JSON.stringify(pattern)} on ${message}`, () => {
      const event = readOne([pattern], message);
      if (expected === undefined) assert.equal(event, undefined);
      for (const [key, value] of Object.entries(expected ?? {})) assert.deepEqual(fieldOf(event, key), value, key);
    });
  }

  it('is taken by the first pattern that matches, before what the product knows', () => {
    const message = 'Incoming call successfully reported.';
    const patterns = [
      { pattern: 'Outgoing', event: 'completed' },
      { pattern: 'Incoming.*reported', event: 'reporting' },
    ];
    assert.equal(readOne(patterns, message)?.kind, 'call.reporting');
    assert.equal(readOne([], message)?.kind, 'call.reported');
  });

  it('cannot hang the capture', () => {
    const event = readOne([{ pattern: '^(?:(?:a+)+)+$', event: 'received' }], `${'a'.repeat(16_000)}!`);
    assert.equal(event, undefined);
  });
});

describe('the needle of a pattern', () => {
  const cases: readonly [pattern: string, needle: string][] = [
    ['^\\[Calls\\] got push (\\S+) for', '[Calls] got push '],
    ['got push', 'got push'],
    ['.*got push', 'got push'],
    ['(?i)got push', ''],
    ['got push|got call', ''],
    ['(?:got push|got call) now', ' now'],
    ['pushes?', 'pushe'],
    ['pushes{0,2} now', 'pushe'],
    ['got [a-z)(]+ push', ' push'],
    ['a\\d\\w', ''],
    ['got "push" now', 'got '],
    ['a/b/c', ''],
    ['\\Qa.b\\E', ''],
    ['(?<callId>[^)]+) reported', ' reported'],
    ['état du push', 'tat du push'],
    ['', ''],
  ];
  for (const [pattern, needle] of cases) {
    it(pattern || '(empty)', () => assert.equal(literalNeedle(pattern), needle));
  }

  it('is in everything that the pattern matches', () => {
    const atoms = fc.constantFrom(
      'a',
      'bcd',
      'xyz ',
      '.',
      '\\.',
      '\\d',
      '[ab]',
      '[^c)]',
      '(?:bc|d)',
      '(x)',
      '\\[',
      '|',
      '^',
      '$',
      '*',
      '+?',
      '{2}',
      '{0,1}',
      '?',
      '\\x61',
      '(?i)',
      '"',
    );
    let matched = 0;
    fc.assert(
      fc.property(
        fc.array(atoms, { maxLength: 8 }),
        fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'bcd', 'xyz ', '.', '[', '1', '"'), { maxLength: 12 }),
        (parts, letters) => {
          const pattern = parts.join('');
          const text = letters.join('');
          const compiled = compileLinearPattern(pattern);
          if (!compiled.ok || compiled.pattern.match(text) === undefined) return;
          if (literalNeedle(pattern) !== '') matched += 1;
          assert.ok(text.includes(literalNeedle(pattern)), `${pattern} on ${text}: ${literalNeedle(pattern)}`);
        },
      ),
      { numRuns: runs(20_000) },
    );
    assert.ok(matched > 20, `${matched} matches with a needle`);
  });
});

/** The evidence in one message of a log that is being watched. */
function readOne(setting: unknown, eventMessage: string): VoipEvent | undefined {
  const { patterns, problems } = readUserPatterns(setting);
  const compiled = userMatchers(patterns, compileLinearPattern);
  assert.deepEqual([...problems, ...compiled.problems], []);
  const reader = createLogReader({ source: 'test', matchers: compiled.matchers });
  reader.read(noiseLine(AT));
  return reader.read(ndjsonLine(AT, { processImagePath: '/x/Example', processID: 7, eventMessage }))[0];
}

function fieldOf(event: VoipEvent | undefined, key: string): unknown {
  assert.ok(event, 'the line is evidence');
  return Object.entries(event).find(([name]) => name === key)?.[1];
}
