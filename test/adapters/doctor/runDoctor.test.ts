import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DoctorOptions, DoctorWorld } from '../../../src/adapters/doctor/doctorWorld';
import {
  type DoctorProgress,
  doctorMarkdown,
  realDoctorWorld,
  runDoctor,
} from '../../../src/adapters/doctor/runDoctor';
import { swiftApp } from './appFolders';
import { inTree, withStandIns } from './standIns';

const never = new AbortController().signal;
const OPTIONS: DoctorOptions = { product: 'voip-push 1.2.3', isOffline: true };

function worldOf(more: Partial<DoctorWorld> = {}): DoctorWorld {
  return {
    ...realDoctorWorld(),
    platform: 'darwin',
    env: { PATH: '' },
    nowMs: () => Date.UTC(2026, 8, 8, 8, 11, 34),
    identity: { homeFolder: '/Users/ann', userName: 'ann', hostName: 'anns-mac.local' },
    ...more,
  };
}

describe('runDoctor', () => {
  it('checks everything once, in a fixed order, and tells how far it is', async () => {
    const progress: DoctorProgress[] = [];
    const report = await runDoctor(worldOf(), OPTIONS, (each) => progress.push(each), never);
    const ids = report.checks.map(({ id }) => id);
    assert.deepEqual(ids, [
      'platform',
      'runtime',
      'developer-folder',
      'simctl',
      'device-tools',
      'devices',
      'credentials',
      'clock',
      'apns-ports-production',
      'apns-ports-sandbox',
      'loopback',
      'app-folder',
    ]);
    assert.deepEqual(
      progress.map(({ done }) => done),
      ids.map((_, index) => index + 1),
    );
    assert.ok(progress.every(({ total }) => total === ids.length));
    assert.equal(report.checkedAt, '2026-09-08T08:11:34.000Z');
    assert.deepEqual(report.checks.find(({ id }) => id === 'clock')?.found, 'Left out: offline was asked for.');
  });

  it('takes findings about credentials from its caller, and names the editor', async () => {
    const credentials = [
      {
        title: 'Work key',
        verdict: 'problem',
        found: 'AuthKey_AB12CD34EF.p8 is no P-256 key.',
        fix: 'Download it again.',
      },
      { title: 'Certificate', verdict: 'ok', found: 'Valid for 30 days.' },
    ] as const;
    const { checks } = await runDoctor(
      worldOf(),
      { ...OPTIONS, editor: 'VS Code 1.101.0', credentials },
      () => {},
      never,
    );
    assert.deepEqual(
      checks.filter(({ id }) => id === 'credentials').map(({ title, verdict, found }) => [title, verdict, found]),
      [
        ['Work key', 'problem', 'AuthKey_AB1….p8 is no P-256 key.'],
        ['Certificate', 'ok', 'Valid for 30 days.'],
      ],
    );
    assert.match(checks.find(({ id }) => id === 'runtime')?.found ?? '', /^VS Code 1\.101\.0 with Node\.js /);
  });

  it('finds an old Node.js', async () => {
    const { checks } = await runDoctor(worldOf({ nodeVersion: '18.20.4' }), OPTIONS, () => {}, never);
    assert.equal(checks.find(({ id }) => id === 'runtime')?.verdict, 'problem');
  });

  it('gives up on one check that hangs, ends its program, and keeps the others', () =>
    withStandIns({ xcrun: { hangs: 'pid' }, 'xcode-select': { exitCode: 2 } }, async (env, folder) => {
      const { checks } = await runDoctor(worldOf({ env }), { ...OPTIONS, timeLimitMs: 2_000 }, () => {}, never);
      const simctl = checks.find(({ id }) => id === 'simctl');
      assert.equal(simctl?.verdict, 'not-checked');
      assert.equal(simctl?.found, 'It took longer than 2 s.');
      assert.equal(checks.find(({ id }) => id === 'developer-folder')?.verdict, 'problem');
      await ended(join(folder, 'pid'));
    }));

  it('can be cancelled, and ends the programs it runs', () =>
    withStandIns({ xcrun: { hangs: 'pid' } }, async (env, folder) => {
      const cancelling = new AbortController();
      const running = runDoctor(worldOf({ env }), OPTIONS, () => {}, cancelling.signal);
      await exists(join(folder, 'pid'));
      cancelling.abort(new Error('enough'));
      await assert.rejects(running, /enough/);
      await ended(join(folder, 'pid'));
    }));

  it('tells nobody who the user is', () =>
    inTree({ 'ann/Example/x': '' }, async (tree) => {
      const home = join(tree, 'ann');
      const udid = '00008110-001A2B3C4D5E6F70';
      const secrets = [tree, 'ann', 'anns-mac', udid, 'AB12CD34EF', 'QRSTUVWXYZ', 'a'.repeat(64)];
      const token = `eyJ${'h'.repeat(20)}.${'p'.repeat(20)}.${'s'.repeat(20)}`;
      const tools = { 'xcode-select': { stdout: `${home}/Xcode.app\n` }, idevice_id: { stdout: `${udid}\n` } };
      await withStandIns(tools, async (env) => {
        const world = worldOf({ env, identity: { homeFolder: home, userName: 'ann', hostName: 'anns-mac.local' } });
        const credentials = [
          {
            title: 'Key AB12CD34EF of ann',
            verdict: 'problem',
            found: `${home}/AuthKey_AB12CD34EF.p8, team id QRSTUVWXYZ, on ANNS-MAC, ${'a'.repeat(64)}, ${token}`,
          },
        ] as const;
        const report = await runDoctor(world, { ...OPTIONS, folder: `${home}/Gone`, credentials }, () => {}, never);
        for (const text of [JSON.stringify(report), doctorMarkdown(report)]) {
          for (const secret of [...secrets, token]) {
            assert.doesNotMatch(text, new RegExp(`(?<![A-Za-z])${secret}(?![a-z])`, 'i'), secret);
          }
          assert.match(text, /~\/AuthKey_AB1….p8/);
          assert.match(text, /00008110…/);
        }
      });
    }));

  it('judges the app in the folder', () =>
    inTree(swiftApp, async (folder) => {
      const { checks } = await runDoctor(worldOf(), { ...OPTIONS, folder }, () => {}, never);
      assert.deepEqual(
        checks.filter(({ id }) => id.startsWith('app-')).map(({ verdict }) => verdict),
        ['ok', 'ok', 'ok', 'ok'],
      );
    }));
});

async function exists(path: string): Promise<void> {
  for (;;) {
    try {
      await access(path);
      if ((await readFile(path, 'utf8')) !== '') return;
    } catch {}
    await sleep(10);
  }
}

/** Waits until the process whose id is in this file has gone. */
async function ended(path: string): Promise<void> {
  const id = Number(await readFile(path, 'utf8'));
  for (;;) {
    try {
      process.kill(id, 0);
    } catch {
      return;
    }
    await sleep(10);
  }
}
