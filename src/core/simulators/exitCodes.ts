import { parseSimctlErrors } from './simctlError';

/** Apple's page on what `simctl push` is. */
export const SIMCTL_PUSH_URL = 'https://developer.apple.com/documentation/xcode-release-notes/xcode-11_4-release-notes';

/** The app may show no notifications. An app in the foreground has been seen to get the push all the same. */
const NOT_AUTHORIZED_EXIT_CODE = 211;

/** Whether the app may have got a push that simctl refused. */
export function mayHaveArrived({ exitCode }: { readonly exitCode?: number }): boolean {
  return exitCode === NOT_AUTHORIZED_EXIT_CODE;
}

/** What a failure of simctl means and what to do about it. */
export interface SimctlExit {
  readonly meaning: string;
  readonly remedy: string;
  readonly url?: string;
  /** The line of simctl that tells most, as it came. */
  readonly said?: string;
}

type ExitText = Omit<SimctlExit, 'said'>;

const INVALID_PAYLOAD: ExitText = {
  meaning:
    'simctl found the payload or the command invalid: there is no "aps" key, or neither the command nor the payload names the app.',
  remedy: 'Add "aps": {} to the payload, and choose the app.',
  url: SIMCTL_PUSH_URL,
};

const TOO_LARGE: ExitText = {
  meaning:
    'The payload is larger than the 4096 bytes that simctl takes. It may also say that no space is left on the device, which is not so.',
  remedy: 'Make the payload smaller, or send it over APNs, which takes 5120 bytes of a VoIP push.',
  url: SIMCTL_PUSH_URL,
};

const NO_SUCH_DEVICE: ExitText = {
  meaning: 'There is no simulator with this UDID, or none is booted.',
  // Read in VS Code, in a terminal and in a report alike.
  remedy:
    'List the simulators again (xcrun simctl list devices), choose one and boot it. The other may have been deleted, or belong to another Xcode.',
};

const SHUT_DOWN: ExitText = {
  meaning: 'The simulator is shut down.',
  remedy: 'Boot it in Simulator or with xcrun simctl boot, wait until its home screen shows, and send again.',
};

const NOT_AUTHORIZED: ExitText = {
  meaning:
    'The app never got permission to show notifications. An app in the foreground has been seen to get the push all the same.',
  remedy:
    'Let the app ask for permission with UNUserNotificationCenter.requestAuthorization, allow it on the simulator, and send again.',
  url: 'https://developer.apple.com/documentation/usernotifications/asking-permission-to-use-notifications',
};

const NOT_INSTALLED: ExitText = {
  meaning: 'The simulator could not open the app: most likely it is not installed there.',
  remedy: 'Check the bundle id, and run the app on this simulator once from Xcode.',
};

const NO_SUCH_FILE: ExitText = {
  meaning: 'simctl did not find a file that it was told to read.',
  remedy: 'Send again. If it fails again, check that the folder for temporary files can be read and written.',
};

const NO_SUCH_PROCESS: ExitText = {
  meaning: 'The app, or the process that simctl was to reach, is not running.',
  remedy: 'Start the app on the simulator, and send again.',
};

const UNKNOWN_COMMAND: ExitText = {
  meaning: 'simctl did not understand the command: most likely this version does not know it.',
  remedy: 'Update Xcode: simctl push needs Xcode 11.4 or later.',
  url: SIMCTL_PUSH_URL,
};

/** By domain and code, which say more than the exit code. */
const BY_ERROR: Readonly<Record<string, ExitText>> = {
  'NSPOSIXErrorDomain 2': NO_SUCH_FILE,
  'NSPOSIXErrorDomain 3': NO_SUCH_PROCESS,
  'NSPOSIXErrorDomain 22': INVALID_PAYLOAD,
  'NSPOSIXErrorDomain 28': TOO_LARGE,
  'com.apple.CoreSimulator.SimError 404': NO_SUCH_DEVICE,
  'com.apple.CoreSimulator.SimError 405': SHUT_DOWN,
  'FBSOpenApplicationServiceErrorDomain 4': NOT_INSTALLED,
  'UNErrorDomain 2003': NOT_AUTHORIZED,
};

/** The exit code is the error's code modulo 256, or 1 for a command simctl does not know. */
const BY_EXIT_CODE: Readonly<Record<number, ExitText>> = {
  1: UNKNOWN_COMMAND,
  2: NO_SUCH_FILE,
  3: NO_SUCH_PROCESS,
  22: INVALID_PAYLOAD,
  28: TOO_LARGE,
  148: NO_SUCH_DEVICE,
  149: SHUT_DOWN,
  [NOT_AUTHORIZED_EXIT_CODE]: NOT_AUTHORIZED,
};

/**
 * Explains why simctl failed: by the domain and code it prints, else by its exit code. Total: what is not known is shown
 * as it came.
 */
export function explainSimctlExit(exitCode: number, stderr: string): SimctlExit {
  const { errors, said } = parseSimctlErrors(stderr);
  const known = errors.map(({ domain, code }) => BY_ERROR[`${domain} ${code}`]).find((text) => text !== undefined);
  const text = known ?? (errors.length === 0 ? BY_EXIT_CODE[exitCode] : undefined) ?? unknownExit(exitCode, stderr);
  return { ...text, ...(said !== undefined && { said }) };
}

function unknownExit(exitCode: number, stderr: string): ExitText {
  const { errors } = parseSimctlErrors(stderr);
  const error = errors.map(({ domain, code }) => `${domain} ${code}`).join(', ');
  return {
    meaning: `simctl failed with exit code ${exitCode}${error === '' ? '' : ` (${error})`}, which this version does not know.`,
    remedy: 'Read what simctl said. It may help to shut the simulator down, boot it again and send again.',
  };
}
