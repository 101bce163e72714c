import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainSimctlExit } from '../../../src/core/simulators/exitCodes';
import { explainXcrunFailure } from '../../../src/core/simulators/xcrunProblem';
import { fc } from '../../propertyRuns';

const error = (domain: string, code: number, ...lines: string[]): string =>
  [`An error was encountered processing the command (domain=${domain}, code=${code}):`, ...lines, ''].join('\n');
const underlying = (domain: string, code: number, line: string): string[] => [
  `Underlying error (domain=${domain}, code=${code}):`,
  `\t${line}`,
];

interface Case {
  readonly name: string;
  readonly exitCode: number;
  readonly stderr: string;
  readonly meaning: RegExp;
  readonly remedy: RegExp;
  readonly said: string | undefined;
}

const CASES: readonly Case[] = [
  {
    name: 'no aps',
    exitCode: 22,
    stderr: error(
      'NSPOSIXErrorDomain',
      22,
      'The operation failed.',
      'Invalid argument',
      ...underlying('NSPOSIXErrorDomain', 22, 'Notification payload is missing the aps key'),
    ),
    meaning: /no "aps" key/,
    remedy: /Add "aps"/,
    said: 'Notification payload is missing the aps key',
  },
  {
    name: '22 without a word',
    exitCode: 22,
    stderr: '',
    meaning: /names the app/,
    remedy: /choose the app/,
    said: undefined,
  },
  {
    name: 'too large',
    exitCode: 28,
    stderr: error('NSPOSIXErrorDomain', 28, 'Payload too large, must be 4096 bytes or less', 'No space left on device'),
    meaning: /larger than the 4096 bytes/,
    remedy: /smaller/,
    said: 'Payload too large, must be 4096 bytes or less',
  },
  {
    name: 'no such device',
    exitCode: 148,
    stderr: 'Invalid device: nope\n',
    meaning: /no simulator with this UDID/,
    remedy: /xcrun simctl list devices/,
    said: 'Invalid device: nope',
  },
  {
    name: 'none booted',
    exitCode: 148,
    stderr: error('com.apple.CoreSimulator.SimError', 404, 'No devices are booted.'),
    meaning: /none is booted/,
    remedy: /xcrun simctl list devices/,
    said: 'No devices are booted.',
  },
  {
    name: 'shut down',
    exitCode: 149,
    stderr: error(
      'com.apple.CoreSimulator.SimError',
      405,
      'Not booted.',
      ...underlying('com.apple.SimLaunchHostService.RequestError', 3, 'Bad or unknown session'),
    ),
    meaning: /shut down/,
    remedy: /xcrun simctl boot/,
    said: 'Bad or unknown session',
  },
  {
    name: 'no permission',
    exitCode: 211,
    stderr: error(
      'UNErrorDomain',
      2003,
      'It failed.',
      ...underlying('UNErrorDomain', 2003, 'Source is not authorized.'),
    ),
    meaning: /permission to show notifications.*foreground/,
    remedy: /requestAuthorization/,
    said: 'Source is not authorized.',
  },
  {
    name: 'not installed',
    exitCode: 4,
    stderr: error('FBSOpenApplicationServiceErrorDomain', 4, 'Simulator device failed to launch com.example.app.'),
    meaning: /not installed/,
    remedy: /run the app/,
    said: 'Simulator device failed to launch com.example.app.',
  },
  {
    name: 'no such file',
    exitCode: 2,
    stderr: 'lstat of /tmp/nope failed: No such file or directory',
    meaning: /did not find a file/,
    remedy: /temporary/,
    said: 'lstat of /tmp/nope failed: No such file or directory',
  },
  {
    name: 'nothing runs',
    exitCode: 3,
    stderr: error('NSPOSIXErrorDomain', 3, 'No such process'),
    meaning: /not running/,
    remedy: /Start the app/,
    said: 'No such process',
  },
  {
    name: 'no such subcommand',
    exitCode: 1,
    stderr: 'Unrecognized subcommand: push',
    meaning: /did not understand/,
    remedy: /Xcode 11\.4/,
    said: 'Unrecognized subcommand: push',
  },
  {
    name: 'nobody knows',
    exitCode: 77,
    stderr: 'What now',
    meaning: /exit code 77, which/,
    remedy: /Read what simctl said/,
    said: 'What now',
  },
  {
    name: 'an unknown error with a known exit code',
    exitCode: 149,
    stderr: error('SomeDomain', 661, 'No'),
    meaning: /exit code 149 \(SomeDomain 661\)/,
    remedy: /Read/,
    said: 'No',
  },
];

describe('why simctl failed', () => {
  for (const { name, exitCode, stderr, meaning, remedy, said } of CASES) {
    it(name, () => {
      const exit = explainSimctlExit(exitCode, stderr);
      assert.match(exit.meaning, meaning);
      assert.match(exit.remedy, remedy);
      assert.equal(exit.said, said);
      assert.equal(explainXcrunFailure(exitCode, stderr), undefined, 'it is not the fault of xcrun');
    });
  }

  it('is always told', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), fc.string(), fc.integer(), (exitCode, text, code) => {
        for (const stderr of [text, error(text, code, text)]) {
          const { meaning, remedy } = explainSimctlExit(exitCode, stderr);
          assert.ok(meaning.length > 10 && remedy.length > 10);
        }
      }),
    );
  });
});

describe('why xcrun could not run simctl', () => {
  const cases: readonly (readonly [
    name: string,
    exitCode: number,
    stderr: string,
    developerDir: string | undefined,
    expected: RegExp,
  ])[] = [
    [
      'Command Line Tools only',
      72,
      'xcrun: error: unable to find utility "simctl", not a developer tool or in PATH\n',
      undefined,
      /^no-simctl.*xcode-select points at the Command Line Tools.*sudo xcode-select -s/,
    ],
    [
      'DEVELOPER_DIR names them',
      72,
      'xcrun: error: unable to find utility "simctl", not a developer tool or in PATH\n',
      '/Library/Developer/CommandLineTools',
      /^no-simctl.*DEVELOPER_DIR is \/Library.*unset it/,
    ],
    ['nothing but the exit code', 72, '', '', /^no-simctl/],
    [
      'an instance of them',
      1,
      "xcode-select: error: tool 'simctl' requires Xcode, but active developer directory '/Library/Developer/CommandLineTools' is a command line tools instance\n",
      undefined,
      /^no-simctl/,
    ],
    [
      'DEVELOPER_DIR names nothing',
      1,
      'xcrun: error: missing DEVELOPER_DIR path: /gone\n',
      '/gone',
      /^developer-dir.*names \/gone/,
    ],
    [
      'the selected Xcode was deleted',
      1,
      'xcrun: error: invalid active developer path (/Applications/Xcode.app/Contents/Developer), missing xcrun at: /x\n',
      undefined,
      /^no-developer-tools.*Install Xcode/,
    ],
    [
      'no tools at all',
      1,
      'xcode-select: note: No developer tools were found, requesting install.\n',
      undefined,
      /^no-developer-tools/,
    ],
    [
      'license',
      69,
      "You have not agreed to the Xcode license agreements. Please run 'sudo xcodebuild -license'.\n",
      undefined,
      /^license.*sudo xcodebuild -license accept/,
    ],
    [
      'license, older words',
      1,
      'Agreeing to the Xcode/iOS license requires admin privileges, please re-run as root via sudo.\n',
      undefined,
      /^license/,
    ],
    [
      'service lost',
      1,
      'CoreSimulatorService connection became invalid. Simulator services will no longer be available.\n',
      undefined,
      /^no-service.*runFirstLaunch/,
    ],
  ];
  for (const [name, exitCode, stderr, developerDir, expected] of cases) {
    it(name, () => {
      const problem = explainXcrunFailure(exitCode, stderr, developerDir);
      assert.match(`${problem?.code} ${problem?.message} ${problem?.remedy}`, expected);
    });
  }

  it('is not the answer when simctl names its own error', () => {
    assert.equal(explainXcrunFailure(69, error('SomeDomain', 69, 'No')), undefined);
    assert.equal(explainXcrunFailure(72, 'Something of simctl'), undefined);
  });
});
