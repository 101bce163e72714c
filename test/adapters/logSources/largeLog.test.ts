import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { startSearchThreads } from '../../../src/adapters/logContent/searchThreads';
import { LARGE_LOG, type LargeLog } from '../../../src/adapters/logSources/largeLog';
import { readLogFile, UnreadableLog } from '../../../src/adapters/logSources/readLog';
import type { HostClock } from '../../../src/core/log/hostClock';
import { searchedTexts } from '../../../src/core/log/logReader';
import { encodeEvent, encodeRecordingHeader } from '../../../src/core/recording/recordingFormat';
import { STYLED_LINES } from '../../core/log/styledLines';

const AT = Date.UTC(2026, 8, 8, 8, 11, 34) * 1000;
const CLOCK: HostClock = { now: () => AT + 600_000_000, utcOffsetMinutesAt: () => 120 };
const OPTIONS = { source: 'log', hostClock: CLOCK, countLines: true };
const PROBE = 'voip-push 1 {"e":"received","app":"com.example.app","mustReport":true,"via":"metadata"}';
const ndjson = STYLED_LINES['ndjson'] ?? (() => '');
const device = STYLED_LINES['idevicesyslog'] ?? (() => '');

const SMALL: LargeLog = {
  leastBytes: 100_000,
  ownBytes: { from: 70_000, to: 90_000 },
  stretchBytes: 33_333,
  threadCount: 2,
};
const WITHOUT_THREADS: LargeLog = { ...LARGE_LOG, leastBytes: Number.POSITIVE_INFINITY };

const folder = mkdtempSync(join(tmpdir(), 'voip-push-large-'));
after(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** `count` lines, of which every `evidenceEvery`th is evidence. */
function linesOf(style: (at: number, message: string) => string, count: number, evidenceEvery: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    style(AT + index * 1000, index % evidenceEvery === 0 ? PROBE : `nothing that matters: €${index ** 3}`),
  );
}

const calm = linesOf(ndjson, 1000, 97);
const away = linesOf(device, 4000, 97).flatMap((line, index) =>
  index % 1500 === 1499 ? [line, '[disconnected:0000811]', '[connected:0000811]'] : [line],
);
const recorded = encodeEvent({ kind: 'push.waiting', at: AT, source: 'phone', line: 'x'.repeat(200) });

describe('a large log', () => {
  const contents: readonly (readonly [name: string, content: string | Buffer, events: number])[] = [
    ['with few lines of evidence', `${calm.join('\n')}\n`, 13],
    ['without a line end at its end', calm.join('\n'), 13],
    ['with a byte order mark and CRLF', `\uFEFF${calm.join('\r\n')}\r\n`, 13],
    ['with nothing but evidence', `${linesOf(ndjson, 600, 1).join('\n')}\n`, 602],
    ['with lines that nobody understands', calm.join('\n%%%\n'), 13],
    ['with a line that is too long', [...calm, 'x'.repeat(1_500_000), ...calm].join('\n'), 24],
    ['of a device that was away', `${away.join('\n')}\n`, 48],
    ['in UTF-16', Buffer.from(`\uFEFF${calm.join('\n')}\n`, 'utf16le'), 13],
    ['packed', gzipSync(linesOf(ndjson, 20_000, 9700).join('\n'), { level: 0 }), 5],
    ['that is one JSON text', `[${calm.join(',\n')}]`, 13],
    [
      'that is a recording',
      `${encodeRecordingHeader({ tool: '0.1.0', targets: [], at: AT })}\n`.concat(`${recorded}\n`.repeat(900)),
      900,
    ],
  ];
  for (const [name, content, events] of contents) {
    it(`tells the same with threads: ${name}`, async () => {
      const path = write('large', content);
      const expected = await readLogFile(path, OPTIONS, WITHOUT_THREADS);
      assert.equal(expected.events.length, events);
      assert.deepEqual(await readLogFile(path, OPTIONS, SMALL), expected);
    });
  }

  it('is no longer read when it is cancelled', async () => {
    const stop = new AbortController();
    const reading = readLogFile(write('large', calm.join('\n')), { ...OPTIONS, signal: stop.signal }, SMALL);
    stop.abort();
    await assert.rejects(reading, (error) => !(error instanceof UnreadableLog));
  });
});

describe('threads that search', () => {
  const size = 200_000;
  const start = (path: string) =>
    startSearchThreads({ path, texts: searchedTexts([]), from: 1000, to: size, stretchBytes: 30_000, threadCount: 2 });

  async function answersOf(path: string) {
    const threads = start(path);
    const answers: { range: readonly [number, number]; lines: readonly string[] | undefined }[] = [];
    for (let next = await threads.next(); next !== undefined; next = await threads.next()) {
      const { from, to, searched } = next;
      answers.push({ range: [from, to], lines: searched?.lines.map(({ text }) => text) });
    }
    threads.end();
    return answers;
  }

  const RANGES = [1000, 31_000, 61_000, 91_000, 121_000, 151_000, 181_000].map((from) => [
    from,
    Math.min(from + 30_000, size),
  ]);

  it('answer in the order of the file', async () => {
    const text = calm.join('\n');
    const answers = await answersOf(write('searched', text));
    assert.deepEqual(
      answers.map(({ range }) => range),
      RANGES,
    );
    for (const { range, lines } of answers) {
      const whole = Buffer.from(text)
        .subarray(...range)
        .toString()
        .split('\n')
        .slice(1, -1);
      assert.deepEqual(
        lines,
        whole.filter((line) => line.includes('voip-push 1 ')),
      );
    }
  });

  for (const [name, path] of [
    ['is gone', join(folder, 'gone')],
    ['is shorter than it was', write('short', 'x\n'.repeat(300))],
  ] as const) {
    it(`answer nothing when the file ${name}`, async () => {
      assert.deepEqual(
        await answersOf(path),
        RANGES.map((range) => ({ range, lines: undefined })),
      );
    });
  }
});
