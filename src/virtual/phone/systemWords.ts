import type { LogMessage } from './logMessage';

// The words of PushKit, which speaks in the app's process, and of the system's bookkeeping, which is noise.

const FOUNDATION = '/System/Library/Frameworks/Foundation.framework/Foundation';
const CORE_FOUNDATION = '/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation';
const PUSH_KIT = '/System/Library/Frameworks/PushKit.framework/PushKit';
const RUNNING_BOARD = '/System/Library/PrivateFrameworks/RunningBoardServices.framework/RunningBoardServices';

const FRONT_BOARD = '/System/Library/PrivateFrameworks/FrontBoard.framework/FrontBoard';

/** What an app's process says last when its delegate method returned without a report ("receving" is Apple's own). */
export const PUSHKIT_EXCEPTION: readonly LogMessage[] = [
  inApp(
    PUSH_KIT,
    'Apps receving VoIP pushes must post an incoming call via CallKit in the same run loop as pushRegistry:didReceiveIncomingPushWithPayload:forType:[withCompletionHandler:] without delay.',
  ),
  inApp(
    FOUNDATION,
    '*** Assertion failure in -[PKPushRegistry _terminateAppIfThereAreUnhandledVoIPPushes], PKPushRegistry.m:349',
  ),
  inApp(
    CORE_FOUNDATION,
    "*** Terminating app due to uncaught exception 'NSInternalInconsistencyException', reason: 'Killing app because it never posted an incoming call to the system after receiving a PushKit VoIP push.'",
  ),
];

/** How a process runs, in the words of the system's bookkeeping. */
export type RunningState =
  | 'running-active-Visible'
  | 'running-active-NotVisible'
  | 'running-suspended-NotVisible'
  | 'none-NotVisible';

/** A process changed its state: noise for whoever looks for VoIP. */
export function stateUpdate(pid: number, process: string, state: RunningState): LogMessage {
  return {
    // Apple's format string lacks the closing parenthesis.
    format: 'Received state update for %d (%{public}@, %{public}@',
    values: [String(pid), process, state],
    subsystem: 'com.apple.runningboard',
    category: 'monitor',
    messageType: 'Default',
    sender: RUNNING_BOARD,
  };
}

/** SpringBoard has a new app. */
export function applicationAdded(bundleId: string, appName: string): LogMessage {
  return {
    format: 'Added application: %@',
    values: [`<SBApplicationInfo: 0x1085eb900; ${bundleId} (${appName})>`],
    subsystem: 'com.apple.frontboard.ApplicationLibrary',
    category: 'default',
    messageType: 'Default',
    sender: FRONT_BOARD,
  };
}

function inApp(sender: string, format: string): LogMessage {
  // NSLog names no subsystem and no category.
  return { format, values: [], subsystem: '', category: '', messageType: 'Error', sender };
}
