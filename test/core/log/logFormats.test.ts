import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { completeTime, type HostClock } from '../../../src/core/log/hostClock';
import { LOG_FORMATS, looksDated, parseLogLine } from '../../../src/core/log/logFormat';
import { createLogReader } from '../../../src/core/log/logReader';
import { parseAnyTimestamp } from '../../../src/core/log/timestamp';
import { fc } from '../../propertyRuns';
import { ndjsonLine } from '../logLines';

const AT = Date.UTC(2026, 8, 8, 8, 11, 34) * 1000;
const PROBE = 'voip-push 1 {"e":"received","app":"com.example.app","mustReport":true,"via":"metadata"}';

/** Two hours ahead of UTC all the year, a minute after the lines. */
const CLOCK: HostClock = { now: () => AT + 60_000_000, utcOffsetMinutesAt: () => 120 };

/** Central Europe in 2026: summer time from March 29, 01:00 UTC, to October 25, 01:00 UTC. */
function berlin(now: number): HostClock {
  const [from, to] = [Date.UTC(2026, 2, 29, 1) * 1000, Date.UTC(2026, 9, 25, 1) * 1000];
  return { now: () => now, utcOffsetMinutesAt: (at) => (at >= from && at < to ? 120 : 60) };
}

interface Expected {
  readonly format: string;
  readonly us?: number;
  readonly process?: string;
  readonly pid?: number | undefined;
  readonly subsystem?: string;
  readonly message?: string;
}

const LABEL = { subsystem: 'com.example.app', category: 'voip-push' };
const APP = '/private/var/containers/Bundle/Application/0/Example.app/Example';

const LINES: readonly (readonly [name: string, line: string, expected: Expected])[] = [
  [
    'ndjson',
    ndjsonLine(AT + 92_155, {
      eventMessage: PROBE,
      processImagePath: APP,
      processID: 1234,
      subsystem: 'com.example.app',
    }),
    { format: 'ndjson', subsystem: 'com.example.app' },
  ],
  [
    'compact',
    `2026-09-08 10:11:34.092 Df Example[1234:17e385] [com.example.app:voip-push] ${PROBE}`,
    { format: 'compact', us: 92_000, subsystem: 'com.example.app' },
  ],
  [
    'compact, an error with an image and no subsystem',
    `2026-09-08 10:11:34.092 E  Example[1234:17e385] (Foundation) ${PROBE}`,
    { format: 'compact', us: 92_000 },
  ],
  [
    'default',
    `2026-09-08 10:11:34.092155+0200 0x17e385   Default     0x0                  1234   0    Example: (Foundation) [com.example.app:voip-push] ${PROBE}`,
    { format: 'default-text', subsystem: 'com.example.app' },
  ],
  [
    'default without TTL and with spaces in the name',
    `2026-09-08 08:11:34.092155+0000 0x17e385   Info        0x1f                 1234   My Example: ${PROBE}`,
    { format: 'default-text', process: 'My Example' },
  ],
  [
    'syslog style',
    `2026-09-08 10:11:34.092155+0200  localhost Example[1234]: (Foundation) [com.example.app:voip-push] <Notice>: ${PROBE}`,
    { format: 'default-text', subsystem: 'com.example.app' },
  ],
  ['idevicesyslog', `Sep  8 10:11:34.092155 Example[1234] <Notice>: ${PROBE}`, { format: 'idevicesyslog' }],
  [
    'idevicesyslog with an image',
    `Sep 08 10:11:34.092155 Example(Foundation)[1234] <Debug>: ${PROBE}`,
    { format: 'idevicesyslog' },
  ],
  [
    'idevicesyslog with a name of words',
    `Sep 8 10:11:34.092155 My Example (Beta)(Foundation)[1234] <Notice>: ${PROBE}`,
    { format: 'idevicesyslog', process: 'My Example (Beta)' },
  ],
  [
    'idevicesyslog in color',
    `\u001b[2;37mSep  8 10:11:34.092155 \u001b[1;36mExample\u001b[0;36m[1234]\u001b[0;32m <Notice>: \u001b[1;37m${PROBE}\u001b[m`,
    { format: 'idevicesyslog' },
  ],
  [
    'relay',
    `Sep  8 10:11:34 My-iPhone Example(Foundation)[1234] <Notice>: ${PROBE}`,
    { format: 'idevicesyslog-relay', us: 0 },
  ],
  [
    'relay without a device',
    `Sep  8 10:11:34 Example[1234] <Notice>: ${PROBE}`,
    { format: 'idevicesyslog-relay', us: 0 },
  ],
  [
    'pymobiledevice3',
    JSON.stringify({
      pid: 1234,
      procid: 1,
      thread_id: 2,
      timestamp: '2026-09-08T10:11:34.092155',
      level: 'NOTICE',
      image_name: '/usr/lib/Foundation',
      image_offset: 1,
      filename: APP,
      message: PROBE,
      label: LABEL,
    }),
    { format: 'pymobiledevice3-json', subsystem: 'com.example.app' },
  ],
  [
    'pymobiledevice3 in another order, without label, with a zone',
    JSON.stringify({
      label: null,
      message: PROBE,
      later: { than: 'now' },
      filename: APP,
      timestamp: '2026-09-08T08:11:34.092155+00:00',
      pid: 1234,
    }),
    { format: 'pymobiledevice3-json' },
  ],
  [
    'pymobiledevice3 as text',
    `2026-09-08 10:11:34.092155 Example{Foundation}[1234] <NOTICE>: ${PROBE}`,
    { format: 'pymobiledevice3-text' },
  ],
  [
    'go-ios ostrace',
    JSON.stringify({
      pid: 1234,
      timestamp: '2026-09-08T10:11:34.092155+02:00',
      level: 0,
      levelName: 'Default',
      threadId: 2,
      imageName: '/usr/lib/Foundation',
      imageOffset: 1,
      filename: APP,
      message: PROBE,
      label: LABEL,
    }),
    { format: 'go-ios-json', subsystem: 'com.example.app' },
  ],
  [
    'go-ios syslog --parse',
    JSON.stringify({
      timestamp: '2026-09-08T10:11:34',
      device: 'iPhone',
      process: 'Example(Foundation)',
      pid: '1234',
      level: 'Notice',
      message: PROBE,
    }),
    { format: 'go-ios-json', us: 0 },
  ],
  [
    'go-ios syslog',
    JSON.stringify({ msg: `Sep  8 10:11:34 iPhone Example(Foundation)[1234] <Notice>: ${PROBE}\n` }),
    { format: 'go-ios-json', us: 0 },
  ],
  ['Console', `default\t10:11:34.092155+0200\tExample\t${PROBE}`, { format: 'console', pid: undefined }],
];

describe('log formats', () => {
  for (const [name, line, expected] of LINES) {
    it(`reads ${name}, found out from the content`, () => {
      const reader = createLogReader({ source: 'log', hostClock: CLOCK });
      const [started, received] = reader.read(line);
      assert.equal(started?.kind, 'source.started');
      assert.ok(received?.kind === 'push.received');
      assert.equal(reader.format, expected.format);
      assert.equal(received.at, AT + (expected.us ?? 92_155));
      assert.equal(received.process, expected.process ?? 'Example');
      assert.equal(received.pid, 'pid' in expected ? expected.pid : 1234);
      assert.equal(received.bundleId, 'com.example.app');
      assert.ok(!received.line?.includes('\u001b'));
    });
    it(`reads ${name}, whatever else was expected, and ends with its time`, () => {
      for (const format of LOG_FORMATS) {
        const reader = createLogReader({ source: 'log', format, hostClock: CLOCK });
        assert.equal(reader.read(line).length, 2);
        assert.equal(reader.end('end')[0]?.at, AT + (expected.us ?? 92_155));
      }
    });
    it(`takes the subsystem of ${name}`, () => {
      const plain = line.replaceAll(/\p{Cc}\[[\d;]*m/gu, '');
      assert.ok(looksDated(plain));
      assert.equal(parseLogLine(plain, CLOCK)?.record.subsystem, expected.subsystem);
      assert.equal(parseLogLine(plain, CLOCK)?.record.message.trim(), PROBE);
    });
  }

  const noise = [
    'getpwuid_r did not find a match for uid 501',
    'Filtering the log data using "subsystem == "com.example.app""',
    'Timestamp               Ty Process[PID:TID]',
    'Timestamp                       Thread     Type        Activity             PID    TTL  ',
    '{"count":3335,"finished":1}',
    'Skipping info and debug messages, pass --info and/or --debug to include.',
    '[connected:00008110-000A1234567890AB]',
    '[disconnected:00008110-000A1234567890AB]',
    '{"level":"info","msg":"starting","time":"2026-09-08T10:11:34+02:00"}',
    '=== device found ===',
    'Foo 99 10:11:34.092155 Example[1] <Notice>: x',
    'Feb 31 10:11:34.092155 Example[1] <Notice>: x',
    '',
  ];
  for (const line of noise) {
    it(`passes over ${JSON.stringify(line)}`, () => assert.equal(parseLogLine(line, CLOCK), undefined));
  }

  it('leaves lines without year or zone alone when there is no clock', () => {
    const reader = createLogReader({ source: 'log' });
    assert.deepEqual(reader.read(`Sep  8 10:11:34.092155 Example[1234] <Notice>: ${PROBE}`), []);
    assert.deepEqual(reader.end('end'), []);
  });

  it('tells where a crash report was saved', () => {
    const reader = createLogReader({ source: 'log', hostClock: CLOCK });
    const path = '/var/mobile/Library/Logs/CrashReporter/Example-2026-09-08-101134.ips';
    const said = (type: string, process = 'osanalyticshelper') =>
      reader
        .read(
          `Sep  8 10:11:34.1 ${process}(OSAnalytics)[9] <Notice>: Saved type '${type}' report (2 of max 25) at ${path}`,
        )
        .at(-1);
    assert.deepEqual([said('309')?.kind, said('309(<private>)')?.kind], ['crash.saved', 'crash.saved']);
    assert.notEqual(said('298')?.kind, 'crash.saved');
    assert.notEqual(said('309', 'Example')?.kind, 'crash.saved');
  });

  it('asks the user’s patterns first, and the next when one gives nothing', () => {
    const reader = createLogReader({
      source: 'log',
      hostClock: CLOCK,
      matchers: [
        { needle: '', example: '', seenOn: '', recognise: () => undefined },
        { needle: 'my words', example: '', seenOn: '', recognise: (_, base) => ({ ...base, kind: 'push.waiting' }) },
      ],
    });
    const kinds = [PROBE, 'my words', 'other'].map(
      (message) => reader.read(`Sep  8 10:11:34.1 Example[9] <Notice>: ${message}`).at(-1)?.kind,
    );
    assert.deepEqual(kinds, ['push.received', 'push.waiting', undefined]);
  });

  it('never throws', () => {
    const parts = fc.constantFrom(
      'Sep  8 10:11:34',
      '.092155',
      ' ',
      'Example',
      '(a)',
      '[12]',
      '[12:3f]',
      ' <Notice>: ',
      '2026-09-08 10:11:34.1',
      '+0200',
      ' Df ',
      '{',
      '}',
      '"timestamp":"',
      '"message":"x"',
      ',',
      'default\t',
      '\u001b[0m',
      '0x1 ',
    );
    const lines = fc.oneof(
      fc.string(),
      fc.array(parts).map((all) => all.join('')),
      fc
        .record(
          {
            timestamp: fc.jsonValue(),
            message: fc.jsonValue(),
            pid: fc.jsonValue(),
            label: fc.jsonValue(),
            msg: fc.jsonValue(),
            eventMessage: fc.jsonValue(),
            device: fc.jsonValue(),
          },
          { requiredKeys: [] },
        )
        .map((fields) => JSON.stringify(fields)),
    );
    fc.assert(
      fc.property(fc.array(lines), (all) => {
        const reader = createLogReader({ source: 'log', hostClock: CLOCK });
        for (const line of all) reader.read(line, AT);
        reader.logTime(AT);
        reader.end('end', AT);
      }),
    );
  });
});

describe('what the host’s clock completes', () => {
  const utc = (year: number, month: number, day: number, hour: number, minute = 0) =>
    Date.UTC(year, month - 1, day, hour, minute) * 1000;
  const cases: readonly (readonly [name: string, text: string, now: number, expected: number])[] = [
    ['this year', 'Sep  8 10:11:34', utc(2026, 9, 8, 9), AT],
    ['Dec 31, read on Jan 1', 'Dec 31 23:59:58', utc(2027, 1, 1, 0), utc(2026, 12, 31, 22, 59) + 58_000_000],
    ['Jan 1, by a device ahead of us', 'Jan  1 00:00:02', utc(2026, 12, 31, 22, 59), utc(2026, 12, 31, 23) + 2_000_000],
    ['December, read in July', 'Dec 24 12:00:00', utc(2026, 7, 1, 12), utc(2025, 12, 24, 11)],
    ['February 29', 'Feb 29 12:00:00', utc(2026, 7, 1, 12), utc(2024, 2, 29, 11)],
    ['summer time, read in winter', '2026-07-01 12:00:00', utc(2026, 12, 1, 12), utc(2026, 7, 1, 10)],
    [
      'the hour that happens twice, read in its first',
      'Oct 25 02:30:00',
      utc(2026, 10, 25, 0, 30),
      utc(2026, 10, 25, 0, 30),
    ],
    [
      'the hour that happens twice, read in its second',
      'Oct 25 02:30:00',
      utc(2026, 10, 25, 1, 31),
      utc(2026, 10, 25, 1, 30),
    ],
    ['the hour that never happens', 'Mar 29 02:30:00', utc(2026, 3, 29, 1), utc(2026, 3, 29, 1, 30)],
    ['a zone of its own', '2026-09-08 10:11:34+0200', utc(2030, 1, 1, 0), AT],
  ];
  for (const [name, text, now, expected] of cases) {
    it(name, () => assert.equal(parseAnyTimestamp(text, berlin(now)), expected));
  }

  it('a date, the one that is nearest', () => {
    const time = { hour: 23, minute: 59, second: 0, microsecond: 0 };
    assert.equal(completeTime(time, berlin(utc(2026, 6, 2, 0))), utc(2026, 6, 1, 21, 59));
  });

  it('the year that go-ios makes up is not believed', () => {
    const line = JSON.stringify({
      timestamp: '2027-12-31T23:59:58',
      device: 'iPhone',
      process: 'Example',
      pid: '1',
      level: 'Notice',
      message: 'x',
    });
    const at = parseLogLine(line, berlin(utc(2027, 1, 1, 0)))?.record.at;
    assert.equal(at, utc(2026, 12, 31, 22, 59) + 58_000_000);
  });
});
