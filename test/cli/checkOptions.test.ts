import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { bytes, type CliResult, cli, fileOf, goodLog, inFolder, logLine, probeLine, silentLog } from './cliHarness';

const HOUR = 3_600_000;

/** A push that reached the device, and that no line says more of: `<private>` as on devices. */
const PRIVATE = [
  logLine(0, 'callservicesd', 'unrelated'),
  logLine(
    1000,
    'callservicesd',
    'Received incoming APS message from application with bundle identifier <private> and topic <private>',
    'com.apple.calls.callservicesd',
  ),
  logLine(60_000, 'callservicesd', 'unrelated'),
];

function ofApp(app: string, lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replaceAll('com.example.app', app));
}

const FILES = {
  'good.ndjson': fileOf(goodLog()),
  'silent.ndjson': fileOf(silentLog(60_000)),
  'cut.ndjson': fileOf(silentLog(120_000, 3000)),
  'later.ndjson': fileOf(silentLog(2 * HOUR)),
  'other.ndjson': fileOf(ofApp('com.example.other', silentLog(180_000))),
  'private.ndjson': fileOf(PRIVATE),
  'empty.ndjson': '',
  'sub/folder one/silent.ndjson': fileOf(silentLog(240_000)),
};

const check = (...args: string[]) => inFolder(FILES, (cwd) => cli(['check', ...args], { cwd }));
const verdictsOf = ({ stdout }: CliResult): readonly string[] =>
  JSON.parse(stdout).deliveries.map(({ verdict }: { verdict: string }) => verdict);

describe('voip-push check --fail-on', () => {
  const table: readonly (readonly [files: readonly string[], failOn: string, exitCode: number])[] = [
    [['good.ndjson'], 'warning', 0],
    [['silent.ndjson'], 'error', 1],
    [['silent.ndjson'], 'never', 0],
    [['cut.ndjson'], 'error', 3],
    [['cut.ndjson'], 'inconclusive', 1],
    [['cut.ndjson'], 'warning', 1],
    [['cut.ndjson'], 'never', 0],
    [['silent.ndjson', 'cut.ndjson'], 'error', 1],
    [['empty.ndjson'], 'never', 2],
  ];
  for (const [files, failOn, exitCode] of table) {
    it(`${failOn} with ${files.join(' ')}: ${exitCode}`, async () => {
      assert.equal((await check(...files, '--fail-on', failOn)).exitCode, exitCode);
    });
  }
});

describe('voip-push check --app and --since', () => {
  it('keeps deliveries of the apps asked for, and counts the others', async () => {
    const files = ['silent.ndjson', 'other.ndjson', 'private.ndjson'];
    const one = await check(...files, '--app', 'com.example.other', '--format', 'json');
    assert.deepEqual(verdictsOf(one), ['missing-report']);
    assert.equal(JSON.parse(one.stdout).deliveries[0].app, 'com.example.other');
    assert.deepEqual(JSON.parse(one.stdout).summary, { deliveries: 1, flagged: 1, inconclusive: 0 });
    assert.equal(
      one.stderr,
      'voip-push: 1 delivery was left out: of another app than --app names.\n' +
        'voip-push: 1 delivery was left out: the log does not say whose they are, so --app cannot tell.\n',
    );
    const both = await check(...files, '--app', 'com.example.other', '--app', 'com.example.app', '--format', 'json');
    assert.equal(verdictsOf(both).length, 2);
  });

  it('says which apps there are when it is none of them', async () => {
    const { exitCode, stdout, stderr } = await check('silent.ndjson', 'other.ndjson', '--app', 'com.example.typo');
    assert.equal(exitCode, 0);
    assert.match(stdout, /^None of the VoIP pushes in silent\.ndjson, other\.ndjson is asked for\.\n0 deliveries/);
    assert.match(
      stderr,
      /No delivery is of the app asked for\. There are deliveries of com\.example\.app, com\.example\.other\.\n$/,
    );
  });

  const since: readonly (readonly [time: string, count: number])[] = [
    ['10m', 1],
    ['600s', 1],
    ['2.5h', 2],
    ['1d', 2],
    ['2026-09-08T10:00:00Z', 1],
    ['2026-09-08T12:00:00.000+02:00', 1],
    ['2026-09-08T08:00Z', 2],
    ['2026-09-08T08:11:34.100001Z', 1],
    ['2026-09-08T08:11:34.100000Z', 2],
    ['2026-09-09T10:11:34Z', 0],
    ['2026-09-01', 2],
  ];
  for (const [time, count] of since) {
    it(`--since ${time}: ${count} deliveries`, async () => {
      const result = await check('good.ndjson', 'later.ndjson', '--since', time, '--format', 'json');
      assert.equal(verdictsOf(result).length, count);
      const left = 2 - count;
      const note = left === 0 ? '' : `voip-push: ${left === 1 ? '1 delivery was' : '2 deliveries were'} left out`;
      assert.ok(result.stderr.startsWith(note), result.stderr);
    });
  }

  it('judges with all of the evidence, and shows a part', async () => {
    const text = fileOf([...silentLog(), ...silentLog(60_000)].toSorted());
    const args = ['check', '-', '--format', 'json'];
    const whole = JSON.parse((await cli(args, { stdin: bytes(text) })).stdout);
    const part = JSON.parse((await cli([...args, '--since', '30s'], { stdin: bytes(text) })).stdout);
    assert.deepEqual(part.deliveries, whole.deliveries.slice(1));
  });
});

describe('wrong options of voip-push check', () => {
  const wrong: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [
      ['good.ndjson', '--format', 'xml'],
      /argument 'xml' is invalid\. Allowed choices are text, json, junit, markdown, sarif, html\./,
    ],
    [
      ['good.ndjson', '--fail-on', 'info'],
      /argument 'info' is invalid\. Allowed choices are error, warning, inconclusive, never\./,
    ],
    [['good.ndjson', '--since', 'yesterday'], /Give a time such as 2026-09-08T08:11:34Z, or a duration such as 90s/],
    [['good.ndjson', '--since', '2026-02-31'], /Give a time such as/],
    [['good.ndjson', '--since', '10'], /Give a time such as/],
    [['good.ndjson', '--since', '-5m'], /Give a time such as/],
    [['good.ndjson', '--deadline', '0'], /Give a number above 0/],
    [['*.txt'], /No file matches \*\.txt\./],
    [['sub'], /it is a folder/],
    [[], /missing required argument 'log'/],
  ];
  for (const [args, message] of wrong) {
    it(`${args.join(' ')}: ${message.source.slice(0, 40)}`, async () => {
      const { exitCode, stdout, stderr } = await check(...args);
      assert.deepEqual([exitCode, stdout], [2, '']);
      assert.match(stderr, message);
    });
  }
});

describe('voip-push check --format', () => {
  it('reads patterns as the files they match', async () => {
    const result = await check('{good,silent}.ndjson', 'sub/**/*.ndjson', '--format', 'json');
    assert.deepEqual(verdictsOf(result), ['reported', 'missing-report', 'missing-report']);
    assert.equal(result.exitCode, 1);
  });

  const starts: readonly (readonly [format: string, start: RegExp])[] = [
    ['junit', /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="voip-push check" tests="3" failures="1"/],
    ['markdown', /^## VoIP push deliveries\n\n3 deliveries: 1 flagged, 1 inconclusive\.\n/],
    ['html', /^<!DOCTYPE html>\n<html lang="en">/],
    ['sarif', /^\{"\$schema":"https:\/\/json\.schemastore\.org\/sarif-2\.1\.0\.json","version":"2\.1\.0"/],
  ];
  for (const [format, start] of starts) {
    it(`${format} is all there is on stdout, without color, and the exit code stays`, async () => {
      await inFolder(FILES, async (cwd) => {
        const args = ['check', 'good.ndjson', 'silent.ndjson', 'cut.ndjson', '--format', format];
        const result = await cli(args, { cwd, isTerminal: true });
        assert.match(result.stdout, start);
        assert.ok(result.stdout.endsWith('\n') && !result.stdout.includes('\u001b'));
        assert.deepEqual([result.exitCode, result.stderr], [1, '']);
      });
    });
  }

  it('junit fails what --fail-on fails', async () => {
    const { stdout } = await check('cut.ndjson', '--format', 'junit', '--fail-on', 'inconclusive');
    assert.match(stdout, /tests="1" failures="1"/);
  });

  it('sarif has the line of the receipt in each file, wherever it is', async () => {
    await inFolder(FILES, async (folder) => {
      const cwd = join(folder, 'sub');
      const args = ['check', '../silent.ndjson', 'folder one/silent.ndjson', '--format', 'sarif'];
      const { results } = JSON.parse((await cli(args, { cwd })).stdout).runs[0];
      const places = results.map(({ locations }: { locations: unknown[] }) => locations[0]);
      const region = { startLine: 2 };
      assert.deepEqual(places, [
        {
          physicalLocation: {
            artifactLocation: { uri: pathToFileURL(join(folder, 'silent.ndjson')).href },
            region,
          },
        },
        {
          physicalLocation: { artifactLocation: { uri: 'folder%20one/silent.ndjson', uriBaseId: '%SRCROOT%' }, region },
        },
      ]);
    });
  });

  it('sarif has no location for stdin', async () => {
    const { stdout } = await cli(['check', '-', '--format', 'sarif'], { stdin: bytes(fileOf(silentLog())) });
    assert.equal(JSON.parse(stdout).runs[0].results[0].locations, undefined);
  });

  it('shows what a log says, and runs none of it', async () => {
    const app = '<img src=x onerror=alert(1)>|@octocat';
    const received = { e: 'received', app, mustReport: true, state: 'background', via: 'metadata' };
    const text = fileOf([...silentLog().slice(0, 1), probeLine(100, received), ...silentLog().slice(2)]);
    for (const format of ['html', 'markdown', 'junit']) {
      const { stdout } = await cli(['check', '-', '--format', format], { stdin: bytes(text) });
      // In Markdown, only fenced blocks have the line as it is; elsewhere a backslash goes before it.
      assert.doesNotMatch(stdout.replace(/```[\s\S]*?```/g, ''), /(?<!\\)<img/, format);
    }
  });
});

describe('voip-push check, in words', () => {
  const received = { e: 'received', app: 'com.example.app', mustReport: true, state: 'inactive', via: 'metadata' };
  const start = [...silentLog().slice(0, 1), probeLine(100, received)];
  const said = async (lines: readonly string[]) =>
    (await cli(['check', '-'], { stdin: bytes(fileOf([...lines, ...silentLog().slice(2)])) })).stdout;

  it('says what an inactive app was', async () => {
    const stdout = await said(start);
    assert.match(stdout, /The handler ran while the app was inactive\./);
    assert.match(stdout, /It was not seen to return\./);
  });

  it('takes the exception of PushKit for the return of the handler', async () => {
    const exception =
      "*** Terminating app due to uncaught exception 'NSInternalInconsistencyException', reason: 'Killing app because it never posted an incoming call to the system after receiving a PushKit VoIP push.'";
    const stdout = await said([...start, logLine(110, 'Example', exception)]);
    assert.match(stdout, /PushKit ended the app \(check 1\)/);
    assert.doesNotMatch(stdout, /not seen to return/);
  });
});

describe('voip-push lint --format sarif', () => {
  it('points into the files', async () => {
    await inFolder({ 'push/a.voip.json': '{\n  "aps": 1\n}' }, async (cwd) => {
      const { exitCode, stdout } = await cli(['lint', 'push/*.voip.json', '--format', 'sarif'], { cwd });
      assert.equal(exitCode, 1);
      const { results } = JSON.parse(stdout).runs[0];
      const aps = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'payload/aps');
      assert.deepEqual(aps.locations[0].physicalLocation.artifactLocation, {
        uri: 'push/a.voip.json',
        uriBaseId: '%SRCROOT%',
      });
    });
  });
});
