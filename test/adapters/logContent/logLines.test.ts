import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLogLines, type LogLines } from '../../../src/adapters/logContent/logLines';
import { searchStretch } from '../../../src/adapters/logContent/searchedStretch';
import { createTextSearch } from '../../../src/adapters/logContent/textSearch';
import type { VoipEvent } from '../../../src/core/events/event';
import { createFinishedLog } from '../../../src/core/log/finishedLog';
import type { HostClock } from '../../../src/core/log/hostClock';
import { createLineJudge } from '../../../src/core/log/lineJudge';
import { parseLogLine } from '../../../src/core/log/logFormat';
import { createLogReader, LINE_MATCHERS, searchedTexts, withoutColors } from '../../../src/core/log/logReader';
import { STYLED_LINES } from '../../core/log/styledLines';
import { fc, runs } from '../../propertyRuns';

const AT = Date.UTC(2026, 8, 8, 8, 11, 34) * 1000;
const CLOCK: HostClock = { now: () => AT + 60_000_000, utcOffsetMinutesAt: () => 120 };
const LOG = { source: 'log', hostClock: CLOCK, countLines: true };

interface Read {
  readonly events: readonly VoipEvent[];
  readonly lineNumbers: readonly (number | undefined)[];
  readonly notes: readonly string[];
}

/** The product's way: bytes in chunks, searched before they are read. */
function readFast(bytes: Buffer, cuts: readonly number[]): Read {
  return readChunks(bytes, cuts, (lines, chunk) => lines.push(chunk));
}

/** As `readFast`, where chunks are searched by somebody else, who reads them in pieces of that size. */
function readStretches(bytes: Buffer, cuts: readonly number[], pieceBytes: number): Read {
  const search = createTextSearch(searchedTexts([]));
  return readChunks(bytes, cuts, (lines, chunk) => {
    let at = 0;
    const searched = searchStretch(search, (memory) => {
      const count = chunk.copy(memory, 0, at, at + pieceBytes);
      at += count;
      return count;
    });
    if (searched === undefined || !lines.take(searched)) lines.push(chunk);
  });
}

function readChunks(bytes: Buffer, cuts: readonly number[], read: (lines: LogLines, chunk: Buffer) => void): Read {
  const log = createFinishedLog(LOG);
  const lines = createLogLines(log, createTextSearch(searchedTexts([])));
  let from = 0;
  for (const to of [...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]) {
    const chunk = Buffer.from(bytes.subarray(from, to));
    read(lines, chunk);
    // The memory is used again.
    chunk.fill(0);
    from = to;
  }
  lines.end();
  const { events, lineNumbers = [], notes } = log.end();
  return { events, lineNumbers, notes };
}

/** The plain way: every line is a text, and every one is parsed for its time. */
function readPlain(bytes: Buffer): Read {
  const reader = createLogReader({ source: 'log', hostClock: CLOCK });
  const judge = createLineJudge(CLOCK);
  const events: VoipEvent[] = [];
  const lineNumbers: (number | undefined)[] = [];
  const strangers: number[] = [];
  let lastAt: number | undefined;
  linesOf(bytes).forEach((rawLine, index) => {
    const line = withoutColors(rawLine);
    if (line.trim() === '') return;
    const record = parseLogLine(line, CLOCK)?.record;
    const isClose = lastAt === undefined || reader.mayBeEvidence(line);
    for (const event of reader.examine(line).events) {
      events.push(event);
      lineNumbers.push(index + 1);
    }
    const isUnderstood = isClose ? judge.understandsParsed(line, record !== undefined) : judge.understands(line);
    if (!isUnderstood) strangers.push(index + 1);
    lastAt = record?.at ?? lastAt;
  });
  if (lastAt !== undefined) {
    events.push({ kind: 'source.ended', at: lastAt, source: 'log', why: 'end of the log' });
    lineNumbers.push(undefined);
  }
  return { events, lineNumbers, notes: noteOf(strangers) };
}

function linesOf(bytes: Buffer): string[] {
  const lines = bytes.toString('latin1').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => Buffer.from(line.replace(/\r$/, ''), 'latin1').toString('utf8'));
}

function noteOf([first, ...others]: readonly number[]): readonly string[] {
  if (first === undefined) return [];
  return others.length === 0
    ? [`log: line ${first} was not understood.`]
    : [`log: ${others.length + 1} lines were not understood, the first of them line ${first}.`];
}

const styles = Object.values(STYLED_LINES);
const messages = fc.oneof(
  fc.constantFrom(...LINE_MATCHERS.map(({ example }) => example), 'nothing that matters', 'voip-push 1 {', 'Ätsch €😀'),
  fc.string(),
  fc.constant('x'.repeat(700)),
  fc.constant('\u001b[31mvoip-\u001b[0mpush 1 {"e":"received"}'),
);
const recordsOf = (some: typeof styles) =>
  fc
    .tuple(fc.constantFrom(...some), fc.nat(5_000_000), messages)
    .map(([style, us, message]) => style(AT + us, message));
const records = recordsOf(styles);
const strangeLines = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '',
    '  ',
    '{',
    '}',
    '{"a":1}',
    '[connected:1]',
    '{"count":3,"finished":1}',
    'Sep  8 10:',
    '2026-09-08',
  ),
  fc.string({ maxLength: 700 }).map((text) => JSON.stringify({ text, timestamp: 'x' })),
  fc.tuple(records, fc.nat(400)).map(([line, length]) => line.slice(0, length)),
  fc.tuple(records, records, fc.nat(400)).map(([one, other, length]) => one.slice(0, length) + other),
);
const bytesOfLine = fc.oneof(
  { weight: 8, arbitrary: fc.oneof(records, strangeLines).map((line) => Buffer.from(line)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)) },
);
const logs = fc
  .array(fc.tuple(bytesOfLine, fc.constantFrom('\n', '\n', '\r\n')), { maxLength: 30 })
  .map((lines) => Buffer.concat(lines.flatMap(([line, end]) => [line, Buffer.from(end)])));
/** Logs of one tool or two whose lines are mostly records: only such are searched elsewhere. */
const orderlyLogs = fc
  .uniqueArray(fc.constantFrom(...styles), { minLength: 1, maxLength: 2 })
  .chain((ofTools) =>
    fc
      .array(
        fc.oneof(
          { weight: 20, arbitrary: recordsOf(ofTools) },
          { weight: 1, arbitrary: bytesOfLine },
          { weight: 1, arbitrary: fc.constantFrom('\tat 0x1', '[connected:1]', '\u001b[0m[connected:1]') },
        ),
        { minLength: 30, maxLength: 90 },
      )
      .map((lines) => Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')]))),
  );

/** A device's log whose last line is torn: what it is must not depend on the line before it, which is passed over. */
const LINE_OF_TWO_FORMATS = Buffer.from(
  [
    '2026-09-08 10:11:34.000 Df Example[1234:17e385] nothing that matters',
    '2026-09-08 10:11:34.000000 Example{Foundation}[1234] <NOTICE>: nothing that matters',
    '2026-09-08 10:11:34.000 Df Example[1234:17e385]2026-09-08 10:11:34.000000 Example{Foundation}[1234] <NOTICE>: voip-push 1 {"e":"received"}',
    '',
  ].join('\n'),
);

describe('the lines of a log, passed over as bytes', () => {
  it('tell the same as when each of them is read', () => {
    fc.assert(
      fc.property(logs, fc.array(fc.nat(9000), { maxLength: 8 }), fc.nat(3), (log, cuts, missing) => {
        const bytes = log.subarray(0, Math.max(log.length - missing, 0));
        assert.deepEqual(readFast(bytes, cuts), readPlain(bytes));
      }),
      { numRuns: runs(2000), examples: [[LINE_OF_TWO_FORMATS, [], 0]] },
    );
  });

  it('tell the same as when stretches of them are searched elsewhere', () => {
    const places = fc.array(fc.nat(30_000), { maxLength: 3 });
    fc.assert(
      fc.property(
        orderlyLogs,
        places,
        fc.nat(3),
        fc.integer({ min: 400, max: 9000 }),
        (log, cuts, missing, pieceBytes) => {
          const bytes = log.subarray(0, log.length - missing);
          const plain = readPlain(bytes);
          assert.deepEqual(readFast(bytes, cuts), plain);
          assert.deepEqual(readStretches(bytes, cuts, pieceBytes), plain);
        },
      ),
      { numRuns: runs(500) },
    );
  });

  it('are left out when they are too long, and counted', () => {
    const [style] = styles;
    assert.ok(style);
    const log = createFinishedLog(LOG);
    const lines = createLogLines(log, undefined);
    const received = style(AT, 'voip-push 1 {"e":"received"}');
    for (const text of [`${received}\n`, 'x'.repeat(800_000), 'x'.repeat(800_000), `\n${received}\n`]) {
      lines.push(Buffer.from(text));
    }
    lines.end();
    assert.equal(lines.firstCutLine, 2);
    assert.deepEqual(log.end().lineNumbers, [1, 1, 3, undefined]);
  });
});
