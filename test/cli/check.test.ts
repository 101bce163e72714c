import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createLogReader } from '../../src/core/log/logReader';
import { encodeEvent, encodeRecordingHeader } from '../../src/core/recording/recordingFormat';
import { bytes, type CliResult, cli, fileOf, goodLog, inFolder, logLine, probeLine, silentLog } from './cliHarness';

function asRecording(lines: readonly string[]): string {
  const reader = createLogReader({ source: 'device.ndjson' });
  const events = [...lines.flatMap((line) => reader.read(line)), ...reader.end('end of the log')];
  return fileOf([encodeRecordingHeader({ tool: '0.1.0', targets: [], at: 1 }), ...events.map(encodeEvent)]);
}

/** A packed log of which the end is missing, though no evidence is in that part. */
function cutGzip(text: string): Uint8Array {
  const noise = Array.from({ length: 4000 }, (_, index) =>
    logLine(90_000 + index, `p${index * 7919}`, `${index ** 3}`),
  );
  const packed = gzipSync(text + fileOf(noise));
  return packed.subarray(0, packed.length / 2);
}

const NEWER = asRecording(silentLog()).replace('"version":1', '"version":2');

const FILES = {
  'good.ndjson': fileOf(goodLog()),
  'silent.ndjson': fileOf(silentLog(60_000)),
  'cut.ndjson': fileOf(silentLog(120_000, 3000)),
  'quiet.ndjson': fileOf([logLine(0, 'callservicesd', 'unrelated')]),
  'silent.recording': asRecording(silentLog()),
  'newer.recording': NEWER,
  'windows.ndjson': `\uFEFF${silentLog().join('\r\n')}`,
  'long.ndjson': fileOf([...silentLog().slice(0, 2), 'x'.repeat(3_000_000), ...silentLog().slice(2)]),
  'filtered.ndjson': fileOf([
    'Filtering the log data using "process == …"',
    ...silentLog(),
    '{"count":3,"finished":1}',
  ]),
  'whole.ndjson.gz': gzipSync(fileOf(goodLog())),
  'cut-good.ndjson.gz': cutGzip(fileOf(goodLog())),
  'cut-quiet.ndjson.gz': cutGzip(fileOf([logLine(0, 'callservicesd', 'unrelated')])),
  'cut-silent.ndjson.gz': cutGzip(fileOf(silentLog(60_000))),
  'prose.txt': 'Dear diary,\nno logs today.\n',
  'empty.ndjson': '',
};

const check = (...args: string[]) => inFolder(FILES, (cwd) => cli(['check', ...args], { cwd }));
const jsonOf = ({ stdout }: CliResult) => JSON.parse(stdout);

describe('voip-push check', () => {
  it('says when a call report belongs to no push', async () => {
    const [started = '', , ...reports] = goodLog();
    const files = { 'reports.ndjson': fileOf([started, ...reports]) };
    const [text, json] = await inFolder(files, async (cwd) => [
      await cli(['check', 'reports.ndjson'], { cwd }),
      await cli(['check', 'reports.ndjson', '--format', 'json'], { cwd }),
    ]);
    assert.match(text?.stdout ?? '', /1 call report belongs to no push that was seen\./);
    assert.equal(json === undefined ? '' : jsonOf(json).unjoined[0].kind, 'call.reporting');
  });

  it('refuses what is no JSON pointer to the call id', async () => {
    const result = await check('good.ndjson', '--call-id-pointer', 'call.id');
    assert.equal(result.exitCode, 2);
    assert.match(result.stderr, /Give a JSON pointer, for example \/call\/id\./);
  });

  const verdicts: readonly (readonly [args: string[], exitCode: number, verdicts: string[]])[] = [
    [['good.ndjson'], 0, ['reported']],
    [['silent.ndjson'], 1, ['missing-report']],
    [['cut.ndjson'], 3, ['inconclusive']],
    [['cut.ndjson', '--deadline', '2.5'], 1, ['missing-report']],
    [['quiet.ndjson'], 0, []],
    [['silent.recording'], 1, ['missing-report']],
    [['windows.ndjson'], 1, ['missing-report']],
    [['filtered.ndjson'], 1, ['missing-report']],
    [['long.ndjson'], 1, ['missing-report']],
    [['silent.ndjson', 'good.ndjson', 'cut.ndjson'], 1, ['reported', 'missing-report', 'inconclusive']],
    [['good.ndjson', 'cut.ndjson'], 3, ['reported', 'inconclusive']],
    [['good.ndjson', './good.ndjson', 'good.ndjson'], 0, ['reported']],
    [['good.ndjson', 'quiet.ndjson', 'silent.recording'], 1, ['reported', 'missing-report']],
  ];
  for (const [args, exitCode, expected] of verdicts) {
    it(`judges ${args.join(' ')}`, async () => {
      const result = await check(...args, '--format', 'json');
      assert.deepEqual(
        jsonOf(result).deliveries.map(({ verdict }: { verdict: string }) => verdict),
        expected,
      );
      assert.equal(result.exitCode, exitCode);
    });
  }

  it('gives the documented shape', async () => {
    const result = await check('good.ndjson', '--format', 'json');
    const { version, summary, deliveries } = jsonOf(result);
    assert.deepEqual({ version, summary }, { version: 1, summary: { deliveries: 1, flagged: 0, inconclusive: 0 } });
    const { verdict, mustReport, certainty, app, receivedAt, reportedAt, latencyMs, pushId, callId } = deliveries[0];
    assert.deepEqual(
      { verdict, mustReport, certainty, app, receivedAt, reportedAt, latencyMs, pushId, callId },
      {
        verdict: 'reported',
        mustReport: true,
        certainty: 'observed',
        app: 'com.example.app',
        receivedAt: '2026-09-08T08:11:34.100000Z',
        reportedAt: '2026-09-08T08:11:34.140000Z',
        latencyMs: 40,
        pushId: null,
        callId: '6b0f2f3e-9d0a-4f0b-8d39-0d3f7d3a1c01',
      },
    );
    assert.equal(result.stderr, '');
  });

  it('prints what is wrong first, with what to do, and a summary last', async () => {
    const { stdout } = await check('good.ndjson', 'silent.ndjson');
    const flagged = stdout.indexOf('✖ Missing report  com.example.app  mustReport true  2026-09-08T08:12:34.100000Z');
    assert.equal(flagged, 0);
    assert.ok(stdout.indexOf('✔ Reported  com.example.app') > flagged);
    assert.match(stdout, /What to do:\n {2}1\. \S/);
    assert.match(stdout, /\n2 deliveries: 1 flagged, 0 inconclusive\.\n$/);
  });

  it('says that a log without VoIP pushes has none', async () => {
    const { exitCode, stdout } = await check('quiet.ndjson');
    assert.equal(exitCode, 0);
    assert.equal(stdout, 'No VoIP pushes in quiet.ndjson.\n0 deliveries: 0 flagged, 0 inconclusive.\n');
  });

  const incomplete: readonly (readonly [file: string, failOn: string, exitCode: number])[] = [
    ['whole.ndjson.gz', 'error', 0],
    ['cut-good.ndjson.gz', 'error', 3],
    ['cut-quiet.ndjson.gz', 'error', 3],
    ['cut-quiet.ndjson.gz', 'inconclusive', 1],
    ['cut-quiet.ndjson.gz', 'warning', 1],
    ['cut-quiet.ndjson.gz', 'never', 0],
    ['cut-silent.ndjson.gz', 'error', 1],
  ];
  for (const [file, failOn, exitCode] of incomplete) {
    it(`exits with ${exitCode} for ${file} and --fail-on ${failOn}`, async () => {
      const result = await check(file, '--fail-on', failOn);
      assert.equal(result.exitCode, exitCode, result.stdout);
      if (file.startsWith('whole')) assert.equal(result.stderr, '');
      else {
        assert.match(result.stderr, /^voip-push: .*\.gz: the gzip data is damaged or cut off, and only what comes/);
        assert.match(result.stderr, /Not everything could be read: what is not flagged is inconclusive\.\n$/);
      }
    });
  }

  it('reads stdin, however it is cut', async () => {
    const text = fileOf(silentLog());
    const stdin = bytes(text.slice(0, 7), text.slice(7, 300), text.slice(300));
    const { exitCode, stdout } = await cli(['check', '-', '--format', 'json'], { stdin });
    assert.equal(exitCode, 1);
    assert.equal(JSON.parse(stdout).summary.flagged, 1);
  });

  it('notes what was left out, on stderr', async () => {
    assert.match((await check('long.ndjson')).stderr, /^voip-push: long\.ndjson: line 3: too long to be a log line/);
    const newer = await check('newer.recording', '--format', 'json');
    assert.match(newer.stderr, /made by a newer version/);
    assert.equal(jsonOf(newer).summary.flagged, 1);
  });

  const unreadable: readonly (readonly [file: string, message: RegExp])[] = [
    ['missing.ndjson', /Cannot read missing\.ndjson: there is no such file\./],
    ['.', /it is a folder\. For a \.logarchive, run: log show/],
    ['empty.ndjson', /empty\.ndjson is empty: there is nothing to check\./],
    ['', /An empty path was given\. Name a file, or - for stdin\./],
    ['prose.txt', /prose\.txt has no line of `log stream --style ndjson`/],
  ];
  for (const [file, message] of unreadable) {
    it(`gives no verdict with ${file} among the logs, and says why`, async () => {
      const { exitCode, stdout, stderr } = await check('good.ndjson', file);
      assert.equal(exitCode, 2);
      assert.equal(stdout, '');
      assert.match(stderr, message);
    });
  }

  it('says in plain words that links lead nowhere', { skip: process.platform === 'win32' }, async () => {
    const results = await inFolder({}, async (cwd) => {
      symlinkSync('b.ndjson', join(cwd, 'a.ndjson'));
      symlinkSync('a.ndjson', join(cwd, 'b.ndjson'));
      return [
        await cli(['check', 'a.ndjson'], { cwd }),
        await cli(['lint', 'a.ndjson'], { cwd }),
        await cli(['send', 'a.ndjson', '--virtual'], { cwd }),
        await cli(['send', 'a.ndjson', '--target', 'x', '--targets', 'b.ndjson'], { cwd }),
      ];
    });
    for (const { exitCode, stderr } of results) {
      assert.equal(exitCode, 2);
      assert.match(stderr, /^voip-push: Cannot read .*: its symbolic links lead in a circle\.\n$/);
    }
  });

  it('keeps escape sequences of a log away from the terminal', async () => {
    const app = 'com.example.\u001b[31mapp';
    const received = { e: 'received', app, mustReport: true, state: 'background', via: 'metadata' };
    const lines = fileOf([...silentLog().slice(0, 1), probeLine(100, received), ...silentLog().slice(2)]);
    const { stdout } = await cli(['check', '-'], { stdin: bytes(lines) });
    assert.match(stdout, /Missing report/);
    assert.ok(!stdout.includes('\u001b'));
  });
});
