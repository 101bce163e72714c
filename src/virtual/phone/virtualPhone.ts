import { MICROSECONDS_PER_MILLISECOND as MS } from '../../core/time';
import type { AppBehavior, PhoneSystem } from '../../core/virtualApp';
import { APP_SCRIPTS } from './appScript';
import { type DeliveredPush, readProbeIds } from './deliveredPush';
import type { DeviceClock } from './deviceClock';
import { createHeartbeat } from './heartbeat';
import { createInstallation, type Installation } from './installation';
import { openPhoneLog } from './phoneLog';
import { createSeededRandom } from './seededRandom';
import { startSystemProcesses } from './systemProcesses';
import { applicationAdded, stateUpdate } from './systemWords';
import { createTaskScope } from './taskScope';
import { mustReport } from './voipContract';

export interface VirtualPhoneOptions {
  readonly bundleId: string;
  /** Name of the app's process, for example `Example`. */
  readonly appName: string;
  readonly behavior: AppBehavior;
  readonly system: PhoneSystem;
  /** The system punishes no app that a debugger or a console is attached to. */
  readonly debuggerAttached?: boolean;
  readonly clock: DeviceClock;
  /** Gets every line of the phone's log, in order of device time, the first ones at once. */
  readonly onLine: (line: string) => void;
  /** Same seed, same run: token, pids, jitter. The default depends on the bundle id only. */
  readonly seed?: number;
  /** Zone of the log's timestamps; the host's by default. */
  readonly utcOffsetMinutes?: number;
}

/** What APNs knows of a device token. */
export type TokenState =
  | { readonly kind: 'active'; readonly bundleId: string }
  | { readonly kind: 'unregistered'; readonly sinceMs: number }
  | { readonly kind: 'unknown' };

/**
 * A virtual iPhone with one app on it. It keeps the documented contract of VoIP pushes and speaks through its log only,
 * in the lines of `log stream --style ndjson`.
 */
export interface VirtualPhone {
  /** The app's VoIP token, hexadecimal; another one after a reinstall. */
  readonly deviceToken: string;
  /** A VoIP push for the app has reached the phone. Any bytes will do. */
  deliver(push: { readonly body: Uint8Array }): void;
  tokenState(deviceToken: string): TokenState;
  /** What the app does with pushes that come from now on. */
  setBehavior(behavior: AppBehavior): void;
  /** The system that pushes meet from now on. */
  setSystem(system: PhoneSystem): void;
  setDebuggerAttached(isAttached: boolean): void;
  /** Removes the app and installs it anew: new token, and the system has forgotten its violations. */
  reinstall(): void;
  /** Resolves when nothing will happen any more without another push. */
  idle(): Promise<void>;
  /** Switches the phone off: no further line. */
  close(): void;
}

export function createVirtualPhone(options: VirtualPhoneOptions): VirtualPhone {
  const { bundleId, clock } = options;
  const random = createSeededRandom(options.seed ?? 1, bundleId);
  const scope = createTaskScope(clock);
  const unregistered = new Map<string, number>();
  let { behavior, system, debuggerAttached = false } = options;
  let isClosed = false;
  let lastPid = random.between(4500, 4800);

  const log = openPhoneLog({
    ...options,
    random,
    system: () => system,
    utcOffsetMinutes: options.utcOffsetMinutes ?? -new Date(clock.now() / MS).getTimezoneOffset(),
  });
  const processes = startSystemProcesses(random);
  const heartbeat = createHeartbeat(clock, scope, log, processes);
  const deviceFolder = `/Users/virtual/Library/Developer/CoreSimulator/Devices/${random.uuid().toUpperCase()}`;
  let installationScope = scope.child();
  let installation = install();
  const springBoard = stateUpdate(
    processes.springBoard.pid,
    'osservice<com.apple.SpringBoard>',
    'running-active-NotVisible',
  );
  log.write(processes.runningboardd, springBoard);

  function install(): Installation {
    return createInstallation({
      bundleId,
      appName: options.appName,
      clock,
      random,
      log,
      system: processes,
      heartbeat,
      scope: installationScope,
      newPid() {
        lastPid += random.between(3, 40);
        return lastPid;
      },
      deviceFolder,
      isDebuggerAttached: () => debuggerAttached,
    });
  }

  return {
    get deviceToken() {
      return installation.deviceToken;
    },
    deliver({ body }) {
      if (isClosed) return;
      const app = APP_SCRIPTS[behavior];
      const ids = readProbeIds(body);
      const push: DeliveredPush = {
        ids,
        callUuid: ids.call ?? random.uuid(),
        app,
        system,
        mustReport: mustReport(app.situation, system),
        hasAttempted: false,
        isOverdue: false,
      };
      const { take } = installation;
      installationScope.after(app.heldByNetworkMs * MS, () => take(push));
    },
    tokenState(deviceToken) {
      const token = deviceToken.toLowerCase();
      if (token === installation.deviceToken) return { kind: 'active', bundleId };
      const sinceMs = unregistered.get(token);
      return sinceMs === undefined ? { kind: 'unknown' } : { kind: 'unregistered', sinceMs };
    },
    setBehavior(next) {
      behavior = next;
    },
    setSystem(next) {
      system = next;
    },
    setDebuggerAttached(isAttached) {
      debuggerAttached = isAttached;
    },
    reinstall() {
      if (isClosed) return;
      unregistered.set(installation.deviceToken, Math.floor(clock.now() / MS));
      installation.remove();
      installationScope = scope.child();
      installation = install();
      log.write(processes.springBoard, applicationAdded(bundleId, options.appName));
      installation.openFirstTime();
    },
    idle: () => clock.idle(),
    close() {
      isClosed = true;
      scope.end();
    },
  };
}
