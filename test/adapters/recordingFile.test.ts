import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { mkdtemp, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createAppendQueue } from '../../src/adapters/appendQueue';
import { readRecordingBytes } from '../../src/adapters/recordingContent';
import { openRecordingFile, readRecordingFile } from '../../src/adapters/recordingFile';
import type { SourceStartedEvent, VoipEvent } from '../../src/core/events/event';
import { encodeEvent, encodeRecordingHeader } from '../../src/core/recording/recordingFormat';

const HEADER = { tool: '0.1.0', targets: ['Virtual iPhone'], at: 1_788_855_094_092_155 };
const HEADER_LINE = `${encodeRecordingHeader(HEADER)}\n`;
const VICTIM = 'VOIP_PUSH_TEST_RECORD_UNTIL_KILLED';

function event(number: number, source = 'test'): SourceStartedEvent {
  return { kind: 'source.started', at: number, source };
}

const lineOf = (number: number) => `${encodeEvent(event(number))}\n`;
const numbersOf = (events: readonly VoipEvent[]) => events.map(({ at }) => at);

/** The child of the kill test: appends for ever, and says on stdout what was acknowledged. */
async function recordUntilKilled(path: string): Promise<never> {
  const { recording, events } = await openRecordingFile(path, HEADER);
  say('\n');
  for (let next = (events.at(-1)?.at ?? -1) + 1; ; next += 3) {
    // Mostly lines as they are, and now and then ones that take the system a while.
    const padding = 'x'.repeat(Math.floor(Math.random() ** 8 * 500_000));
    const batch = [next, next + 1, next + 2].map((number) => event(number, padding));
    await Promise.all(batch.map((one) => recording.append([one])));
    say(`${next + 2}\n`);
  }
}

/** Says it before anything else happens; a test that is slow to listen makes the pipe full. */
function say(text: string): void {
  for (;;) {
    try {
      writeSync(1, text);
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}

async function killWhileRecording(path: string): Promise<number> {
  const child = spawn(process.execPath, [__filename], {
    env: { ...process.env, [VICTIM]: path },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (output === '') setTimeout(() => child.kill('SIGKILL'), Math.random() * 40);
    output += chunk.toString();
  });
  const [, signal] = await once(child, 'close');
  assert.equal(signal, 'SIGKILL');
  // It may have been killed before the first acknowledgement.
  return Number(output.slice(0, output.lastIndexOf('\n')).split('\n').at(-1) || -1);
}

const KILLS = Number(process.env['VOIP_PUSH_KILLS'] ?? 200);
/** So many are killed at once, and a file lives through so many kills. */
const KILLED_AT_ONCE = 4;
const KILLS_PER_FILE = 10;

/** Kills the writer of one file again and again, and reads the file in between. Gives the last acknowledged event. */
async function killAgainAndAgain(path: string, kills: number): Promise<number> {
  let acknowledged = -1;
  for (let kill = 0; kill < kills; kill += 1) {
    acknowledged = Math.max(acknowledged, await killWhileRecording(path));
    const { events, header } = await readRecordingFile(path);
    assert.equal(header?.tool, HEADER.tool);
    assert.ok(events.length > acknowledged, `acknowledged ${acknowledged}, found ${events.length}`);
    assert.ok(
      events.every(({ at }, index) => at === index),
      'every event is there once, in order',
    );
  }
  return acknowledged;
}

function suite(): void {
  let folder = '';
  let fileCount = 0;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'voip-push-recording-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  function newPath(): string {
    fileCount += 1;
    return join(folder, `${fileCount}.ndjson`);
  }

  async function pathWith(content: string): Promise<string> {
    const path = newPath();
    await writeFile(path, content);
    return path;
  }

  it('makes a file with a header, for its owner only, and goes on with it later', async () => {
    const path = newPath();
    const first = await openRecordingFile(path, HEADER);
    assert.deepEqual([first.events, first.notes], [[], []]);
    await first.recording.append([event(1), event(2)]);
    await first.recording.close();
    const second = await openRecordingFile(path, { ...HEADER, tool: '9.9.9' });
    assert.deepEqual(second.events, [event(1), event(2)]);
    await second.recording.append([event(3)]);
    assert.equal(await readFile(path, 'utf8'), HEADER_LINE + lineOf(1) + lineOf(2) + lineOf(3));
    await second.recording.close();
    if (process.platform !== 'win32') assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.deepEqual((await readRecordingFile(path)).header, { ...HEADER, version: 1 });
  });

  it('is readable by others as soon as an append resolves', async () => {
    const path = newPath();
    const { recording } = await openRecordingFile(path, HEADER);
    for (let number = 0; number < 50; number += 1) {
      await recording.append([event(number)]);
      assert.equal((await readRecordingFile(path)).events.at(-1)?.at, number);
    }
    await recording.close();
  });

  it('keeps the order of appends that run at once', async () => {
    const path = newPath();
    const { recording } = await openRecordingFile(path, HEADER);
    const numbers = Array.from({ length: 2000 }, (_, index) => index);
    const appends = numbers.map((number) => recording.append([event(number)]));
    await recording.close();
    await Promise.all(appends);
    assert.deepEqual(numbersOf((await readRecordingFile(path)).events), numbers);
    await assert.rejects(recording.append([event(1)]), /closed/);
  });

  const crashes: readonly (readonly [name: string, content: string, kept: string, numbers: number[], note?: RegExp])[] =
    [
      ['an empty file', '', HEADER_LINE, []],
      ['a torn header', HEADER_LINE.slice(0, 40), HEADER_LINE, [], /^Line 1: the last line was cut off/],
      ['a header torn in its first word', '{"fo', HEADER_LINE, [], /^Line 1: the last line was cut off/],
      ['a header without line end', HEADER_LINE.trimEnd(), HEADER_LINE, []],
      [
        'a torn event',
        HEADER_LINE + lineOf(1) + lineOf(2).slice(0, 20),
        HEADER_LINE + lineOf(1),
        [1],
        /^Line 3: the last line was cut off/,
      ],
      ['a whole event without line end', HEADER_LINE + lineOf(1).trimEnd(), HEADER_LINE + lineOf(1), [1]],
      [
        'an unknown event without line end',
        `${HEADER_LINE}{"kind":"later"}`,
        `${HEADER_LINE}{"kind":"later"}\n`,
        [],
        /^Line 2: event kind "later" is not known/,
      ],
      [
        'a broken line in the middle',
        `${HEADER_LINE}{"ki\n${lineOf(1)}`,
        `${HEADER_LINE}{"ki\n${lineOf(1)}`,
        [1],
        /^Line 2: not JSON/,
      ],
    ];
  for (const [name, content, kept, numbers, note] of crashes) {
    it(`goes on after ${name}`, async () => {
      const path = await pathWith(content);
      const { recording, events, notes } = await openRecordingFile(path, HEADER);
      assert.deepEqual(numbersOf(events), numbers);
      assert.equal(notes.length, note === undefined ? 0 : 1);
      if (note !== undefined) assert.match(notes[0] ?? '', note);
      await recording.append([event(9)]);
      await recording.close();
      assert.equal(await readFile(path, 'utf8'), kept + lineOf(9));
    });
  }

  const untouchable: readonly (readonly [name: string, content: string, numbers: number[], why: RegExp])[] = [
    ['a newer recording', HEADER_LINE.replace('"version":1', '"version":2') + lineOf(1), [1], /newer version/],
    ['a torn newer recording', `${HEADER_LINE.replace('"version":1', '"version":2')}{"kin`, [], /newer version/],
    ['a file that is no recording', 'Dear diary', [], /not a recording/],
    ['a log', '{"timestamp":"2026-09-08 10:11:34.092155+0200"}\n', [], /not a recording/],
  ];
  for (const [name, content, numbers, why] of untouchable) {
    it(`reads ${name} and never writes to it`, async () => {
      const path = await pathWith(content);
      const { recording, events, notes } = await openRecordingFile(path, HEADER);
      assert.deepEqual(numbersOf(events), numbers);
      assert.ok(notes.length > 0);
      assert.match(recording.readOnlyBecause ?? '', why);
      await assert.rejects(recording.append([event(1)]), why);
      await recording.close();
      assert.equal(await readFile(path, 'utf8'), content);
    });
  }

  it('counts equal notes instead of repeating them', async () => {
    const path = await pathWith(HEADER_LINE + '{"kind":"later"}\n'.repeat(1000));
    assert.deepEqual((await readRecordingFile(path)).notes, [
      'Line 2: event kind "later" is not known (and 999 more like it).',
    ]);
  });

  it('only looks when asked to read', async () => {
    const content = HEADER_LINE + lineOf(1) + lineOf(2).slice(0, 9);
    const path = await pathWith(content);
    assert.deepEqual(numbersOf((await readRecordingFile(path)).events), [1]);
    assert.equal(await readFile(path, 'utf8'), content);
    await assert.rejects(readRecordingFile(join(folder, 'missing.ndjson')), { code: 'ENOENT' });
  });

  const packed: readonly (readonly [name: string, bytes: Buffer, numbers: number[], note?: RegExp])[] = [
    ['whole', gzipSync(HEADER_LINE + lineOf(1) + lineOf(2)), [1, 2]],
    [
      'cut off',
      gzipSync(HEADER_LINE + lineOf(1) + lineOf(2), { level: 0 }).subarray(0, -20),
      [1],
      /^Line 3: the last line was cut off/,
    ],
    ['damaged', damaged(gzipSync(HEADER_LINE + lineOf(1).repeat(5000))), [], /could not be unpacked/],
    ['no recording', gzipSync('Dear diary'), [], /./],
  ];
  for (const [name, bytes, numbers, note] of packed) {
    it(`reads a compressed recording that is ${name}, and never writes to it`, async () => {
      const path = newPath();
      await writeFile(path, bytes);
      const { recording, events } = await openRecordingFile(path, HEADER);
      assert.deepEqual(numbersOf(events).slice(0, 2), numbers);
      assert.match(recording.readOnlyBecause ?? '', /compressed|not a recording/);
      await recording.close();
      const read = await readRecordingBytes(await readFile(path));
      assert.deepEqual(read, await readRecordingFile(path));
      if (note === undefined) assert.deepEqual(read.notes, []);
      else assert.match(read.notes[0] ?? '', note);
      assert.deepEqual(await readFile(path), bytes);
    });
  }

  it('knows how large it is, and whether it is still where it was', async () => {
    const path = newPath();
    const { recording } = await openRecordingFile(path, HEADER);
    await recording.append([event(1), { ...event(2), line: 'größer' }]);
    assert.equal(recording.bytes, (await stat(path)).size);
    assert.equal(await recording.isInPlace(), true);
    await rename(path, `${path}.moved`);
    assert.equal(await recording.isInPlace(), false);
    await writeFile(path, 'another file of that name');
    assert.equal(await recording.isInPlace(), false);
    await recording.close();
  });

  it('rejects what the disk has no room for', { skip: process.platform !== 'linux' }, async () => {
    const queue = createAppendQueue(await open('/dev/full', 'a'));
    const both = [queue.append('a\n'), queue.append('b\n')];
    for (const one of both) await assert.rejects(one, { code: 'ENOSPC' });
    await queue.close().catch(() => undefined);
  });

  it(`loses nothing acknowledged to ${KILLS} kills`, { timeout: 600_000 }, async () => {
    const files = Array.from({ length: Math.ceil(KILLS / KILLS_PER_FILE) }, newPath);
    let filesWithEvents = 0;
    const killNext = async (): Promise<void> => {
      for (let path = files.pop(); path !== undefined; path = files.pop()) {
        const acknowledged = await killAgainAndAgain(path, KILLS_PER_FILE);
        // A slow machine may kill one ten times before the first acknowledgement.
        if (acknowledged >= 0) filesWithEvents += 1;
        await rm(path);
      }
    };
    await Promise.all(Array.from({ length: KILLED_AT_ONCE }, killNext));
    assert.ok(filesWithEvents > 0, 'something was recorded');
  });
}

/** With a few bytes in the middle turned over. */
function damaged(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte, index) => (index > 20 && index < 40 ? 255 - byte : byte)));
}

const victimPath = process.env[VICTIM];
if (victimPath === undefined) describe('recording file', suite);
else void recordUntilKilled(victimPath);
