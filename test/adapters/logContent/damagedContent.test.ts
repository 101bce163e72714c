import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readLogChunks, UnreadableLog } from '../../../src/adapters/logSources/readLog';
import { crashEvent } from '../../../src/core/crash/crashReport';
import { parseCrashReport } from '../../../src/core/crash/parseCrashReport';
import type { HostClock } from '../../../src/core/log/hostClock';
import { createLogReader, LINE_MATCHERS } from '../../../src/core/log/logReader';
import { createRecordingReader, encodeEvent, encodeRecordingHeader } from '../../../src/core/recording/recordingFormat';
import { crashText } from '../../core/crashText';
import { createDice, damagedLine } from '../../core/log/damagedLines';
import { prettyJson, STYLED_LINES } from '../../core/log/styledLines';

/* More lines, other ones: DAMAGED_LINES=1000000 DAMAGE_SEED=7 */
const COUNT = Number(process.env['DAMAGED_LINES'] ?? 100_000);
const SEED = Number(process.env['DAMAGE_SEED'] ?? 1);

const AT = Date.UTC(2026, 8, 8, 8, 11, 34) * 1000;
const CLOCK: HostClock = { now: () => AT + 60_000_000, utcOffsetMinutesAt: () => 120 };

const logLines = Object.values(STYLED_LINES).flatMap((style) =>
  [...LINE_MATCHERS.map(({ example }) => example), 'nothing that matters'].map((message) => style(AT, message)),
);
const recordingHeader = encodeRecordingHeader({ tool: '0.1.0', targets: [], at: AT });
const recordingLines = logLines.flatMap((line) => {
  const reader = createLogReader({ source: 'log', hostClock: CLOCK });
  return [...reader.read(line), ...reader.end('end')].map(encodeEvent);
});
const crashTexts = ['0xbaadca11', 'exception', 'other'].flatMap((what) =>
  [{}, { 'as-text': '' }].map((options) => crashText(AT, what, options)),
);
const wholeTexts = [
  ...Object.values(STYLED_LINES).map((style) => `${style(AT, 'x')}\n${style(AT, 'voip-push 1 {"e":"received"}')}\n`),
  prettyJson(logLines.filter((line) => line.includes('"eventMessage"'))),
  `[${logLines.filter((line) => line.includes('"eventMessage"')).join(',')}]`,
  [recordingHeader, ...recordingLines.slice(0, 50)].join('\n'),
  ...crashTexts,
];

describe(`damaged content, seed ${SEED}`, () => {
  const buffers = (texts: readonly string[]): readonly Buffer[] => texts.map((text) => Buffer.from(text));

  it(`${COUNT} damaged lines of logs give events or none, and never throw`, () => {
    const dice = createDice(SEED);
    const lines = buffers(logLines);
    let events = 0;
    for (let done = 0; done < COUNT; ) {
      const reader = createLogReader({ source: 'log', hostClock: CLOCK });
      for (const end = Math.min(done + 100, COUNT); done < end; done += 1) {
        const line = damagedLine(lines, dice).toString('utf8');
        for (const event of reader.examine(line).events) {
          events += 1;
          assert.ok(Number.isSafeInteger(event.at), line);
        }
      }
      reader.end('end');
    }
    assert.ok(events > COUNT / 100, `${events} of the lines were evidence still`);
  });

  it(`${COUNT / 5} damaged lines of recordings give an event, a note or nothing, and never throw`, () => {
    const dice = createDice(SEED + 1);
    const lines = buffers([recordingHeader, ...recordingLines]);
    const reader = createRecordingReader();
    reader.read(recordingHeader);
    for (let done = 0; done < COUNT / 5; done += 1) {
      const line = damagedLine(lines, dice).toString('utf8');
      const read = reader.read(line);
      if (line.trim() !== '') assert.ok(read.event !== undefined || read.note !== undefined, line);
    }
  });

  it(`${COUNT / 50} damaged crash reports are reports or none, and never throw`, () => {
    const dice = createDice(SEED + 2);
    const texts = buffers(crashTexts);
    for (let done = 0; done < COUNT / 50; done += 1) {
      const report = parseCrashReport(damagedLine(texts, dice).toString('utf8'));
      if (report !== undefined) crashEvent(report, 'crash.ips');
    }
  });

  it(`${COUNT / 50} damaged files, also packed ones, are read or refused with a reason`, async () => {
    const dice = createDice(SEED + 3);
    const texts = buffers(wholeTexts);
    const files = [
      ...texts,
      ...texts.map((text) => gzipSync(text)),
      ...texts.map((text) => Buffer.from(text.toString('utf8'), 'utf16le')),
    ];
    let read = 0;
    for (let done = 0; done < COUNT / 50; done += 1) {
      const file = damagedLine(files, dice);
      const size = 1 + dice(2000);
      async function* chunks() {
        for (let from = 0; from < file.length; from += size) yield file.subarray(from, from + size);
      }
      await readLogChunks(chunks(), { source: 'log', hostClock: CLOCK, countLines: true }).then(
        ({ events, lineNumbers }) => {
          read += 1;
          assert.equal(events.length, lineNumbers?.length);
        },
        (error) => assert.ok(error instanceof UnreadableLog, error),
      );
    }
    assert.ok(read > COUNT / 500, `${read} of the files could be read still`);
  });
});
