import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { createSimctl, type SimctlOptions } from '../../../src/adapters/simulators/simctl';
import { explainSimctlExit } from '../../../src/core/simulators/exitCodes';
import { deviceRecord, installScript, installXcrun, type XcrunStandIn, type XcrunWorld } from '../../standIns/xcrun';

const BOOTED = 'AAAAAAAA-0000-4000-8000-000000000001';
const SHUT_DOWN = 'BBBBBBBB-0000-4000-8000-000000000002';
const NOBODY = 'CCCCCCCC-0000-4000-8000-000000000003';
const WORLD: XcrunWorld = {
  devices: {
    devices: {
      'com.apple.CoreSimulator.SimRuntime.iOS-26-4': [
        deviceRecord(SHUT_DOWN, 'iPhone Air', 'Shutdown'),
        deviceRecord(BOOTED, 'iPhone 17', 'Booted'),
      ],
    },
  },
  apps: '{\n "com.example.app" = {\n ApplicationType = User;\n CFBundleDisplayName = "Ex \\U00e4mple";\n };\n}\n',
};

const home = mkdtempSync(join(tmpdir(), 'voip push simctl test '));
after(() => rmSync(home, { recursive: true, force: true }));

let round = 0;
let xcrun: XcrunStandIn;
let env: NodeJS.ProcessEnv;
const simctl = (options: SimctlOptions = {}) => createSimctl({ env, ...options });

beforeEach(() => {
  const folder = join(home, String(round++));
  xcrun = installXcrun(folder, WORLD);
  env = { PATH: folder };
});

describe('simulators and their apps', () => {
  it('are listed, the booted one first', async () => {
    const listed = await simctl().list();
    assert.ok(listed.ok);
    assert.deepEqual(
      listed.value.map(({ name, runtime, state }) => [name, runtime, state]),
      [
        ['iPhone 17', 'iOS 26.4', 'Booted'],
        ['iPhone Air', 'iOS 26.4', 'Shutdown'],
      ],
    );
    assert.deepEqual(xcrun.calls()[0]?.args, ['simctl', 'list', 'devices', '-j']);
  });

  it('apps are read without plutil', async () => {
    const listed = await simctl().listApps(BOOTED);
    assert.deepEqual(listed, { ok: true, value: [{ bundleId: 'com.example.app', name: 'Ex ämple' }] });
  });

  it('apps are read by plutil where there is one', async () => {
    const json = JSON.stringify({ 'com.example.plutil': { ApplicationType: 'User' } });
    const script = `process.stdin.resume().on('end', () => console.log(process.argv[2] === '-convert' ? ${JSON.stringify(json)} : 'no'))`;
    installScript(xcrun.folder, 'plutil', script);
    const listed = await simctl().listApps(BOOTED);
    assert.deepEqual(listed, { ok: true, value: [{ bundleId: 'com.example.plutil', name: 'com.example.plutil' }] });
  });

  it('apps are read without plutil when it refuses, before it has read anything', async () => {
    xcrun.change({ ...WORLD, apps: `${WORLD.apps?.slice(0, -2)} big = "${'x'.repeat(500_000)}"; }` });
    installScript(xcrun.folder, 'plutil', 'process.exit(1)');
    const listed = await simctl().listApps(BOOTED);
    assert.ok(listed.ok);
    assert.deepEqual(listed.value, [{ bundleId: 'com.example.app', name: 'Ex ämple' }]);
  });

  it('DEVELOPER_DIR reaches xcrun', async () => {
    await simctl({ env: { ...env, DEVELOPER_DIR: '/Applications/Xcode-beta.app/Contents/Developer' } }).list();
    assert.equal(xcrun.calls()[0]?.developerDir, '/Applications/Xcode-beta.app/Contents/Developer');
  });

  it('a large list comes whole', async () => {
    const records = Array.from({ length: 3000 }, (_, index) =>
      deviceRecord(BOOTED.slice(0, -4) + String(index).padStart(4, '0'), `iPhone ${index}`, 'Shutdown'),
    );
    xcrun.change({ devices: { devices: { 'iOS 26.4': records } } });
    const listed = await simctl().list();
    assert.equal(listed.ok && listed.value.length, 3000);
  });
});

const NO_SIMCTL = {
  exitCode: 72,
  stderr: 'xcrun: error: unable to find utility "simctl", not a developer tool or in PATH\n',
};

describe('what goes wrong before simctl', () => {
  const cases: readonly (readonly [code: string, world: XcrunWorld, options: SimctlOptions])[] = [
    ['no-simctl', { behaviors: { xcrun: NO_SIMCTL } }, {}],
    [
      'license',
      { behaviors: { xcrun: { exitCode: 69, stderr: 'You have not agreed to the Xcode license agreements.' } } },
      {},
    ],
    [
      'developer-dir',
      { behaviors: { xcrun: { exitCode: 1, stderr: 'xcrun: error: missing DEVELOPER_DIR path: /gone' } } },
      {},
    ],
    ['not-found', {}, { xcrun: 'xcrun-that-is-not-there' }],
    [
      'timeout',
      { behaviors: { list: { delayMs: 600_000 }, listapps: { delayMs: 600_000 }, push: { delayMs: 600_000 } } },
      { timeoutMs: 300 },
    ],
  ];
  for (const [code, world, options] of cases) {
    it(code, async () => {
      xcrun.change({ ...WORLD, ...world });
      const tool = simctl(options);
      for (const result of [await tool.list(), await tool.listApps(BOOTED)]) {
        assert.ok(!result.ok);
        assert.equal(result.problem.code, code);
        assert.ok(result.problem.remedy.length > 10);
      }
      const outcome = await tool.push({ udid: BOOTED, bundleId: 'com.example.app', payload: '{}' });
      assert.equal(outcome.kind === 'failed' && outcome.code, code);
    });
  }

  it('something else than a list is no list', async () => {
    xcrun.change({ behaviors: { list: { exitCode: 0, stdout: 'hello' }, listapps: { exitCode: 0, stdout: '[[[' } } });
    for (const result of [await simctl().list(), await simctl().listApps(BOOTED)]) {
      assert.equal(result.ok ? '' : result.problem.code, 'unreadable');
    }
  });

  it('the apps of a simulator that is shut down', async () => {
    const listed = await simctl().listApps(SHUT_DOWN);
    assert.ok(!listed.ok);
    assert.match(listed.problem.message, /shut down.*Unable to lookup in current state: Shutdown/);
  });
});

const PUSH = { udid: BOOTED, bundleId: 'com.example.app', payload: '{"aps":{},"uuid":"1"}' };

describe('a push with simctl', () => {
  it('is taken, with the arguments as they are and a file only this user can read', async () => {
    const payload = '{ "aps" : {}, "who": "$(touch /tmp/x) ; ` \' \\" é" }';
    const outcome = await simctl().push({ ...PUSH, payload });
    assert.equal(outcome.kind, 'accepted');
    const call = xcrun.calls()[0];
    assert.deepEqual(call?.args.slice(0, 4), ['simctl', 'push', BOOTED, 'com.example.app']);
    assert.equal(call?.args.length, 5);
    assert.equal(call?.payload, payload);
    assert.equal(call?.payloadMode, 0o600);
  });

  it('is taken when simctl warns: the exit code decides', async () => {
    xcrun.change({ ...WORLD, behaviors: { push: { stderr: 'a warning of nothing\n' } } });
    assert.equal((await simctl().push(PUSH)).kind, 'accepted');
  });

  it('gets the aps that simctl demands, and nothing else', async () => {
    assert.equal((await simctl().push({ ...PUSH, payload: '{"uuid":"1"}' })).kind, 'accepted');
    assert.equal(xcrun.calls()[0]?.payload, '{"aps":{},"uuid":"1"}');
  });

  const refusals: readonly (readonly [
    exitCode: number,
    world: XcrunWorld,
    push: Partial<typeof PUSH>,
    meaning: RegExp,
  ])[] = [
    [148, WORLD, { udid: NOBODY }, /no simulator with this UDID/],
    [149, WORLD, { udid: SHUT_DOWN }, /shut down/],
    [211, { ...WORLD, unauthorized: ['com.example.app'] }, {}, /permission/],
    [
      22,
      {
        ...WORLD,
        behaviors: {
          push: {
            exitCode: 22,
            stderr:
              'An error was encountered processing the command (domain=NSPOSIXErrorDomain, code=22):\nInvalid argument\n',
          },
        },
      },
      {},
      /"aps"/,
    ],
    [
      28,
      { ...WORLD, behaviors: { push: { exitCode: 28, stderr: 'Payload too large, must be 4096 bytes or less\n' } } },
      {},
      /4096/,
    ],
    [
      1,
      { ...WORLD, behaviors: { push: { exitCode: 1, stderr: 'Unrecognized subcommand: push\n', stdout: 'usage' } } },
      {},
      /did not understand/,
    ],
    [77, { ...WORLD, behaviors: { push: { exitCode: 77, stdout: 'only on stdout' } } }, {}, /exit code 77/],
  ];
  for (const [exitCode, world, push, meaning] of refusals) {
    it(`exit code ${exitCode}`, async () => {
      xcrun.change(world);
      const outcome = await simctl().push({ ...PUSH, ...push });
      assert.ok(outcome.kind === 'rejected');
      assert.equal(outcome.exitCode, exitCode);
      assert.equal(outcome.status, undefined);
      assert.ok(outcome.body.length > 0);
      assert.match(explainSimctlExit(outcome.exitCode, outcome.body).meaning, meaning);
    });
  }

  const unsent: readonly (readonly [code: string, push: Partial<typeof PUSH>])[] = [
    ['udid', { udid: 'booted' }],
    ['udid', { udid: '-h' }],
    ['bundle-id', { bundleId: '-' }],
    ['bundle-id', { bundleId: '' }],
    ['payload', { payload: 'no' }],
    ['payload', { payload: `{"a":"${'x'.repeat(4090)}"}` }],
  ];
  for (const [code, push] of unsent) {
    it(`is not even tried: ${code} ${JSON.stringify(push).slice(0, 30)}`, async () => {
      const outcome = await simctl().push({ ...PUSH, ...push });
      assert.equal(outcome.kind === 'failed' && outcome.code, code);
      assert.deepEqual(xcrun.calls(), []);
    });
  }

  it('leaves no file behind, however it ends', async () => {
    const folder = join(xcrun.folder, 'tmp');
    const { TMPDIR: before } = process.env;
    try {
      mkdirSync(folder);
      process.env['TMPDIR'] = folder;
      await simctl().push(PUSH);
      await simctl().push({ ...PUSH, udid: NOBODY });
      await simctl({ xcrun: 'not-there' }).push(PUSH);
      xcrun.change({ ...WORLD, behaviors: { push: { delayMs: 600_000 } } });
      await simctl({ timeoutMs: 300 }).push(PUSH);
      assert.deepEqual(readdirSync(folder), []);
      assert.equal(xcrun.calls()[0]?.args.at(-1)?.startsWith(folder), true);
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });

  it('cancelled, it ends simctl, also one that does not want to end', async () => {
    for (const isStubborn of [false, true]) {
      xcrun.change({ ...WORLD, behaviors: { push: { delayMs: 600_000, isStubborn } } });
      const seen = xcrun.calls().length;
      const cancel = new AbortController();
      const sending = simctl().push(PUSH, cancel.signal);
      while (xcrun.calls().length === seen) await new Promise((resolve) => setTimeout(resolve, 10));
      cancel.abort();
      const outcome = await sending;
      assert.equal(outcome.kind === 'failed' && outcome.code, 'cancelled');
      const pid = xcrun.calls().at(-1)?.pid ?? 0;
      assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
    }
  });

  it('cancelled before, it starts nothing', async () => {
    const outcome = await simctl().push(PUSH, AbortSignal.abort());
    assert.equal(outcome.kind === 'failed' && outcome.code, 'cancelled');
    assert.deepEqual(xcrun.calls(), []);
  });
});

describe('the log of a simulator', () => {
  it('is a command with the predicate as one argument', () => {
    const developerDir = '/Applications/Xcode.app/Contents/Developer';
    const command = simctl({ env: { ...env, DEVELOPER_DIR: developerDir, SECRET: 'x' } }).logCommand(
      BOOTED,
      'process == "A B"',
    );
    assert.deepEqual(command, {
      command: 'xcrun',
      args: [
        'simctl',
        'spawn',
        BOOTED,
        'log',
        'stream',
        '--style',
        'ndjson',
        '--level',
        'debug',
        '--predicate',
        'process == "A B"',
      ],
      env: { PATH: env['PATH'], DEVELOPER_DIR: developerDir },
      format: 'ndjson',
    });
    assert.equal(createSimctl().logCommand(BOOTED, 'x').env, undefined);
  });
});
