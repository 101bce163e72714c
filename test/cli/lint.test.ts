import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LintReport } from '../../src/cli/lintCommand';
import { bytes, cli, inFolder } from './cliHarness';

const GOOD = '{"aps":{},"uuid":"6b0f2f3e-9d0a-4f0b-8d39-0d3f7d3a1c01"}\n';
const BROKEN = '{\n  "aps": {},\n  "uuid" 1\n}\n';
const BIG = `{"uuid":"6b0f2f3e-9d0a-4f0b-8d39-0d3f7d3a1c01","x":"${'ä'.repeat(2600)}"}`;
const FILES = {
  'good.json': GOOD,
  'broken.json': BROKEN,
  'big.json': BIG,
  'latin1.json': Uint8Array.of(0x7b, 0xe4, 0x7d),
};

const lint = (args: readonly string[], stdin = '') =>
  inFolder(FILES, (cwd) => cli(['lint', ...args], { cwd, stdin: bytes(stdin) }));

async function lintJson(args: readonly string[], stdin?: string): Promise<{ exitCode: number; report: LintReport }> {
  const { exitCode, stdout } = await lint([...args, '--format', 'json'], stdin);
  return { exitCode, report: JSON.parse(stdout) };
}

describe('voip-push lint', () => {
  it('is content with a good payload', async () => {
    const { exitCode, report } = await lintJson(['good.json']);
    assert.equal(exitCode, 0);
    assert.deepEqual(
      report.files.map(({ path, bytes: size }) => [path, size]),
      [['good.json', GOOD.length]],
    );
    assert.ok(report.files[0]?.findings.every(({ severity }) => severity !== 'error'));
  });

  it('gives the documented shape, with places from zero', async () => {
    const { exitCode, report } = await lintJson(['broken.json']);
    assert.equal(exitCode, 1);
    assert.deepEqual(Object.keys(report), ['version', 'files']);
    assert.equal(report.version, 1);
    const finding = report.files[0]?.findings.find(({ severity }) => severity === 'error');
    assert.deepEqual(Object.keys(finding ?? {}).sort(), ['message', 'range', 'rule', 'severity']);
    assert.equal(finding?.range.start.line, 2);
  });

  it('prints places from one, as editors do', async () => {
    const { exitCode, stdout, stderr } = await lint(['broken.json', 'good.json']);
    assert.equal(exitCode, 1);
    assert.match(stdout, /^broken\.json:3:\d+ error payload\/\S+ \S/m);
    assert.match(stdout, /^2 files: \d+ errors?/m);
    assert.equal(stderr, '');
  });

  it('counts bytes, not characters', async () => {
    const { report } = await lintJson(['big.json']);
    assert.equal(report.files[0]?.bytes, Buffer.byteLength(BIG));
    assert.ok(report.files[0]?.findings.some(({ rule }) => rule === 'payload/size'));
  });

  it('takes another limit', async () => {
    const { report } = await lintJson(['big.json', '--limit', '10000']);
    assert.ok(report.files[0]?.findings.every(({ rule }) => rule !== 'payload/size'));
  });

  it('knows the app’s own place of the call id', async () => {
    const own = '{"aps":{},"session":{"ref":"4711"}}';
    const rulesOf = async (...args: string[]) =>
      (await lintJson(['-', ...args], own)).report.files[0]?.findings.map(({ rule }) => rule);
    assert.deepEqual(await rulesOf(), ['payload/call-id-missing']);
    assert.deepEqual(await rulesOf('--call-id-pointer', '/elsewhere'), ['payload/call-id-missing']);
    assert.deepEqual(await rulesOf('--call-id-pointer', '/elsewhere', '--call-id-pointer', '/session/ref'), []);
  });

  it('reads stdin', async () => {
    const { exitCode, report } = await lintJson(['-'], BROKEN);
    assert.equal(exitCode, 1);
    assert.equal(report.files[0]?.path, '<stdin>');
  });

  it('leaves warnings at 0 unless told how many are too many', async () => {
    const withWarning = '{"aps":{},"uuid":"6b0f2f3e-9d0a-4f0b-8d39-0d3f7d3a1c01","x":1,"x":1}';
    const { exitCode, report } = await lintJson(['-'], withWarning);
    const severities = report.files[0]?.findings.map(({ severity }) => severity) ?? [];
    assert.ok(severities.includes('warning') && !severities.includes('error'), severities.join());
    assert.equal(exitCode, 0);
    assert.equal((await lint(['-', '--max-warnings', '0'], withWarning)).exitCode, 1);
    assert.equal((await lint(['-', '--max-warnings', '9'], withWarning)).exitCode, 0);
  });

  for (const file of ['missing.json', '.', 'latin1.json']) {
    it(`says why ${file} cannot be read, lints the rest, and exits with 2`, async () => {
      const { exitCode, stdout, stderr } = await lint([file, 'good.json']);
      assert.equal(exitCode, 2);
      assert.match(stderr, /^voip-push: Cannot read .+: .+\.\n$/);
      assert.match(stdout, /^1 file: /m);
    });
  }

  it('keeps escape sequences of a file name away from the terminal', async () => {
    const { stderr } = await lint(['a\u001b[31m.json']);
    assert.ok(!stderr.includes('\u001b'));
  });
});
