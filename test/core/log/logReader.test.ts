import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VoipEvent } from '../../../src/core/events/event';
import { createLogReader, LINE_MATCHERS } from '../../../src/core/log/logReader';
import { parseNdjsonLine } from '../../../src/core/log/ndjson';
import { redactLine } from '../../../src/core/log/redact';
import { parseLogTimestamp } from '../../../src/core/log/timestamp';
import { fc, runs } from '../../propertyRuns';
import { ndjsonLine, noiseLine } from '../logLines';

const AT = Date.UTC(2026, 8, 8, 8, 11, 34) * 1000 + 92_155;

describe('parseLogTimestamp', () => {
  const cases: readonly [text: string, expected: number | undefined][] = [
    ['2026-09-08 10:11:34.092155+0200', AT],
    ['2026-09-08 08:11:34.092155+0000', AT],
    ['2026-09-08T08:11:34.092155Z', AT],
    ['2026-09-08 04:41:34.092155-0330', AT],
    ['2026-09-08 10:11:34.092+02:00', AT - 155],
    ['2026-09-08 10:11:34+0200', AT - 92_155],
    ['2026-09-08 10:11:34.092155', undefined],
    ['2026-02-31 10:11:34.092155+0200', undefined],
    ['2026-09-08 25:11:34.092155+0200', undefined],
    // Microseconds of such a year are no exact numbers.
    ['3026-09-08 10:11:34.092155+0200', undefined],
    ['0026-09-08 10:11:34.092155+0200', undefined],
    ['Timestamp', undefined],
    ['', undefined],
  ];
  for (const [text, expected] of cases) {
    it(text || '(empty)', () => assert.equal(parseLogTimestamp(text), expected));
  }
});

describe('every line the product understands', () => {
  const processOf = (example: string): string => {
    if (/^\*\*\*|^voip-push/.test(example)) return '/var/containers/Example.app/Example';
    if (example.startsWith('Saved type')) return '/usr/libexec/osanalyticshelper';
    return example.startsWith('Added') ? '/System/Library/SpringBoard' : '/usr/libexec/callservicesd';
  };

  for (const { example, needle } of LINE_MATCHERS) {
    it(`has an example that it recognises: ${needle}`, () => {
      assert.doesNotMatch(needle, /["\\/]/, 'JSON would escape it');
      const event = readOne(
        ndjsonLine(AT, { processImagePath: processOf(example), processID: 7, eventMessage: example }),
      );
      assert.equal(event?.at, AT);
    });
  }

  const hidden: readonly [message: string, expected: Partial<Record<string, unknown>>][] = [
    [
      'Received incoming APS message from application with bundle identifier <private> and topic <private>',
      { kind: 'push.arrived', bundleId: undefined },
    ],
    [
      'Delivering 2 VoIP payload(s) to application <private>',
      { kind: 'push.delivering', count: 2, bundleId: undefined },
    ],
    [
      'Delivering 1 VoIP payload(s) to application <CSDVoIPApplication 0x1 bundleIdentifier=com.example.app>',
      { kind: 'push.delivering', count: 1, bundleId: 'com.example.app' },
    ],
    [
      'Killing VoIP app <private> because it failed to post an incoming call in time.',
      { kind: 'app.terminated', cause: 'callservicesd-kill', bundleId: undefined },
    ],
    [
      'Application <private> will not be launched because it failed to report an incoming call too many times or repeatedly crashed. However because the app is foreground, delivering VOIP payload anyway.',
      { kind: 'launch.blocked', deliveredAnyway: true },
    ],
    [
      'Received add incoming call request from call source <private> with UUID <private> update <private>',
      { kind: 'call.added', callId: undefined },
    ],
  ];
  for (const [message, expected] of hidden) {
    it(`on a device: ${message.slice(0, 60)}`, () => {
      const event = readOne(ndjsonLine(AT, { processImagePath: '/usr/libexec/callservicesd', eventMessage: message }));
      for (const [key, value] of Object.entries(expected)) assert.equal(fieldOf(event, key), value, key);
    });
  }

  it('a push that is not VoIP is none of ours', () => {
    const message =
      'Received incoming APS message from application with bundle identifier com.example.app and topic com.example.app';
    assert.equal(
      readOne(ndjsonLine(AT, { processImagePath: '/usr/libexec/callservicesd', eventMessage: message })),
      undefined,
    );
  });

  it('the same words from another process are not the system’s', () => {
    const message = 'Killing VoIP app com.example.app because it failed to post an incoming call in time.';
    assert.equal(readOne(ndjsonLine(AT, { processImagePath: '/bin/grep', eventMessage: message })), undefined);
  });
});

describe('the probe', () => {
  const cases: readonly [text: string, expected: Partial<Record<string, unknown>> | undefined][] = [
    [
      'voip-push 1 {"e":"received","mustReport":true,"push":"P1","call":"ABC","state":"background","onCall":false,"via":"metadata"}',
      { kind: 'push.received', mustReport: true, pushId: 'P1', callId: 'abc', appState: 'background', via: 'metadata' },
    ],
    ['voip-push 1 {"e":"received","via":"legacy"}', { kind: 'push.received', mustReport: 'unknown', via: 'legacy' }],
    ['voip-push 1 {"e":"received","mustReport":"yes"}', { kind: 'push.received', mustReport: 'unknown' }],
    [
      'voip-push 1 {"e":"reporting","api":"LiveCommunicationKit"}',
      { kind: 'call.reporting', api: 'LiveCommunicationKit' },
    ],
    ['[Example] voip-push 1 {"e":"completed"}', { kind: 'handler.completed' }],
    ['voip-push 1 {"e":"returned","async":true}', { kind: 'handler.returned', isAsync: true }],
    ['voip-push 1 {"e":"tomorrow"}', undefined],
    ['voip-push 1 {"e":"received"', undefined],
    ['voip-push 1 []', undefined],
    ['voip-push 1 null', undefined],
    ['voip-push 2 {"e":"received"}', undefined],
  ];
  for (const [message, expected] of cases) {
    it(message, () => {
      const event = readOne(ndjsonLine(AT, { processImagePath: '/x/Example', processID: 7, eventMessage: message }));
      if (expected === undefined) assert.equal(event, undefined);
      for (const [key, value] of Object.entries(expected ?? {})) assert.equal(fieldOf(event, key), value, key);
    });
  }
});

describe('createLogReader', () => {
  it('says from when to when the log was watched', () => {
    const reader = createLogReader({ source: 'device.ndjson' });
    assert.deepEqual(reader.read('Filtering the log data using "subsystem == "com.example""'), []);
    assert.deepEqual(reader.read(noiseLine(AT)), [{ kind: 'source.started', at: AT, source: 'device.ndjson' }]);
    assert.deepEqual(reader.read(noiseLine(AT + 5)), []);
    assert.deepEqual(reader.read('{"count":2,"finished":1}'), []);
    assert.deepEqual(reader.end('end of file'), [
      { kind: 'source.ended', at: AT + 5, source: 'device.ndjson', why: 'end of file' },
    ]);
  });

  it('keeps no secret of a line', () => {
    const token = 'ab'.repeat(40);
    const jwt = 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJURUFNIn0.c2lnbmF0dXJl';
    const line = redactLine(`token ${token} authorization: bearer ${jwt}`);
    assert.equal(line, 'token abababab… authorization: bearer <provider token>');
  });

  it('never throws, and gives nothing for what is not a record', () => {
    const fragments = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom(...LINE_MATCHERS.map(({ example }) => example), 'voip-push 1 {', '{"timestamp":"', noiseLine(AT)),
    );
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 5 }), (parts) => {
        const reader = createLogReader({ source: 'x' });
        const line = parts.join('');
        const events = [...reader.read(line), ...reader.end('end')];
        if (parseNdjsonLine(line) === undefined) assert.deepEqual(events, []);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('never throws on a mutated record', () => {
    const lines = LINE_MATCHERS.map(({ example }) =>
      ndjsonLine(AT, { processImagePath: '/usr/libexec/callservicesd', eventMessage: example }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...lines), fc.nat(), fc.nat(20), fc.string(), (line, at, cut, insert) => {
        const from = at % line.length;
        createLogReader({ source: 'x' }).read(line.slice(0, from) + insert + line.slice(from + cut));
      }),
      { numRuns: runs(2000) },
    );
  });
});

/** The evidence in one line of a log that is being watched. */
function readOne(line: string): VoipEvent | undefined {
  return createLogReader({ source: 'test' })
    .read(line)
    .find(({ kind }) => kind !== 'source.started');
}

function fieldOf(event: VoipEvent | undefined, key: string): unknown {
  assert.ok(event, 'the line is evidence');
  return Object.entries(event).find(([name]) => name === key)?.[1];
}
