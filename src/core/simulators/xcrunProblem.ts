import type { ToolProblem } from '../toolResult';
import { parseSimctlErrors } from './simctlError';

const SELECT_XCODE =
  'Install Xcode, open it once, and run: sudo xcode-select -s /Applications/Xcode.app/Contents/Developer. Or set DEVELOPER_DIR to that folder.';

/** xcrun itself was not found: this host is not a Mac, or one without Apple's developer tools. */
export const XCRUN_NOT_FOUND: ToolProblem = {
  code: 'not-found',
  message: 'xcrun was not found. Simulators need a Mac with Xcode.',
  remedy:
    'On a Mac, install Xcode from the App Store and open it once. Elsewhere, use the virtual iPhone, or a device over APNs.',
};

interface KnownProblem {
  /** Words of its text; the first line that this was seen as follows in the comment. */
  readonly needle: string;
  readonly explain: (developerDir: string | undefined) => ToolProblem;
}

const KNOWN_PROBLEMS: readonly KnownProblem[] = [
  // xcrun: error: unable to find utility "simctl", not a developer tool or in PATH
  { needle: 'unable to find utility', explain: noSimctl },
  // xcode-select: error: tool 'simctl' requires Xcode, but active developer directory '/Library/Developer/CommandLineTools' is a command line tools instance
  { needle: 'requires Xcode, but active developer directory', explain: noSimctl },
  // xcrun: error: missing DEVELOPER_DIR path: /Applications/Xcode-beta.app/Contents/Developer
  { needle: 'missing DEVELOPER_DIR path', explain: missingDeveloperDir },
  // xcrun: error: invalid DEVELOPER_DIR path (/nowhere), missing xcrun at: /nowhere/usr/bin/xcrun
  { needle: 'invalid DEVELOPER_DIR path', explain: missingDeveloperDir },
  // xcrun: error: invalid active developer path (/Library/Developer/CommandLineTools), missing xcrun at: …
  { needle: 'invalid active developer path', explain: noDeveloperTools },
  // xcode-select: note: No developer tools were found, requesting install.
  { needle: 'developer tools were found', explain: noDeveloperTools },
  // You have not agreed to the Xcode license agreements. Please run 'sudo xcodebuild -license' …
  { needle: 'agreed to the Xcode license', explain: licenseNotAccepted },
  // Agreeing to the Xcode/iOS license requires admin privileges, please re-run as root via sudo.
  { needle: 'license requires admin privileges', explain: licenseNotAccepted },
  // CoreSimulatorService connection became invalid. Simulator services will no longer be available.
  { needle: 'CoreSimulatorService connection', explain: noService },
];

/** xcrun's own exit codes, as sysexits(3) numbers them; only believed where simctl itself said nothing. */
const BY_EXIT_CODE: Readonly<Record<number, KnownProblem['explain']>> = { 69: licenseNotAccepted, 72: noSimctl };

/**
 * Why xcrun could not even run simctl, with the fix; `undefined` when simctl ran and failed by itself.
 * `developerDir` is the value of DEVELOPER_DIR, if it is set.
 */
export function explainXcrunFailure(exitCode: number, stderr: string, developerDir?: string): ToolProblem | undefined {
  const { errors, said } = parseSimctlErrors(stderr);
  if (errors.length > 0) return undefined;
  const known = KNOWN_PROBLEMS.find(({ needle }) => stderr.includes(needle))?.explain;
  const explain = known ?? (said === undefined || said.startsWith('xcrun:') ? BY_EXIT_CODE[exitCode] : undefined);
  return explain?.(developerDir === '' ? undefined : developerDir);
}

function noSimctl(developerDir: string | undefined): ToolProblem {
  return {
    code: 'no-simctl',
    message:
      developerDir === undefined
        ? 'simctl was not found: xcode-select points at the Command Line Tools, and only Xcode has simctl.'
        : `simctl was not found: DEVELOPER_DIR is ${developerDir}, and there is no simctl in it. Only Xcode has simctl; the Command Line Tools do not.`,
    remedy:
      developerDir === undefined
        ? SELECT_XCODE
        : 'Set DEVELOPER_DIR to the Contents/Developer folder of an Xcode, for example /Applications/Xcode.app/Contents/Developer, or unset it. Then start VS Code again from where it is set.',
  };
}

function missingDeveloperDir(developerDir: string | undefined): ToolProblem {
  return {
    code: 'developer-dir',
    message: `DEVELOPER_DIR names ${developerDir ?? 'a folder'}, which is no Xcode: it was moved, renamed or deleted.`,
    remedy:
      'Set DEVELOPER_DIR to the Contents/Developer folder of an Xcode that is there, or unset it. Then start VS Code again from where it is set.',
  };
}

function noDeveloperTools(): ToolProblem {
  return {
    code: 'no-developer-tools',
    message: 'xcrun found no developer tools: none are installed, or the selected ones were moved or deleted.',
    remedy: SELECT_XCODE,
  };
}

function licenseNotAccepted(): ToolProblem {
  return {
    code: 'license',
    message: 'Xcode’s license has not been accepted on this Mac, so its tools do not run.',
    remedy: 'Open Xcode and accept it, or run: sudo xcodebuild -license accept',
  };
}

function noService(): ToolProblem {
  return {
    code: 'no-service',
    message:
      'simctl lost its connection to CoreSimulatorService, which runs the simulators. An update of Xcode does that.',
    remedy: 'Run: sudo xcodebuild -runFirstLaunch. If that does not help, restart the Mac.',
  };
}
