import assert from 'node:assert/strict';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { CliWorld } from '../../src/cli/world';
import { deviceLine, RECEIVED } from '../adapters/logSources/watching';
import { crashText } from '../core/crashText';
import { installDeviceTools, type LogRun } from '../standIns/deviceTools';
import { installXcrun } from '../standIns/xcrun';
import { bytes, type CliResult, cli, fileOf, goodLog, inFolder, silentLog } from './cliHarness';

const UDID = '11111111-2222-3333-4444-555555555555';

/** Runs until stdout and stderr together say this, then presses Ctrl-C. */
async function watchUntil(words: RegExp, args: readonly string[], world: Partial<CliWorld> = {}): Promise<CliResult> {
  const interruption = new AbortController();
  let said = '';
  let stdout = '';
  let stderr = '';
  const hear = (text: string): void => {
    said += text;
    if (words.test(said)) interruption.abort(new Error('interrupted'));
  };
  const { exitCode } = await cli(['watch', ...args], {
    ...world,
    interrupted: interruption.signal,
    stdout: (text) => {
      stdout += text;
      hear(text);
    },
    stderr: (text) => {
      stderr += text;
      hear(text);
    },
  });
  return { exitCode, stdout, stderr };
}

const PROBE = { received: RECEIVED, reporting: 'voip-push 1 {"e":"reporting","api":"CallKit"}' };
const PATH_OF_NODE = process.env['PATH'] ?? '';

function onDevice(runs: readonly LogRun[], udids: readonly string[] = ['A'.repeat(25)]) {
  return (words: RegExp, ...args: readonly string[]): Promise<CliResult> =>
    inFolder({}, async (folder) => {
      const { path } = installDeviceTools(join(folder, 'bin'), { tools: ['ios'], version: '1.0.200', udids, runs });
      return await watchUntil(words, ['--device', ...args], { env: { PATH: `${path}:${PATH_OF_NODE}` } });
    });
}

describe('voip-push watch', () => {
  it('prints each verdict as it changes, and a summary', async () => {
    const run = onDevice([{ lines: [deviceLine(PROBE.received), deviceLine(PROBE.reporting)], everyMs: 300 }]);
    const { exitCode, stdout, stderr } = await run(/Reported/);
    assert.equal(exitCode, 0);
    const lines = stdout.trimEnd().split('\n');
    assert.match(lines[0] ?? '', /^… Pending {2}com\.example\.app {2}mustReport true/);
    assert.match(lines[1] ?? '', /^✔ Reported {2}com\.example\.app/);
    assert.equal(lines.at(-1), '1 delivery: 0 flagged, 0 inconclusive.');
    assert.match(stderr, /reading the log with go-ios 1\.0\.200/);
    assert.match(stderr, /watching the log/);
  });

  it('prints data for machines', async () => {
    const run = onDevice([{ lines: [deviceLine(PROBE.received), deviceLine(PROBE.reporting)], everyMs: 300 }]);
    const { stdout } = await run(/"verdict":"reported"/, '--format', 'json');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      lines.map(({ version, type, verdict }) => [version, type, verdict]),
      [
        [1, 'verdict', 'pending'],
        [1, 'verdict', 'reported'],
        [1, 'summary', undefined],
      ],
    );
    assert.equal(lines[0].id, lines[1].id);
    assert.deepEqual(lines[2], { version: 1, type: 'summary', deliveries: 1, flagged: 0, inconclusive: 0 });
  });

  it('flags what is missing when the deadline has passed', async () => {
    const run = onDevice([{ lines: [deviceLine(PROBE.received)] }]);
    const { exitCode, stdout } = await run(/Missing report/, '--deadline', '0.2');
    assert.equal(exitCode, 1);
    assert.match(stdout, /^✖ Missing report/m);
  });

  it('says that the log was lost and found, and flags nothing for it', async () => {
    const run = onDevice([
      { lines: [deviceLine(PROBE.received)], exitCode: 1, stderr: 'no device\n' },
      { lines: [deviceLine('x', 5000)] },
    ]);
    const { exitCode, stdout, stderr } = await run(/log gap of/, '--deadline', '3');
    assert.equal(exitCode, 3);
    assert.match(stdout, /Inconclusive/);
    assert.match(stderr, /the log was lost: ios ended with exit code 1: no device\. Trying again in 1 s/);
    assert.match(stderr, /log gap of .*: ios ended with exit code 1/);
  });

  it('says what to install instead of watching a simulator without Xcode', () =>
    inFolder({}, async (folder) => {
      const { exitCode, stdout, stderr } = await cli(['watch', '--simulator', UDID], { env: { PATH: folder } });
      assert.equal(exitCode, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /xcrun.*Xcode/);
      assert.doesNotMatch(stderr, /lost|[Tt]rying again/);
    }));

  it('watches a simulator with a narrow predicate, and reads the crash report its log tells of', () =>
    inFolder({}, async (folder) => {
      const report = join(folder, 'Example.ips');
      await writeFile(report, crashText((Date.now() + 100) * 1000, '0xbaadca11', {}));
      const line = (process: string, eventMessage: string): string =>
        JSON.stringify({
          timestamp: new Date().toISOString().replace('T', ' ').replace('Z', '+0000'),
          eventMessage,
          processImagePath: `/a/${process}`,
          processID: 100,
        });
      const lines = [
        line('Example', PROBE.received),
        line('osanalyticshelper', `Saved type '309' report (1 of max 25) at ${report}`),
      ];
      const devices = {
        devices: {
          'com.apple.CoreSimulator.SimRuntime.iOS-26-4': [
            { udid: UDID, name: 'iPhone', state: 'Booted', isAvailable: true },
          ],
        },
      };
      const xcrun = installXcrun(join(folder, 'bin'), { devices, log: { lines } });
      const env = { PATH: `${xcrun.folder}:${PATH_OF_NODE}` };
      const { exitCode, stdout } = await watchUntil(/Killed/, ['--simulator', UDID, '--app', 'com.example.app'], {
        env,
      });
      assert.equal(exitCode, 1);
      assert.match(stdout, /^✖ Killed {2}com\.example\.app/m);
      const predicate =
        xcrun
          .calls()
          .find(({ args }) => args.includes('stream'))
          ?.args.at(-1) ?? '';
      assert.match(predicate, /eventMessage CONTAINS "voip-push 1" OR .*eventMessage CONTAINS "Saved type"/);
    }));

  for (const [name, reports, words] of [
    ['fetches the crash report that the log of a device tells of', { 'Example.ips': '' }, /Killed/],
    ['says why a crash report cannot be fetched', {}, /saved: Example\.ips\. go-ios found no readable report/],
  ] as const) {
    it(name, () =>
      inFolder({}, async (folder) => {
        const report = crashText((Date.now() + 100) * 1000, '0xbaadca11', {});
        const saved = "Saved type '309' report (1 of max 25) at /var/mobile/Library/Logs/CrashReporter/Example.ips";
        const helper = deviceLine(saved).replace('Example[', 'osanalyticshelper[');
        const standIn = installDeviceTools(join(folder, 'bin'), {
          tools: ['ios'],
          udids: ['A'.repeat(25)],
          runs: [{ lines: [deviceLine(PROBE.received), helper] }],
          crashes: { reports: Object.fromEntries(Object.keys(reports).map((key) => [key, report])) },
        });
        const env = { PATH: `${standIn.path}:${PATH_OF_NODE}` };
        const { stdout, stderr } = await watchUntil(words, ['--device', '--deadline', '60'], { env });
        assert.match(`${stdout}${stderr}`, words);
        assert.deepEqual(standIn.reportsOnDevice(), Object.keys(reports));
      }),
    );
  }

  it('watches a file while it grows', () =>
    inFolder({ 'device.log': '' }, async (folder) => {
      const watching = watchUntil(/Reported/, ['--file', 'device.log'], { cwd: folder });
      await appendFile(join(folder, 'device.log'), `${deviceLine(PROBE.received)}\n${deviceLine(PROBE.reporting)}\n`);
      assert.equal((await watching).exitCode, 0);
    }));

  for (const [name, lines, expected] of [
    ['a log of long ago that is fine', goodLog(), 0],
    ['a log of long ago that is not', silentLog(), 1],
    ['a log of long ago that ends early', silentLog(0, 200), 3],
  ] as const) {
    it(`judges ${name} from stdin, to its end`, async () => {
      const { exitCode, stdout } = await cli(['watch', '-'], { stdin: bytes(fileOf(lines)) });
      assert.equal(exitCode, expected, stdout);
      assert.match(stdout, /^1 delivery: /m);
    });
  }

  it('leaves other apps’ pushes out', async () => {
    const args = ['watch', '-', '--app', 'com.example.other'];
    const { exitCode, stdout } = await cli(args, { stdin: bytes(fileOf(silentLog())) });
    assert.equal(exitCode, 0);
    assert.equal(stdout, '0 deliveries: 0 flagged, 0 inconclusive.\n');
  });

  const wrong: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [[], /Say what to watch/],
    [['-', '--device'], /Say what to watch/],
    [
      ['--device', '--simulator', UDID],
      /--simulator and --device are both given\. Say what to watch with one of them\./,
    ],
    [
      ['-', '--file', 'a.log', '--device'],
      /--device, --file and - are all given\. Say what to watch with one of them\./,
    ],
    [['--file', ''], /--file needs the name of a log/],
    [['--file', '.'], /Cannot read \.: it is a folder\. Name a log\./],
    [['device.log'], /Give --file device\.log/],
    [['--device'], /No tool that reads the log of a device is on PATH/],
    [['--device', 'X', '--tool', 'go-ios'], /go-ios is not on PATH/],
  ];
  for (const [args, message] of wrong) {
    it(`explains ${args.join(' ') || 'no arguments'}`, async () => {
      const { exitCode, stderr } = await cli(['watch', ...args], { env: { PATH: '' } });
      assert.equal(exitCode, 2);
      assert.match(stderr, message);
    });
  }

  it('asks which of several devices', async () => {
    const { exitCode, stderr } = await onDevice([], ['A'.repeat(25), 'B'.repeat(25)])(/never/);
    assert.equal(exitCode, 2);
    assert.match(stderr, /Several devices are connected: A+, B+\. Choose one with --device UDID\./);
  });
});

describe('voip-push check with crash reports and device logs', () => {
  const at = Date.UTC(2026, 8, 8, 8, 11, 34) * 1000 + 7_200_000;
  const cases: readonly (readonly [
    name: string,
    files: Readonly<Record<string, string>>,
    exitCode: number,
    words: RegExp,
  ])[] = [
    [
      'a crash report beside the log it explains',
      { 'a.ndjson': fileOf(silentLog()), 'a.ips': crashText(at, '0xbaadca11', { pid: '4711' }) },
      1,
      /^✖ Killed.*1 delivery: 1 flagged/s,
    ],
    ['a crash report alone', { 'a.crash': crashText(at, 'exception', { 'as-text': '' }) }, 1, /^✖ Killed/],
    ['a crash report of another name', { 'a.txt': crashText(at, '0xbaadca11', {}) }, 1, /^✖ Killed/],
    ['a crash for another reason', { 'a.ips': crashText(at, 'other', {}) }, 0, /No VoIP pushes/],
    [
      'an idevicesyslog log',
      { 'a.log': fileOf([deviceLine(PROBE.received, -60_000), deviceLine('x', -40_000)]) },
      1,
      /^✖ Missing report/,
    ],
  ];
  for (const [name, files, exitCode, words] of cases) {
    it(name, () =>
      inFolder(files, async (cwd) => {
        const result = await cli(['check', ...Object.keys(files)], { cwd });
        assert.match(result.stdout, words);
        assert.equal(result.exitCode, exitCode);
      }),
    );
  }

  it('gives no verdict with half a crash report', () =>
    inFolder({ 'a.ips': 'Termination Reason: FRONTBOARD 0xbaadca11', 'b.ips': '{}' }, async (cwd) => {
      assert.match((await cli(['check', 'a.ips'], { cwd })).stderr, /does not say when the app crashed/);
      assert.match((await cli(['check', 'b.ips'], { cwd })).stderr, /is not the report of a crash/);
      assert.match((await cli(['check', 'c.ips'], { cwd })).stderr, /there is no such file/);
    }));
});
