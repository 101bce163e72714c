import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readLogChunks, readLogFile, UnreadableLog } from '../../../src/adapters/logSources/readLog';
import type { HostClock } from '../../../src/core/log/hostClock';
import type { ReadLog, ReadLogOptions } from '../../../src/core/log/readLog';
import { encodeEvent, encodeRecordingHeader } from '../../../src/core/recording/recordingFormat';
import { crashText } from '../../core/crashText';
import { prettyJson, STYLED_LINES } from '../../core/log/styledLines';

const AT = Date.UTC(2026, 8, 8, 8, 11, 34) * 1000;
const CLOCK: HostClock = { now: () => AT + 60_000_000, utcOffsetMinutesAt: () => 120 };
const PROBE = 'voip-push 1 {"e":"received","app":"com.example.app","mustReport":true,"via":"metadata"}';
const INSTALLED = 'Added application: <SBApplicationInfo: 0x1085eb900; com.example.app (Example)>';

const ndjson = STYLED_LINES['ndjson'] ?? (() => '');

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

function read(content: Uint8Array | string, size = 65_536, options: Partial<ReadLogOptions> = {}): Promise<ReadLog> {
  const chunks = inChunks(typeof content === 'string' ? Buffer.from(content) : content, size);
  return readLogChunks(chunks, { source: 'log', hostClock: CLOCK, ...options });
}

const kindsOf = ({ events }: ReadLog) => events.map(({ kind }) => kind);

function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

/** Ways in which the same text comes. */
const PACKINGS: readonly (readonly [name: string, pack: (text: string) => Buffer])[] = [
  ['as it is', (text) => Buffer.from(text)],
  ['with a byte order mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['in UTF-16 LE', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['in UTF-16 BE', (text) => utf16be(`\uFEFF${text}`)],
  ['in UTF-16 LE without a mark', (text) => Buffer.from(text, 'utf16le')],
  ['in UTF-16 BE without a mark', utf16be],
  ['packed', (text) => gzipSync(text)],
  ['packed in three parts', (text) => packedInParts(Buffer.from(text))],
  ['packed UTF-16', (text) => gzipSync(Buffer.from(`\uFEFF${text}`, 'utf16le'))],
];

function packedInParts(bytes: Buffer): Buffer {
  return Buffer.concat(
    [bytes.subarray(0, 100), bytes.subarray(100, 300), bytes.subarray(300)].map((part) => gzipSync(part)),
  );
}

const QUIET = 'Ätsch: nothing that matters €😀';
const story = (style: (at: number, message: string) => string) => [
  style(AT, QUIET),
  style(AT + 1_000_000, PROBE),
  style(AT + 2_000_000, QUIET),
];
const ndjsonStory = story(ndjson);
const EVENT = { kind: 'push.waiting', at: AT, source: 'phone', line: 'ä' } as const;
const HEADER = encodeRecordingHeader({ tool: '0.1.0', targets: ['ä'], at: AT });

const LOGS: readonly (readonly [name: string, text: string])[] = [
  ...Object.entries(STYLED_LINES).map(([name, style]) => [name, `${story(style).join('\n')}\n`] as const),
  ['a JSON array, pretty-printed', prettyJson(ndjsonStory)],
  ['a JSON array in one line', `[${ndjsonStory.join(',')}]`],
  ['a JSON array with an object a line', `[\n${ndjsonStory.join(',\n')}\n]\n`],
  ['a JSON array below what the tool says', `Filtering the log data using "x"\r\n${prettyJson(ndjsonStory)}`],
];

describe('a finished log', () => {
  for (const [name, text] of LOGS) {
    it(`is read: ${name}, however it is packed and cut`, async () => {
      for (const [packing, pack] of PACKINGS) {
        for (const size of [7, 1000, 65_536]) {
          const log = await read(pack(text), size, { countLines: true });
          assert.deepEqual(kindsOf(log), ['source.started', 'push.received', 'source.ended'], `${packing}, ${size}`);
          assert.deepEqual(
            log.events.map(({ at }) => at),
            [AT, AT + 1_000_000, AT + 2_000_000],
          );
          assert.deepEqual(log.notes, []);
          assert.equal(log.kind, 'log');
          assert.equal(log.lineNumbers?.length, 3);
        }
      }
    });
  }

  it('is read when it is a recording or a crash report, however it is packed', async () => {
    for (const [packing, pack] of PACKINGS) {
      const recording = await read(pack(`${HEADER}\n\n${encodeEvent(EVENT)}\n`), 7, { countLines: true });
      assert.deepEqual(recording, { kind: 'recording', events: [EVENT], notes: [], lineNumbers: [3] }, packing);
      for (const options of [{}, { 'as-text': '' }]) {
        const crash = await read(pack(crashText(AT, '0xbaadca11', options)), 11, { countLines: true });
        assert.equal(crash.kind, 'crash');
        assert.deepEqual(kindsOf(crash), ['app.terminated']);
        assert.deepEqual(crash.lineNumbers, [undefined]);
      }
    }
  });

  it('is read from a file of any name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'voip-push-'));
    try {
      const path = join(folder, 'device.ips');
      await writeFile(path, gzipSync(ndjsonStory.join('\n').concat('\n').repeat(20_000)));
      const log = await readLogFile(path, { source: 'log', hostClock: CLOCK, countLines: true });
      assert.equal(log.events.length, 20_002);
      assert.deepEqual(log.lineNumbers?.slice(-3), [59_996, 59_999, undefined]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('has the lines that its events come from', async () => {
    const text = `Filtering the log data using "x"\n\n${ndjsonStory.join('\r\n')}\n`;
    assert.deepEqual((await read(text, 7, { countLines: true })).lineNumbers, [3, 4, undefined]);
    assert.ok(!('lineNumbers' in (await read(text))));
    const pretty = prettyJson(ndjsonStory);
    const lineOfSecond = pretty.slice(0, pretty.indexOf('},{')).split('\n').length;
    assert.deepEqual((await read(pretty, 7, { countLines: true })).lineNumbers, [1, lineOfSecond, undefined]);
    const below = await read(`Filtering the log data using "x"\n${pretty}`, 7, { countLines: true });
    assert.deepEqual(below.lineNumbers, [2, lineOfSecond + 1, undefined]);
  });

  it('keeps a record that was pretty-printed in one line', async () => {
    const { events } = await read(prettyJson(ndjsonStory));
    assert.match(events[1]?.line ?? '', /^\{ "timezoneName" : "",.* \}$/);
  });

  it('is read whatever its tool escapes', async () => {
    const SPRING_BOARD = { process: '"Example(Foundation)"', as: '"SpringBoard"' };
    const line = (STYLED_LINES['ios syslog --parse'] ?? ndjson)(AT, INSTALLED);
    assert.match(line, /\\u003cSBApplicationInfo/);
    const text = `${story(ndjson).join('\n')}\n${line.replace(SPRING_BOARD.process, SPRING_BOARD.as)}\n`;
    assert.deepEqual(kindsOf(await read(text)), ['source.started', 'push.received', 'app.installed', 'source.ended']);
  });

  it('is asked line by line for patterns without fixed words', async () => {
    const recognise = (_: unknown, base: { at: number; source: string; line: string }) =>
      ({ ...base, kind: 'push.waiting' }) as const;
    const matchers = [{ needle: '', example: '', seenOn: '', recognise }];
    assert.deepEqual(kindsOf(await read(ndjsonStory.join('\n'), 100, { matchers })), [
      'source.started',
      'push.waiting',
      'push.waiting',
      'push.waiting',
      'source.ended',
    ]);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    async function* endless() {
      yield Buffer.from(`${ndjsonStory.join('\n')}\n`);
      stop.abort();
      for (;;) yield Buffer.from('\n');
    }
    const options = { source: 'log', hostClock: CLOCK, signal: stop.signal };
    await assert.rejects(readLogChunks(endless(), options), (error) => !(error instanceof UnreadableLog));
  });
});

describe('what nobody understands in a log', () => {
  const compact = STYLED_LINES['compact'] ?? ndjson;
  const cases: readonly (readonly [name: string, text: string, notes: readonly string[]])[] = [
    ['nothing', ndjsonStory.join('\n'), []],
    ['one line', [...ndjsonStory, 'garbage'].join('\n'), ['log: line 4 was not understood.']],
    [
      'a torn record',
      [...ndjsonStory, ndjson(AT, PROBE).slice(0, 300)].join('\n'),
      ['log: line 4 was not understood.'],
    ],
    [
      'a torn record before a whole one, with words of evidence',
      [...ndjsonStory, ndjson(AT, PROBE).slice(0, 600) + ndjson(AT, QUIET)].join('\n'),
      ['log: line 4 was not understood.'],
    ],
    [
      'a million lines',
      `${ndjsonStory.join('\n')}\n${'%%%\n'.repeat(1_000_000)}${ndjsonStory.join('\n')}`,
      ['log: 1000000 lines were not understood, the first of them line 4.'],
    ],
    [
      'other JSON and other text before the first record',
      ['hello', '{"a":1}', '[1,2]', ...ndjsonStory].join('\n'),
      ['log: 3 lines were not understood, the first of them line 1.'],
    ],
    ['binary bytes in a text', [...story(compact), '\u0000\u0001'].join('\n'), ['log: line 4 was not understood.']],
    ['messages of several lines', [...story(compact), '{', '    uuid = "A";', '}', '\tat 0x1'].join('\n'), []],
    [
      'what tools print of themselves',
      [
        'getpwuid_r did not find a match for uid 501',
        'Filtering the log data using "subsystem == "com.example.app""',
        'Skipping info and debug messages, pass --info and/or --debug to include.',
        'Timestamp               Ty Process[PID:TID]',
        'Timestamp                       Thread     Type        Activity             PID    TTL  ',
        '[connected:00008110-000A1234567890AB]',
        '==> device.log <==',
        '{"level":"info","msg":"starting","time":"2026-09-08T10:11:34+02:00"}',
        ...ndjsonStory,
        '[disconnected:00008110-000A1234567890AB]',
        '{"count":3335,"finished":1}',
        '',
      ].join('\n'),
      [],
    ],
    [
      'a torn object of an array',
      `[${ndjsonStory.join(',')},${ndjson(AT, PROBE).slice(0, 300)}`,
      ['log: line 1 was not understood.'],
    ],
  ];
  for (const [name, text, notes] of cases) {
    it(`is counted: ${name}`, async () => {
      const log = await read(text);
      assert.deepEqual(log.notes, notes);
      assert.equal(log.events.filter(({ kind }) => kind === 'source.started').length, 1);
    });
  }

  it('leaves the log watched to its last whole record', async () => {
    const torn = `${ndjsonStory.join('\n')}\n${ndjson(AT + 9_000_000, QUIET).slice(0, 400)}`;
    assert.equal((await read(torn)).events.at(-1)?.at, AT + 2_000_000);
  });
});

describe('a log that says that the device was away', () => {
  const device = STYLED_LINES['idevicesyslog'] ?? (() => '');
  const gapOf = ({ events }: ReadLog) =>
    events.flatMap((event) => (event.kind === 'source.gap' ? [[event.from - AT, event.at - AT]] : []));
  const away = (between: readonly string[]) => [...story(device), ...between, device(AT + 30_000_000, QUIET), ''];
  const cases: readonly (readonly [name: string, lines: readonly string[], gaps: readonly number[][]])[] = [
    ['and back', away(['[disconnected:0000811]', '[connected:0000811]']), [[2_000_000, 30_000_000]]],
    ['with what a new run of the tool says', away(['[connected:0000811]']), [[2_000_000, 30_000_000]]],
    ['in the words of the tool up to 1.3', away(['[disconnected]', '[connected]']), [[2_000_000, 30_000_000]]],
    ['and not back', [...story(device), '[disconnected:0000811]', ''], []],
    ['before its first record', ['[disconnected:0000811]', '[connected:0000811]', ...story(device), ''], []],
  ];
  for (const [name, lines, gaps] of cases) {
    for (const size of [65_536, 50]) {
      it(`has a gap: ${name}, in chunks of ${size} bytes`, async () => {
        const log = await read(lines.join('\n'), size);
        assert.deepEqual(gapOf(log), gaps);
        assert.equal(log.events.at(-1)?.kind, 'source.ended');
        assert.deepEqual(log.notes, []);
      });
    }
  }

  it('has none where other logs print such a line', async () => {
    const compact = STYLED_LINES['compact'] ?? (() => '');
    const log = await read([...story(compact), '[disconnected]', compact(AT + 30_000_000, QUIET), ''].join('\n'));
    assert.deepEqual(gapOf(log), []);
  });
});

describe('gzip', () => {
  const text = Array.from({ length: 400 }, (_, index) =>
    ndjson(AT + index, index === 0 ? PROBE : `line ${index ** 3}`),
  );
  const packed = gzipSync(`${text.join('\n')}\n`);
  const DAMAGE = 'log: the gzip data is damaged or cut off, and only what comes before that was read.';

  it('that is cut off gives what comes before, and says so', async () => {
    for (const part of [0.5, 0.9, 0.999]) {
      const log = await read(packed.subarray(0, Math.floor(packed.length * part)), 999);
      assert.equal(log.notes[0], DAMAGE);
      assert.deepEqual(kindsOf(log), ['source.started', 'push.received', 'source.ended']);
    }
  });

  it('that is damaged gives what comes before, and says so', async () => {
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, Math.floor(packed.length * 0.8), Math.floor(packed.length * 0.8) + 64);
    const log = await read(damaged);
    assert.equal(log.notes[0], DAMAGE);
    assert.deepEqual(kindsOf(log), ['source.started', 'push.received', 'source.ended']);
  });

  it('may have zeros after its end, as a tape has, but nothing else', async () => {
    for (const size of [packed.length, packed.length + 16, 50]) {
      assert.deepEqual((await read(Buffer.concat([packed, Buffer.alloc(100)]), size)).notes, []);
      assert.equal((await read(Buffer.concat([packed, Buffer.from('strange')]), size)).notes[0], DAMAGE);
    }
  });

  it('with nothing readable in it is no log', async () => {
    for (const bytes of [packed.subarray(0, 12), Buffer.from([0x1f, 0x8b, 8])]) {
      await assert.rejects(read(bytes), (error) => error instanceof UnreadableLog && error.message.startsWith(DAMAGE));
    }
  });
});

describe('what is no log', () => {
  const cases: readonly (readonly [name: string, text: string, message: RegExp])[] = [
    ['nothing', '', /^log is empty/],
    ['prose', 'Dear diary\n', /^log has no line of `log stream --style ndjson`/],
    ['JSON', '[1,2,3]', /^log has no line of/],
    ['an array of other objects', '[{"a":1},{"b":2}]', /^log has no line of/],
    ['binary', '\u0000\u0001\u0002\u0003', /^log has no line of/],
    ['messages without their times', `${PROBE}\n`, /has messages about VoIP pushes, but not when they were printed/],
    ['a log in which nothing was logged', 'Filtering the log data using "x"\n', /^log has no record in it/],
    ['the report of something else', '{"bug_type":"298"}\n{"memoryStatus":{}}', /is not the report of a crash/],
    ['a part of a crash report', 'Beta: YES\nException Type:  EXC_CRASH\n', /does not say when the app crashed/],
    [
      'a termination as people quote it',
      '{"code":3131951633,"flags":6,"namespace":"FRONTBOARD","reasons":[]}',
      /does not say when the app crashed/,
    ],
  ];
  for (const [name, text, message] of cases) {
    it(`says why: ${name}`, () =>
      assert.rejects(read(text), (error) => error instanceof UnreadableLog && message.test(error.message)));
  }

  it('a body of a crash report without its first line is one all the same', async () => {
    const [, ...body] = crashText(AT, '0xbaadca11', {}).split('\n');
    assert.equal((await read(body.join('\n'))).kind, 'crash');
  });
});
