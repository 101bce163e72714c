import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EventKind, PushSentEvent, VoipEvent } from '../../../src/core/events/event';
import {
  createRecordingReader,
  encodeEvent,
  encodeRecordingHeader,
  readRecordingHeader,
} from '../../../src/core/recording/recordingFormat';
import { fc, runs } from '../../propertyRuns';

const HEADER = { tool: '0.1.0', targets: ['Virtual iPhone'], at: 1_788_855_094_092_155 };

const base = {
  at: 1_788_855_094_092_155,
  arrivedAt: 1_788_855_094_192_155,
  loggedAt: 1_788_855_094_092_154,
  machTimestamp: 30_709_896_905_325,
  source: 'device.ndjson',
  line: '{"a":1}',
};
const app = { ...base, bundleId: 'com.example.app', process: 'Example', pid: 4711 };
const answer = { ...base, sendId: 's1', latencyMs: 31.5, apnsId: 'a1', apnsUniqueId: 'u1' };
const ids = { pushId: 'p1', callId: 'c1' };

const SENT: Required<PushSentEvent> = {
  ...base,
  kind: 'push.sent',
  origin: 'https://127.0.0.1:2197',
  sendId: 's1',
  transport: 'virtual',
  target: 'Virtual iPhone',
  environment: 'virtual',
  bundleId: 'com.example.app',
  deviceToken: '0123abcd…',
  payload: '{"aps":{},"n":12345678901234567890}\r\n\u2028',
  payloadBytes: 40,
  payloadSha256: 'ab',
  ...ids,
  apnsId: 'a1',
  logSource: 'virtual-iphone',
  headers: { 'apns-topic': 'com.example.app.voip' },
};

/** Every kind with every field it can have: total, so that a new kind needs a line here too. */
const FULL_EVENTS: { readonly [K in EventKind]: Required<Extract<VoipEvent, { readonly kind: K }>> } = {
  'push.sent': SENT,
  'push.accepted': { ...answer, kind: 'push.accepted' },
  'push.rejected': {
    ...answer,
    kind: 'push.rejected',
    status: 410,
    reason: 'Unregistered',
    unregisteredSince: 1_788_855_094_000_000,
    exitCode: 22,
  },
  'push.failed': { ...answer, kind: 'push.failed', code: 'ECONNREFUSED', message: 'Nothing listens there.' },
  'push.arrived': { ...base, kind: 'push.arrived', bundleId: 'com.example.app' },
  'app.launched': { ...base, kind: 'app.launched', bundleId: 'com.example.app' },
  'push.waiting': { ...base, kind: 'push.waiting', bundleId: 'com.example.app' },
  'push.delivering': { ...base, kind: 'push.delivering', bundleId: 'com.example.app', count: 1 },
  'call.added': { ...base, kind: 'call.added', bundleId: 'com.example.app', callId: 'c1' },
  'launch.blocked': { ...base, kind: 'launch.blocked', bundleId: 'com.example.app', deliveredAnyway: false },
  'app.installed': { ...base, kind: 'app.installed', bundleId: 'com.example.app' },
  'push.received': {
    ...app,
    ...ids,
    kind: 'push.received',
    mustReport: 'unknown',
    via: 'legacy',
    appState: 'background',
    onCall: false,
    mayReportUnseen: true,
  },
  'call.reporting': { ...app, ...ids, kind: 'call.reporting', api: 'CallKit' },
  'call.reported': {
    ...app,
    ...ids,
    kind: 'call.reported',
    api: 'LiveCommunicationKit',
    error: { domain: 'com.apple.CallKit.error.incomingcall', code: 2, text: 'exists' },
  },
  'handler.returned': { ...app, ...ids, kind: 'handler.returned', isAsync: true },
  'handler.completed': { ...app, ...ids, kind: 'handler.completed' },
  'app.terminated': { ...app, kind: 'app.terminated', cause: '0xbaadca11' },
  'push.token': { ...app, kind: 'push.token', deviceToken: '0123abcd…', environment: 'sandbox' },
  'crash.saved': { ...base, kind: 'crash.saved', path: '/var/mobile/Library/Logs/CrashReporter/Example.ips' },
  'source.started': { ...base, kind: 'source.started', clockPace: 'scaled' },
  'source.gap': { ...base, kind: 'source.gap', from: 1_788_855_093_000_000, why: 'disconnected' },
  'source.ended': { ...base, kind: 'source.ended', why: 'end of file' },
};

/** Fields that every event of its kind has. */
const REQUIRED: ReadonlySet<string> = new Set(
  'kind at source sendId transport target environment payload payloadBytes payloadSha256 headers latencyMs code message count deliveredAnyway mustReport via api cause deviceToken path from why'.split(
    ' ',
  ),
);
/** Fields with a vocabulary of their own, and secrets, which are changed on purpose. */
const FIXED: ReadonlySet<string> = new Set(
  'kind transport environment mustReport via appState api cause error deviceToken headers clockPace'.split(' '),
);

/** Events of the same kind with other texts and numbers, and without some of the fields that may be missing. */
function varied(full: VoipEvent): fc.Arbitrary<VoipEvent> {
  const isRequired = (name: string): boolean =>
    REQUIRED.has(name) ||
    (name === 'bundleId' && ['push.sent', 'app.installed'].includes(full.kind)) ||
    (name === 'environment' && full.kind === 'push.sent');
  const fields = Object.entries(full).map(([name, value]: readonly [string, unknown]) => {
    const changed = FIXED.has(name) ? fc.constant(value) : like(value);
    return fc.tuple(fc.constant(name), isRequired(name) ? changed : fc.option(changed, { nil: undefined }));
  });
  return fc
    .tuple(...fields)
    .map((entries) => Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as unknown as VoipEvent);
}

function like(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value === 'string') return fc.string({ unit: 'grapheme' });
  if (typeof value === 'boolean') return fc.boolean();
  // JSON has no negative zero.
  return fc.maxSafeInteger().map((number) => number || 0);
}

function readEvents(...lines: string[]) {
  const reader = createRecordingReader();
  reader.read(encodeRecordingHeader(HEADER));
  return lines.map((line) => reader.read(line));
}

describe('recording format', () => {
  it('writes the documented header', () => {
    assert.equal(
      encodeRecordingHeader(HEADER),
      '{"format":"voip-push-recording","version":1,"tool":"0.1.0","targets":["Virtual iPhone"],"at":1788855094092155}',
    );
    assert.deepEqual(createRecordingReader().read(encodeRecordingHeader(HEADER)), {
      header: { ...HEADER, version: 1 },
    });
  });

  for (const event of Object.values(FULL_EVENTS)) {
    it(`keeps every field of ${event.kind}`, () => {
      const line = encodeEvent(event);
      assert.ok(!line.includes('\n'));
      assert.deepEqual(readEvents(line), [{ event }]);
    });
  }

  it('reads events with only their required fields', () => {
    const event = { kind: 'source.started', at: 1, source: 'a' } as const;
    assert.deepEqual(readEvents(encodeEvent(event)), [{ event }]);
  });

  it('drops keys it does not know, at the top and inside', () => {
    const event = FULL_EVENTS['call.reported'];
    const line = JSON.stringify({ ...event, later: 1, error: { ...event.error, later: 2 } });
    assert.deepEqual(readEvents(line), [{ event }]);
  });

  const notEvents: readonly (readonly [name: string, line: string, note: string])[] = [
    ['an unknown kind', '{"kind":"push.dreamt","at":1,"source":"a"}', 'event kind "push.dreamt" is not known'],
    ['a key of every object', '{"kind":"constructor"}', 'event kind "constructor" is not known'],
    ['a torn line', '{"kind":"push.acc', 'not JSON'],
    ['a number', '17', 'not an event'],
    ['null', 'null', 'not an event'],
    [
      'a time that is no integer',
      '{"kind":"source.started","at":1.5,"source":"a"}',
      'source.started: at: Invalid safe integer: Received 1.5',
    ],
    [
      'a missing field',
      '{"kind":"source.ended","at":1,"source":"a"}',
      'source.ended: why: Invalid key: Expected "why" but received undefined',
    ],
  ];
  for (const [name, line, note] of notEvents) {
    it(`leaves out ${name} with a note, and goes on`, () => {
      const event = FULL_EVENTS['push.arrived'];
      assert.deepEqual(readEvents(line, encodeEvent(event)), [{ note }, { event }]);
    });
  }

  it('reads a newer version as far as it understands it, and says so', () => {
    const reader = createRecordingReader();
    const first = reader.read('{"format":"voip-push-recording","version":2,"tool":["moved"],"at":"soon"}');
    assert.deepEqual(first.header, { version: 2, tool: 'unknown', targets: [], at: 0 });
    assert.match(first.note ?? '', /newer version .*recording version 2, this one knows 1/);
    const event = FULL_EVENTS['push.received'];
    assert.deepEqual(reader.read(encodeEvent(event)), { event });
  });

  for (const first of ['', '   ']) {
    it(`does not take ${JSON.stringify(first)} for the header`, () => {
      const reader = createRecordingReader();
      assert.deepEqual(reader.read(first), {});
      assert.equal(reader.read(encodeRecordingHeader(HEADER)).header?.version, 1);
    });
  }

  it('calls a text without header no recording, to its end', () => {
    const reader = createRecordingReader();
    const note = 'not a recording: the header line is missing';
    assert.deepEqual(reader.read('{"timestamp":"2026-09-08 10:11:34.092155+0200"}'), { note });
    assert.deepEqual(reader.read(encodeEvent(FULL_EVENTS['push.arrived'])), { note });
  });

  for (const line of ['{"format":"voip-push-recording","version":0}', '{"format":"other","version":1}', '[]', '{']) {
    it(`sees no header in ${line}`, () => assert.equal(readRecordingHeader(line), undefined));
  }

  it('never writes credentials, whatever an event holds', () => {
    const token = '0123abcd'.repeat(8);
    const jwt = 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJURUFNIn0.c2lnbmF0dXJl';
    const leaking: PushSentEvent = {
      ...SENT,
      deviceToken: token,
      line: `POST /3/device/${token} bearer ${jwt}`,
      headers: { authorization: `bearer ${jwt}`, Authorization: `bearer ${jwt}`, 'apns-id': 'a1' },
    };
    const line = encodeEvent(leaking);
    assert.ok(!line.includes(token));
    assert.ok(!line.includes('eyJhbGci'));
    const [read] = readEvents(line);
    assert.ok(read?.event?.kind === 'push.sent');
    assert.deepEqual(read.event.headers, { 'apns-id': 'a1' });
    assert.equal(read.event.deviceToken, '0123abcd…');
    assert.ok(!encodeEvent({ ...FULL_EVENTS['push.received'], line: `token ${token}` }).includes(token));
  });

  it('round-trips any event, whatever its texts, numbers and missing fields', () => {
    const anyEvent = fc.constantFrom(...Object.values(FULL_EVENTS)).chain((full) => varied(full));
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        const lines = events.map(encodeEvent);
        assert.ok(lines.every((line) => !/[\r\n]/.test(line)));
        assert.deepEqual(
          readEvents(...lines),
          events.map((event) => ({ event })),
        );
      }),
      { numRuns: runs(500) },
    );
  });

  it('never throws, and gives an event, a header, a note or nothing for any line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.json(), fc.constantFrom('{"kind":"push.sent"}', '{}'))),
        (lines) => {
          const reader = createRecordingReader();
          reader.read(encodeRecordingHeader(HEADER));
          for (const line of lines) {
            const read = reader.read(line);
            assert.ok(line.trim() === '' || read.event !== undefined || read.note !== undefined);
          }
        },
      ),
    );
  });
});
