import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createApnsClient } from '../../src/adapters/apns/apnsClient';
import type { ApnsAnnouncement } from '../../src/cli/apnsCommand';
import { dataFolder } from '../../src/cli/dataFolder';
import { runCli } from '../../src/cli/program';
import { buildVoipPush } from '../../src/core/apns/voipPush';
import type { PushOutcome } from '../../src/core/ports';
import { bytes, cli, inFolder } from './cliHarness';

interface Running {
  readonly lines: readonly string[];
  readonly announcement: ApnsAnnouncement;
  readonly send: (bundleId?: string) => Promise<PushOutcome>;
}

/** Runs `voip-push apns` in `folder` until `work` is done, then interrupts it. */
async function withApns(
  folder: string,
  args: readonly string[],
  work: (running: Running) => Promise<void>,
): Promise<void> {
  const interruption = new AbortController();
  const lines: string[] = [];
  let announce = (_line: string): void => {};
  const announced = new Promise<string>((resolve) => {
    announce = resolve;
  });
  const ended = runCli(['apns', '--port', '0', '--folder', 'apns', '--log', 'phone.ndjson', ...args], {
    stdin: bytes(),
    stdout: (text) => {
      lines.push(text);
      announce(text);
    },
    stderr: (text) => announce(text),
    isTerminal: false,
    isStderrTerminal: false,
    env: {},
    cwd: folder,
    homeFolder: folder,
    platform: process.platform,
    now: () => Date.now() * 1000,
    interrupted: interruption.signal,
  });
  const first = await announced;
  assert.match(first, /^\{/, first);
  const announcement: ApnsAnnouncement = JSON.parse(first);
  const { origin, keyId, teamId, token } = announcement;
  const credentials = { kind: 'token', key: await readFile(announcement.key, 'utf8'), keyId, teamId } as const;
  const client = createApnsClient({ origin, ca: await readFile(announcement.ca, 'utf8'), credentials });
  const send = (bundleId = 'com.example.app') =>
    client.send(
      buildVoipPush({
        bundleId,
        deviceToken: token,
        body: Buffer.from('{"aps":{},"uuid":"6b0f2f3e-9d0a-4f0b-8d39-0d3f7d3a1c01"}'),
        apnsId: '0d9d1fd5-0d1f-4c8f-9a0e-4b1c5a6f7e01',
      }),
    );
  try {
    await work({ lines, announcement, send });
  } finally {
    await client.close();
    interruption.abort(new Error('interrupted'));
    await assert.rejects(ended, /interrupted/);
  }
}

describe('voip-push apns', () => {
  it('announces itself in one line, takes pushes, and logs what the phone does with them', async () => {
    await inFolder({}, async (folder) => {
      await withApns(folder, [], async ({ lines, announcement, send }) => {
        assert.deepEqual(Object.keys(announcement), [
          'origin',
          'ca',
          'key',
          'keyId',
          'teamId',
          'topic',
          'token',
          'environment',
        ]);
        assert.match(announcement.origin, /^https:\/\/127\.0\.0\.1:\d+$/);
        assert.equal(announcement.topic, 'com.example.app.voip');
        assert.equal((await send()).kind, 'accepted');
        const log = () => readFile(join(folder, 'phone.ndjson'), 'utf8');
        while (!(await log()).includes('\\"e\\":\\"completed\\"'))
          await new Promise((resolve) => setTimeout(resolve, 20));
        assert.equal(lines.length, 1);
        assert.equal(lines[0], `${JSON.stringify(announcement)}\n`);
      });
      const check = await cli(['check', 'phone.ndjson', '--format', 'json'], { cwd: folder });
      assert.equal(JSON.parse(check.stdout).deliveries[0].verdict, 'reported');
    });
  });

  it('keeps its CA and key, so that they are trusted only once', async () => {
    await inFolder({}, async (folder) => {
      const seen: string[] = [];
      for (let round = 0; round < 2; round += 1) {
        await withApns(folder, [], async ({ announcement }) => {
          seen.push(`${announcement.keyId} ${await readFile(announcement.ca, 'utf8')}`);
        });
      }
      assert.equal(seen[0], seen[1]);
    });
  });

  it('goes wrong on demand, and refuses foreign topics', async () => {
    await inFolder({}, async (folder) => {
      await withApns(folder, ['--fault', 'reason=TooManyRequests,times=1'], async ({ send }) => {
        const first = await send();
        assert.ok(first.kind === 'rejected' && first.status === 429 && first.reason === 'TooManyRequests');
        assert.equal((await send()).kind, 'accepted');
        assert.equal((await send('org.other.app')).kind, 'rejected');
      });
    });
  });

  it('says when the port is taken, and exits with 2', async () => {
    await inFolder({}, async (folder) => {
      await withApns(folder, [], async ({ announcement }) => {
        const { port } = new URL(announcement.origin);
        const { exitCode, stdout, stderr } = await cli(['apns', '--port', port, '--folder', 'apns'], { cwd: folder });
        assert.deepEqual([exitCode, stdout], [2, '']);
        assert.match(stderr, new RegExp(`^voip-push: Port ${port} is already in use`));
      });
    });
  });

  it('says when its folder cannot be used', async () => {
    await inFolder({ file: '' }, async (cwd) => {
      const { exitCode, stderr } = await cli(['apns', '--port', '0', '--folder', join('file', 'below')], { cwd });
      assert.equal(exitCode, 2);
      assert.match(stderr, /^voip-push: Cannot make .*below: /);
    });
  });
});

describe('data folder', () => {
  const cases: readonly (readonly [platform: string, env: Record<string, string>, folder: string])[] = [
    ['linux', {}, '/home/jane/.local/share/voip-push-debugger'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/voip-push-debugger'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/jane/.local/share/voip-push-debugger'],
    ['darwin', { XDG_DATA_HOME: '/data' }, '/home/jane/Library/Application Support/voip-push-debugger'],
    ['win32', { LOCALAPPDATA: 'C:\\Users\\jane\\Local' }, 'C:\\Users\\jane\\Local\\voip-push-debugger'],
  ];
  for (const [platform, env, folder] of cases) {
    it(`is ${folder} on ${platform}`, () => {
      assert.equal(dataFolder({ platform, env, homeFolder: '/home/jane' }), folder);
    });
  }
});
