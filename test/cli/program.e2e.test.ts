import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { fileOf, goodLog, inFolder, silentLog } from './cliHarness';

/** Built before the tests run. */
const CLI = resolve('dist', 'cli.js');
const PAYLOAD = '{"aps":{},"uuid":"6b0f2f3e-9d0a-4f0b-8d39-0d3f7d3a1c01"}';

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [CLI, ...args], { env: { ...process.env, ...env } });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output.stderr += chunk.toString();
  });
  const ended = once(child, 'close').then(([exitCode, signal]) => ({ exitCode, signal, ...output }));
  return { child, ended };
}

describe('the built voip-push', () => {
  it('is there: the build comes before the tests', () => assert.ok(existsSync(CLI), CLI));

  it('runs the demo with its lazily loaded parts', async () => {
    const { exitCode, stdout, stderr } = await start(['demo', '--format', 'json']).ended;
    assert.equal(stderr, '');
    assert.equal(exitCode, 1);
    assert.equal(JSON.parse(stdout).summary.deliveries, 11);
  });

  it('takes a log on stdin and prints no color to a pipe', async () => {
    const { child, ended } = start(['check', '-'], { FORCE_COLOR: '1' });
    child.stdin.end(fileOf(silentLog()));
    const { exitCode, stdout } = await ended;
    assert.equal(exitCode, 1);
    assert.match(stdout, /^✖ Missing report/);
    assert.ok(!stdout.includes('\u001b'));
  });

  it('writes a result larger than a pipe to its end', async () => {
    const lines = Array.from({ length: 800 }, (_, index) =>
      goodLog(index * 30_000, `6b0f2f3e-9d0a-4f0b-8d39-${String(index).padStart(12, '0')}`),
    );
    const { child, ended } = start(['check', '-', '--format', 'json']);
    child.stdin.end(fileOf(lines.flat()));
    const { exitCode, stdout } = await ended;
    assert.ok(stdout.length > 200_000);
    assert.equal(JSON.parse(stdout).summary.deliveries, 800);
    assert.equal(exitCode, 0);
  });

  it('is quiet when its reader goes away, and still tells the verdict', async () => {
    const { child, ended } = start(['check', '-']);
    child.stdout.destroy();
    child.stdin.end(fileOf(Array.from({ length: 200 }, (_, index) => silentLog(index * 30_000)).flat()));
    const { exitCode, stderr } = await ended;
    assert.equal(stderr, '');
    assert.equal(exitCode, 1);
  });

  for (const [signal, exitCode] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`ends cleanly with ${exitCode} on ${signal}`, { skip: process.platform === 'win32' }, async () => {
      await inFolder({}, async (folder) => {
        const { child, ended } = start(['apns', '--port', '0', '--folder', join(folder, 'apns')]);
        await once(child.stdout, 'data');
        child.kill(signal);
        const result = await ended;
        assert.deepEqual([result.exitCode, result.signal, result.stderr], [exitCode, null, '']);
        assert.equal(result.stdout.trim().split('\n').length, 1);
      });
    });
  }

  it('leaves nothing behind when it is interrupted', { skip: process.platform === 'win32' }, async () => {
    await inFolder({ 'call.json': PAYLOAD }, async (folder) => {
      const args = ['send', join(folder, 'call.json'), '--virtual', '--behavior', 'never-reports', '--time-scale', '1'];
      const { child, ended } = start([...args, '--log', join(folder, 'x.ndjson')], { TMPDIR: folder });
      while (!existsSync(join(folder, 'x.ndjson'))) await new Promise((done) => setTimeout(done, 10));
      child.kill('SIGINT');
      const { exitCode, stdout, stderr } = await ended;
      assert.deepEqual([exitCode, stdout, stderr], [130, '', '']);
      assert.deepEqual((await readdir(folder)).sort(), ['call.json', 'x.ndjson']);
    });
  });
});
