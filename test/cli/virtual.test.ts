import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { DemoReport } from '../../src/cli/demoCommand';
import type { AppBehavior } from '../../src/core/virtualApp';
import { bytes, cli, inFolder } from './cliHarness';

/** What the product must say to each behavior on iOS 26.4 or later, in the background, without a debugger. */
const VERDICTS: { readonly [B in AppBehavior]: string } = {
  'reports-in-time': 'reported',
  'reports-after-await': 'reported-late',
  'reports-late': 'killed',
  'never-reports': 'killed',
  'returns-early': 'killed',
  'reports-existing-call': 'reported-with-error',
  'do-not-disturb': 'reported-with-error',
  foreground: 'not-required',
  'on-call': 'not-required',
  'delivered-late': 'not-required',
  'logged-out': 'killed',
};

const PAYLOAD = '{"aps":{},"uuid":"6b0f2f3e-9d0a-4f0b-8d39-0d3f7d3a1c01"}';

const verdictsOf = (deliveries: readonly { readonly verdict: string }[]) => deliveries.map(({ verdict }) => verdict);

describe('voip-push demo', () => {
  it('reaches the right verdict on every behavior, and again from the log it writes', async () => {
    await inFolder({}, async (cwd) => {
      const demo = await cli(['demo', '--format', 'json', '--log', 'phone.ndjson'], { cwd });
      const report: DemoReport = JSON.parse(demo.stdout);
      assert.deepEqual(Object.fromEntries(report.deliveries.map((one) => [one.behavior, one.verdict])), VERDICTS);
      assert.equal(demo.exitCode, 1);
      assert.equal(report.virtual, true);
      assert.deepEqual(report.summary, { deliveries: 11, flagged: 4, inconclusive: 0 });
      assert.equal(report.deliveries[0]?.title, 'Reports in time');

      const check = await cli(['check', 'phone.ndjson', '--format', 'json'], { cwd });
      assert.equal(check.exitCode, 1);
      assert.deepEqual(verdictsOf(JSON.parse(check.stdout).deliveries), verdictsOf(report.deliveries));
    });
  });

  it('runs only the behaviors asked for, in that order, and names them', async () => {
    const { exitCode, stdout, stderr } = await cli(['demo', '--behavior', 'foreground', 'reports-in-time']);
    assert.equal(exitCode, 0);
    assert.match(stdout, /^Virtual iPhone: /);
    assert.ok(stdout.indexOf('○ Not required  In the foreground') < stdout.indexOf('✔ Reported  Reports in time'));
    assert.match(stdout, /\n2 deliveries: 0 flagged, 0 inconclusive\.\n$/);
    assert.equal(stderr, '');
  });

  it('lets the same app break the rule again and again, because each time it is a new installation', async () => {
    const { stdout } = await cli(['demo', '--format', 'json', '--behavior', ...Array(4).fill('never-reports')]);
    assert.deepEqual(verdictsOf(JSON.parse(stdout).deliveries), Array(4).fill('killed'));
  });

  it('says why a log cannot be written', async () => {
    const { exitCode, stderr } = await cli(['demo', '--log', join('no', 'such', 'folder', 'x.ndjson')]);
    assert.equal(exitCode, 2);
    assert.match(stderr, /^voip-push: Cannot write no.such.folder.x\.ndjson: there is no such folder\. .+\n$/);
    const folder = await cli(['demo', '--log', tmpdir()]);
    assert.equal(folder.exitCode, 2);
    assert.match(folder.stderr, /: it is a folder\. Name a file\.\n$/);
  });
});

describe('voip-push send --virtual', () => {
  const sendings: readonly (readonly [args: readonly string[], exitCode: number, verdict: string])[] = [
    [[], 0, 'reported'],
    [['--behavior', 'never-reports'], 1, 'killed'],
    [['--behavior', 'never-reports', '--debugger'], 1, 'missing-report'],
    [['--behavior', 'reports-late', '--debugger'], 1, 'reported-late'],
    [['--behavior', 'reports-after-await'], 0, 'reported-late'],
    [['--behavior', 'reports-after-await', '--system', 'older'], 1, 'killed'],
    [['--behavior', 'foreground', '--system', 'older'], 0, 'not-required'],
    [['--behavior', 'reports-late', '--time-scale', '50'], 1, 'killed'],
  ];
  for (const [args, exitCode, verdict] of sendings) {
    it(`judges ${args.join(' ') || 'a good app'}`, async () => {
      await inFolder({ 'call.json': PAYLOAD }, async (cwd) => {
        const result = await cli(['send', 'call.json', '--virtual', '--format', 'json', ...args], { cwd });
        assert.deepEqual(verdictsOf(JSON.parse(result.stdout).deliveries), [verdict]);
        assert.equal(result.exitCode, exitCode);
      });
    });
  }

  it('wants to be told where to send', async () => {
    const { exitCode, stderr } = await cli(['send', '-'], { stdin: bytes(PAYLOAD) });
    assert.equal(exitCode, 2);
    assert.match(stderr, /add one of --virtual, --simulator UDID, --token HEX and --target NAME\.\n$/);
  });

  it('prints the verdict for people', async () => {
    const { stdout } = await cli(['send', '-', '--virtual'], { stdin: bytes(PAYLOAD) });
    assert.match(
      stdout,
      /^✔ Reported {2}Virtual iPhone {2}com\.example\.app {2}mustReport true {2}\S+Z\n {2}Reported: /,
    );
  });

  it('stops at lint errors, and goes on with --force to learn what APNs says', async () => {
    const tooBig = JSON.stringify({ ...JSON.parse(PAYLOAD), x: 'x'.repeat(6000) });
    const stopped = await cli(['send', '-', '--virtual'], { stdin: bytes(tooBig) });
    assert.equal(stopped.exitCode, 2);
    assert.equal(stopped.stdout, '');
    assert.match(stopped.stderr, /^<stdin>:1:\d+ error payload\/size .+\nvoip-push: The payload was not sent/);
    const forced = await cli(['send', '-', '--virtual', '--force'], { stdin: bytes(tooBig) });
    assert.equal(forced.exitCode, 1);
    assert.match(forced.stdout, /^✖ Rejected/);
  });

  it('leaves nothing in the temporary folder', async () => {
    const before = await readdir(tmpdir());
    await cli(['send', '-', '--virtual'], { stdin: bytes(PAYLOAD) });
    const left = (await readdir(tmpdir())).filter(
      (name) => name.startsWith('voip-push-run-') && !before.includes(name),
    );
    assert.deepEqual(left, []);
  });

  it('cleans up and gives the reason when it is interrupted', async () => {
    await inFolder({}, async (cwd) => {
      const interruption = new AbortController();
      const args = ['send', '-', '--virtual', '--behavior', 'never-reports', '--time-scale', '1', '--log', 'x.ndjson'];
      const running = cli(args, { cwd, stdin: bytes(PAYLOAD), interrupted: interruption.signal });
      const logText = () => readFile(join(cwd, 'x.ndjson'), 'utf8').catch(() => '');
      while (!(await logText()).includes('voip-push 1')) await new Promise((resolve) => setTimeout(resolve, 10));
      interruption.abort(new Error('interrupted'));
      await assert.rejects(running, /^Error: interrupted$/);
    });
  });
});
