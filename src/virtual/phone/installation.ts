import { type Microseconds, MICROSECONDS_PER_MILLISECOND as MS } from '../../core/time';
import { createAppLifecycle, type LivingApp } from './appLifecycle';
import type { AppProcessEvents } from './appProcess';
import { createCallservicesd } from './callservicesd';
import * as words from './callservicesdWords';
import type { DeliveredPush } from './deliveredPush';
import type { DeviceClock } from './deviceClock';
import type { Heartbeat } from './heartbeat';
import type { PhoneLog } from './phoneLog';
import type { SeededRandom } from './seededRandom';
import type { SystemProcesses } from './systemProcesses';
import type { TaskScope } from './taskScope';
import { isBlocked, isViolation, REPORT_DEADLINE } from './voipContract';

/** What an installation of the app needs of the phone. */
export interface InstallationOptions {
  readonly bundleId: string;
  readonly appName: string;
  readonly clock: DeviceClock;
  readonly random: SeededRandom;
  readonly log: PhoneLog;
  readonly system: SystemProcesses;
  readonly heartbeat: Heartbeat;
  /** Ends with the installation. */
  readonly scope: TaskScope;
  readonly newPid: () => number;
  readonly deviceFolder: string;
  readonly isDebuggerAttached: () => boolean;
}

/** The app from its installation to its removal: its token, its processes, and how often in a row it was ended. */
export interface Installation {
  /** Hexadecimal. */
  readonly deviceToken: string;
  /** A push for it has reached the phone. */
  take(push: DeliveredPush): void;
  /** Its user opens it for the first time: it asks for its token. */
  openFirstTime(): void;
  /** Ends its process and forgets every push on the way to it. */
  remove(): void;
}

// callservicesd decides, and 50 ms later the process is gone.
const KILL: Microseconds = 50 * MS;
const CRASH: Microseconds = 9 * MS;

export function createInstallation(options: InstallationOptions): Installation {
  const { bundleId, clock, random, log, system, heartbeat, scope } = options;
  const deviceToken = random.hex(64);
  const container = random.uuid().toUpperCase();
  const application = newPointer();
  let consecutiveKills = 0;

  const write = (message: Parameters<PhoneLog['write']>[1]) => log.write(system.callservicesd, message);

  const apps = createAppLifecycle({
    bundleId,
    path: `${options.deviceFolder}/data/Containers/Bundle/Application/${container}/${options.appName}.app/${options.appName}`,
    scope,
    random,
    log,
    system,
    newPid: options.newPid,
    events: eventsOf,
  });

  const callservicesd = createCallservicesd({
    bundleId,
    scope,
    apps,
    write,
    describeApp: describe,
    describeClient,
    newPointer,
    isBlocked: () => isBlocked(consecutiveKills),
    onDelivered(push, app, at) {
      heartbeat.beatAfterDeadline(at);
      app.scope.after(at + REPORT_DEADLINE - clock.now(), () => checkAtDeadline(push, app));
      app.scope.after(at + 12 * MS - clock.now(), () => app.process.receive(push));
    },
  });

  function eventsOf(app: () => LivingApp): AppProcessEvents {
    return {
      onReceived: () => heartbeat.beatAfterDeadline(clock.now()),
      onReport(push) {
        // Nobody listens any more to an app whose end is decided.
        if (!app().isRunning()) return;
        const source = `<CXXPCCallSource ${newPointer()} bundleIdentifier=${bundleId}>`;
        const update = `<CXCallUpdate ${newPointer()} remoteHandle=<CXHandle ${newPointer()}> hasVideo=0>`;
        scope.after(4 * MS, () => write(words.callRequested(source, push.callUuid, update)));
      },
      onAnswer(push, error) {
        if (error !== undefined || push.isOverdue) return;
        consecutiveKills = 0;
        // The caller gives up soon: a call that goes on would excuse the next push.
        app().scope.after(600 * MS, () => write(words.callEnded()));
      },
      onHandlerEnded: (push) => checkAtReturn(push, app()),
    };
  }

  function checkAtReturn(push: DeliveredPush, app: LivingApp): void {
    if (app.isRunning() && isPunished(push)) {
      consecutiveKills += 1;
      app.process.crash();
      apps.end(app, CRASH);
    } else if (push.app.situation.state === 'background') {
      app.scope.after(900 * MS, () => apps.note(app, 'running-suspended-NotVisible'));
    }
  }

  function checkAtDeadline(push: DeliveredPush, app: LivingApp): void {
    push.isOverdue = true;
    if (!app.isRunning() || !isPunished(push)) return;
    write(words.killing(describe(0)));
    consecutiveKills += 1;
    apps.end(app, KILL);
  }

  function isPunished(push: DeliveredPush): boolean {
    return isViolation(push) && !options.isDebuggerAttached();
  }

  /** As callservicesd's own description of the app reads; a token is abridged in it as any NSData. */
  function describe(waiting: number): string {
    const [first = '', last = ''] = [deviceToken.slice(0, 32), deviceToken.slice(-16)].map(inFours);
    return `<CSDVoIPApplication ${application} bundleIdentifier=${bundleId} environment=development channelClient=(null) networkExtensionClient=(null) voipToken={length = 32, bytes = 0x${first} ... ${last} } channelPushToken=(null) pendingPKMessageContextCount=${waiting} pendingNetworkExtensionContextsCount=0>`;
  }

  function describeClient(app: LivingApp): string {
    return `<CSDClient ${newPointer()} pid=${app.process.log.pid}>`;
  }

  function newPointer(): string {
    return `0x6000${random.hex(7)}0`;
  }

  return {
    deviceToken,
    take(push) {
      heartbeat.beatAfterDeadline(clock.now());
      callservicesd.take(push);
    },
    openFirstTime() {
      apps.open('user', (app) => {
        write(words.clientRegistering(describeClient(app), bundleId));
        write(words.tokenRequested(bundleId));
      });
    },
    remove() {
      scope.end();
      apps.endNow();
    },
  };
}

/** Groups of eight digits, as NSData prints its bytes: `740f4707 bebcf74f`. */
function inFours(digits: string): string {
  return digits.replace(/(.{8})(?=.)/g, '$1 ');
}
