import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkDevices, checkDeviceTools } from '../../../src/adapters/doctor/deviceToolChecks';
import { checkDeveloperFolder, checkSimctl } from '../../../src/adapters/doctor/xcodeChecks';
import type { DoctorFinding } from '../../../src/core/doctor/doctorReport';
import { inTree, type StandIn, withStandIns } from './standIns';

const never = new AbortController().signal;

function check(finding: DoctorFinding, verdict: DoctorFinding['verdict'], found: RegExp, fix?: RegExp): void {
  assert.equal(finding.verdict, verdict, finding.found);
  assert.match(finding.found, found);
  if (fix !== undefined) assert.match(finding.fix ?? 'no fix', fix);
  if (verdict === 'problem') assert.match(finding.link ?? 'no link', /^https:/);
}

describe('the doctor on Xcode', () => {
  it('says on other systems that simulators need a Mac, and runs nothing', async () => {
    for (const platform of ['linux', 'win32']) {
      for (const run of [checkDeveloperFolder, checkSimctl]) {
        check(
          await run({ platform, env: { PATH: '' } }, never),
          'not-checked',
          /^Not available here: simulators need a Mac\.$/,
        );
      }
    }
  });

  const selected: readonly (readonly [tool: StandIn, verdict: DoctorFinding['verdict'], found: RegExp])[] = [
    [{ stdout: '/Library/Developer/CommandLineTools\n' }, 'problem', /no such folder|which have no simctl/],
    [{ stdout: '/Applications/Gone.app/Contents/Developer\n' }, 'problem', /there is no such folder/],
    [
      {
        exitCode: 2,
        stderr: 'xcode-select: error: unable to get active developer directory, use `sudo xcode-select`\n',
      },
      'problem',
      /knows no Xcode: xcode-select: error: unable/,
    ],
    [{ exitCode: 0, stdout: '\n' }, 'problem', /knows no Xcode: exit code 0/],
  ];
  for (const [tool, verdict, found] of selected) {
    it(`explains xcode-select -p: ${tool.stdout?.trim() || tool.stderr || 'nothing'}`, () =>
      withStandIns({ 'xcode-select': { args: ['-p'], ...tool } }, async (env) =>
        check(await checkDeveloperFolder({ platform: 'darwin', env }, never), verdict, found, /xcode-select --switch/),
      ));
  }

  it('takes the folder that exists, tells the Command Line Tools apart, and lets DEVELOPER_DIR win', () =>
    inTree({ 'Xcode.app/Contents/Developer/x': '', 'CommandLineTools/x': '' }, async (folder) => {
      const xcode = `${folder}/Xcode.app/Contents/Developer`;
      const tools = `${folder}/CommandLineTools`;
      await withStandIns({ 'xcode-select': { stdout: `${tools}\n` } }, async (env) => {
        const run = (more: Record<string, string>) =>
          checkDeveloperFolder({ platform: 'darwin', env: { ...env, ...more } }, never);
        check(await run({}), 'problem', /Command Line Tools alone, which have no simctl/);
        check(await run({ DEVELOPER_DIR: xcode }), 'ok', /^DEVELOPER_DIR is .*Contents\/Developer\.$/);
        check(await run({ DEVELOPER_DIR: `${xcode}/gone` }), 'problem', /^DEVELOPER_DIR is .*no such folder/);
      });
      await withStandIns({ 'xcode-select': { stdout: `${xcode}\n` } }, async (env) =>
        check(await checkDeveloperFolder({ platform: 'darwin', env }, never), 'ok', /^xcode-select says/),
      );
    }));

  const simctl: readonly (readonly [tool: StandIn, verdict: DoctorFinding['verdict'], found: RegExp, fix?: RegExp])[] =
    [
      [{ stdout: 'usage: simctl [--set <path>] <subcommand> ...\n' }, 'ok', /runs/],
      [
        { exitCode: 72, stderr: 'xcrun: error: unable to find utility "simctl", not a developer tool or in PATH\n' },
        'problem',
        /exits with 72: xcrun: error: unable to find utility "simctl"/,
        /xcode-select --switch/,
      ],
      [
        {
          exitCode: 69,
          stderr: "\nYou have not agreed to the Xcode license agreements. Please run 'sudo xcodebuild -license'\n",
        },
        'problem',
        /not agreed/,
        /^Run: sudo xcodebuild -license$/,
      ],
    ];
  for (const [tool, verdict, found, fix] of simctl) {
    it(`explains xcrun simctl help that exits with ${tool.exitCode ?? 0}`, () =>
      withStandIns({ xcrun: { args: ['simctl', 'help'], ...tool } }, async (env) =>
        check(await checkSimctl({ platform: 'darwin', env }, never), verdict, found, fix),
      ));
  }

  it('explains tools that are not there', () =>
    withStandIns({}, async (env) => {
      check(await checkDeveloperFolder({ platform: 'darwin', env }, never), 'problem', /xcode-select is not on PATH/);
      check(await checkSimctl({ platform: 'darwin', env }, never), 'problem', /xcrun is not on PATH/);
    }));
});

describe('the doctor on device tools', () => {
  it('names the version of each tool that is there, and what is wrong with the others', () =>
    withStandIns(
      {
        idevicesyslog: { args: ['--version'], stdout: 'idevicesyslog 1.4.0\n' },
        ios: { args: ['version'], stdout: '{"version":"v1.0.182"}\n' },
        pymobiledevice3: {
          args: ['version'],
          exitCode: 1,
          stderr: "ModuleNotFoundError: No module named 'construct'\n",
        },
      },
      async (env) => {
        const { verdict, found } = await checkDeviceTools({ env }, never);
        assert.equal(verdict, 'ok');
        assert.equal(
          found,
          "idevicesyslog 1.4.0; pymobiledevice3 fails with exit code 1: ModuleNotFoundError: No module named 'construct'; go-ios 1.0.182.",
        );
      },
    ));

  it('warns with what to install when there is none', () =>
    withStandIns({}, async (env) =>
      check(
        await checkDeviceTools({ env }, never),
        'warning',
        /idevicesyslog is not on PATH; /,
        /libimobiledevice.*go-ios/,
      ),
    ));

  it('tells which tool hangs, and keeps what the others say', () =>
    withStandIns({ idevicesyslog: { stdout: 'idevicesyslog 1.3.0' }, pymobiledevice3: { hangs: 'pid' } }, async (env) =>
      check(
        await checkDeviceTools({ env, toolTimeoutMs: 1_500 }, never),
        'ok',
        /^idevicesyslog 1\.3\.0; pymobiledevice3 did not end in 1\.5 s; /,
      ),
    ));

  const lists: readonly (readonly [
    tool: StandIn,
    platform: string,
    verdict: DoctorFinding['verdict'],
    found: RegExp,
    fix?: RegExp,
  ])[] = [
    [
      { stdout: '00008110-001A2B3C4D5E6F70\n00008110-001A2B3C4D5E6F70\n' },
      'linux',
      'ok',
      /^Attached: 00008110-001A2B3C4D5E6F70\.$/,
    ],
    [{ stdout: '' }, 'linux', 'not-checked', /No device is attached/, /trust this computer/],
    [
      { exitCode: 255, stderr: 'ERROR: Unable to retrieve device list!\n' },
      'linux',
      'warning',
      /exits with 255: ERROR/,
      /usbmuxd/,
    ],
    [{ exitCode: 255 }, 'win32', 'warning', /it says nothing/, /iTunes/],
  ];
  for (const [tool, platform, verdict, found, fix] of lists) {
    it(`reads idevice_id -l on ${platform}: ${tool.stdout ?? tool.stderr ?? 'silent failure'}`, () =>
      withStandIns({ idevice_id: { args: ['-l'], ...tool } }, async (env) =>
        check(await checkDevices({ platform, env }, never), verdict, found, fix),
      ));
  }

  it('leaves devices out without idevice_id', () =>
    withStandIns({}, async (env) =>
      check(await checkDevices({ platform: 'linux', env }, never), 'not-checked', /not on PATH/),
    ));
});
