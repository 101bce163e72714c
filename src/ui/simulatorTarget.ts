import type { DeviceTokenSeen } from '../core/log/logReader';
import { simulatorTargetBundle } from '../core/simulators/simctlPayload';
import { type Simulator, type SimulatorApp, simulatorProblem } from '../core/simulators/simulator';
import { SIMULATOR_TEXTS } from '../core/simulators/simulatorTexts';
import { ExpectedFailure } from './expectedFailure';
import { createListeners } from './listeners';
import { createSimulatorLog } from './simulatorLog';
import type { SimctlPort, WatchSimulator } from './simulatorPorts';
import type { Memory, Target, TargetFact } from './targets';
import type { TimelineSession } from './timelineSession';

/** A simulator as a target. */
export interface SimulatorTarget extends Target {
  readonly udid: string;
  /** What the last list said of it. */
  readonly simulator: Simulator;
  readonly app: SimulatorApp | undefined;
  /** Takes over what a new list says. */
  update(simulator: Simulator): void;
  /** Remembered for this workspace. */
  chooseApp(app: SimulatorApp): void;
}

export interface SimulatorTargetOptions {
  readonly simctl: () => Promise<SimctlPort>;
  readonly watchLog: WatchSimulator;
  readonly session: Pick<TimelineSession, 'append'>;
  readonly memory: Memory;
  /** Throws when nothing may be started, for example in restricted mode. */
  readonly requirePermission: () => void;
  /** Lets the user choose an app; rejects when there is none or the user cancels. */
  readonly pickApp: (target: SimulatorTarget) => Promise<SimulatorApp>;
  /** Lists the simulators anew. */
  readonly refresh: () => Promise<void>;
  /** The app printed its PushKit token. */
  readonly onToken: (token: DeviceTokenSeen, from: SimulatorTarget) => void;
}

/** Where the chosen simulator is kept, so that it is there before the list is made again. */
export const LAST_SIMULATOR = 'voipPush.simulator';

/** Nothing runs before it is sent to. */
export function createSimulatorTarget(initial: Simulator, options: SimulatorTargetOptions): SimulatorTarget {
  const { memory, session } = options;
  const { udid } = initial;
  const appKey = `voipPush.simulatorApp.${udid}`;
  const changed = createListeners<void>();
  let simulator = initial;
  let app = readApp(memory.get(appKey));
  const label = (): string => `${simulator.name}, ${simulator.runtime}`;
  const source = `simulator ${label()}`;
  const log = createSimulatorLog(() =>
    options.watchLog({
      udid,
      bundleId: app?.bundleId ?? '',
      source,
      onEvents: session.append,
      onToken: (token) => options.onToken(token, target),
    }),
  );
  const subscription = log.onDidChange(() => changed.tell());

  const target: SimulatorTarget = {
    id: `simulator:${udid}`,
    udid,
    get simulator() {
      return simulator;
    },
    get app() {
      return app;
    },
    get label() {
      return label();
    },
    get shortLabel() {
      return simulator.name;
    },
    get variant() {
      return simulator.runtime;
    },
    environment: 'simulator',
    kind: 'simctl',
    description: SIMULATOR_TEXTS.target,
    get bundleId() {
      return app?.bundleId ?? '';
    },
    logSource: source,
    get logHealth() {
      return log.health;
    },
    get problem() {
      return simulatorProblem(simulator);
    },
    get facts(): readonly TargetFact[] {
      return [
        // What else it is, the problem says.
        ...(simulatorProblem(simulator) === undefined
          ? [{ label: 'State', value: simulator.state.toLowerCase(), icon: 'vm' }]
          : []),
        { label: 'PushKit', value: 'not by simctl: the bridge', icon: 'info', tooltip: SIMULATOR_TEXTS.target },
      ];
    },
    onDidChange: changed.add,
    update(next) {
      simulator = next;
      changed.tell();
    },
    chooseApp(chosen) {
      app = chosen;
      void memory.update(appKey, chosen);
      changed.tell();
    },
    async prepare(_signal, payload = '') {
      options.requirePermission();
      // It may have been booted, or shut down, since the list was made.
      if (simulatorProblem(simulator) !== undefined) await options.refresh();
      const problem = simulatorProblem(simulator);
      const chosen = simulatorTargetBundle(payload) ?? app?.bundleId;
      // Its apps cannot be listed either: who is asked for one learns too late that nothing can be sent.
      if (chosen === undefined && problem !== undefined) {
        throw new ExpectedFailure(`Nothing was sent to ${label()}. ${problem.message} ${problem.remedy}`);
      }
      const bundleId = chosen ?? (await options.pickApp(target)).bundleId;
      if (problem === undefined) await log.watch();
      const simctl = await options.simctl();
      return {
        transport: {
          send: ({ body }, signal) => simctl.push({ udid, bundleId, payload: DECODER.decode(body) }, signal),
          close: async () => undefined,
        },
        deviceToken: '',
        bundleId,
      };
    },
    enter: () => void memory.update(LAST_SIMULATOR, simulator),
    leave: () => void log.stop(),
    idle: async () => undefined,
    close: () => log.stop(),
    dispose() {
      subscription.dispose();
      log.dispose();
      changed.clear();
    },
  };
  return target;
}

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

function readApp(value: unknown): SimulatorApp | undefined {
  if (typeof value !== 'object' || value === null || !('bundleId' in value)) return undefined;
  const { bundleId, name }: { readonly bundleId: unknown; readonly name?: unknown } = value;
  if (typeof bundleId !== 'string') return undefined;
  return { bundleId, name: typeof name === 'string' ? name : bundleId };
}
