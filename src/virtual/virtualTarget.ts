import type { ApnsEnvironment } from '../core/apns/environment';
import { voipTopic } from '../core/apns/voipPush';
import { MICROSECONDS_PER_MILLISECOND as MS } from '../core/time';
import { AppBehavior, PhoneSystem } from '../core/virtualApp';
import { type LocalApns, startLocalApns } from './localApns/localApns';
import type { DeviceClock } from './phone/deviceClock';
import { createScaledClock } from './phone/scaledClock';
import { createSeededRandom } from './phone/seededRandom';
import { createTaskScope } from './phone/taskScope';
import { createVirtualPhone, type VirtualPhone } from './phone/virtualPhone';

export type { LocalApns } from './localApns/localApns';
export { createSteppedClock, type SteppedClock } from './phone/steppedClock';
export type { VirtualPhone } from './phone/virtualPhone';

export interface VirtualTargetOptions {
  /** Where the local APNs keeps its certificates and its provider key. */
  readonly folder: string;
  /** Port of the local APNs; 0 (default) is any free one. */
  readonly port?: number;
  /** Which of the two APNs the local one plays; default `sandbox`. */
  readonly environment?: ApnsEnvironment;
  /** Default `com.example.app`. */
  readonly bundleId?: string;
  /** Default `reports-in-time`. */
  readonly behavior?: AppBehavior;
  /** Default `ios-26.4`. */
  readonly system?: PhoneSystem;
  readonly debuggerAttached?: boolean;
  /** 1 (default) is real time; otherwise device time runs this many times faster while something is pending. */
  readonly timeScale?: number;
  /** Another clock than one of `timeScale`, for example a stepped one for a demo that does not wait. */
  readonly clock?: DeviceClock;
  /** Same seed, same tokens, pids and jitter. */
  readonly seed?: number;
  /** Gets every line of the phone's log. */
  readonly onLine: (line: string) => void;
}

/** A virtual iPhone behind an APNs of its own. It models documented behavior; no Apple service has a part in it. */
export interface VirtualTarget {
  readonly apns: LocalApns;
  readonly phone: VirtualPhone;
  readonly bundleId: string;
  /** The topic that VoIP pushes for the app go to. */
  readonly topic: string;
  /** Ends both; pushes on their way are lost. */
  close(): Promise<void>;
}

const DEFAULT_BUNDLE_ID = 'com.example.app';
const APP_NAME = 'Example';

/** Starts both. Throws LocalApnsError when the port or the folder cannot be used. */
export async function startVirtualTarget(options: VirtualTargetOptions): Promise<VirtualTarget> {
  const { bundleId = DEFAULT_BUNDLE_ID, clock = createScaledClock(options.timeScale ?? 1) } = options;
  const topic = voipTopic(bundleId);
  const phone = createVirtualPhone({
    bundleId,
    appName: APP_NAME,
    behavior: options.behavior ?? AppBehavior.reportsInTime,
    system: options.system ?? PhoneSystem.ios264,
    ...(options.debuggerAttached === undefined ? {} : { debuggerAttached: options.debuggerAttached }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    clock,
    onLine: options.onLine,
  });
  const network = createTaskScope(clock);
  const random = createSeededRandom(options.seed ?? 1, 'network');

  try {
    const apns = await startLocalApns({
      folder: options.folder,
      ...(options.port === undefined ? {} : { port: options.port }),
      ...(options.environment === undefined ? {} : { environment: options.environment }),
      bundleIds: [bundleId],
      tokenState: (deviceToken) => phone.tokenState(deviceToken),
      onAccepted(push) {
        // Any other push is a notification, which PushKit never sees.
        if (push.topic !== topic) return;
        network.after(random.between(25 * MS, 60 * MS), () => {
          // The app may have been removed while the push was on its way.
          if (phone.tokenState(push.deviceToken).kind === 'active') phone.deliver(push);
        });
      },
    });
    return {
      apns,
      phone,
      bundleId,
      topic,
      async close() {
        network.end();
        phone.close();
        await apns.close();
      },
    };
  } catch (error) {
    phone.close();
    throw error;
  }
}
