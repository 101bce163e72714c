import type { Simulator } from '../core/simulators/simulator';
import type { ToolProblem } from '../core/toolResult';
import { CommandId } from './contributions';
import { createListeners, type Disposable } from './listeners';
import {
  createSimulatorTarget,
  LAST_SIMULATOR,
  type SimulatorTarget,
  type SimulatorTargetOptions,
} from './simulatorTarget';
import type { TargetList, TargetNote } from './targets';

/** The simulators of this machine. */
export interface Simulators extends TargetList {
  readonly targets: readonly SimulatorTarget[];
  /** The list was asked for in this session. */
  readonly isListed: boolean;
  /** Lists them anew. Never rejects: why there are none is the note. */
  refresh(): Promise<void>;
  /** Lists them unless that was done; does nothing where nothing may be started. */
  refreshOnce(): void;
  close(): Promise<void>;
}

export interface SimulatorsOptions extends Omit<SimulatorTargetOptions, 'refresh'> {
  readonly mayStart: () => boolean;
}

/** Nothing runs before somebody looks. */
export function createSimulators(options: SimulatorsOptions): Simulators {
  const { memory } = options;
  const changed = createListeners<void>();
  const subscriptions = new Map<string, Disposable>();
  let targets: readonly SimulatorTarget[] = [];
  let problem: ToolProblem | undefined;
  let listing: Promise<void> | undefined;
  let isListed = false;

  function take(list: readonly Simulator[]): void {
    const known = new Map(targets.map((target) => [target.udid, target]));
    targets = list.map((simulator) => known.get(simulator.udid) ?? open(simulator));
    for (const [index, target] of targets.entries()) {
      known.delete(target.udid);
      const simulator = list[index];
      if (simulator !== undefined) target.update(simulator);
    }
    for (const gone of known.values()) void end(gone);
  }

  function open(simulator: Simulator): SimulatorTarget {
    const target = createSimulatorTarget(simulator, { ...options, refresh });
    subscriptions.set(
      target.udid,
      target.onDidChange(() => changed.tell()),
    );
    return target;
  }

  async function end(target: SimulatorTarget): Promise<void> {
    subscriptions.get(target.udid)?.dispose();
    subscriptions.delete(target.udid);
    await target.close();
    target.dispose();
  }

  async function list(): Promise<void> {
    isListed = true;
    changed.tell();
    const result = await (await options.simctl()).list();
    problem = result.ok ? undefined : result.problem;
    // A chosen simulator stays when the list failed: the failure is said when something is sent to it.
    if (result.ok) take(result.value);
    listing = undefined;
    changed.tell();
  }

  function refresh(): Promise<void> {
    listing ??= list();
    return listing;
  }

  const remembered = memory.get(LAST_SIMULATOR);
  if (isSimulator(remembered)) targets = [open(remembered)];

  return {
    title: 'Simulators',
    get targets() {
      return targets;
    },
    get note() {
      return noteOn({ isListed, isListing: listing !== undefined, count: targets.length, problem });
    },
    get isListed() {
      return isListed;
    },
    onDidChange: changed.add,
    refresh,
    refreshOnce() {
      if (!isListed && options.mayStart()) void refresh();
    },
    async close() {
      await Promise.all(targets.map((target) => target.close()));
    },
    dispose() {
      for (const target of targets) target.dispose();
      changed.clear();
    },
  };
}

interface ListState {
  readonly isListed: boolean;
  readonly isListing: boolean;
  readonly count: number;
  readonly problem: ToolProblem | undefined;
}

const REFRESH = { label: 'Refresh Simulators', command: CommandId.refreshSimulators } as const;

function noteOn({ isListed, isListing, count, problem }: ListState): TargetNote | undefined {
  if (isListing) return count > 0 ? undefined : { label: 'Looking for simulators' };
  if (problem !== undefined) {
    // Those of the last list stay in sight.
    const label = count > 0 ? 'Not refreshed' : 'No simulators';
    return { label, why: problem.message, tooltip: `${problem.message}\n\n${problem.remedy}`, remedy: REFRESH };
  }
  if (!isListed) return count > 0 ? undefined : { label: 'Not listed yet', remedy: REFRESH };
  if (count > 0) return undefined;
  return {
    label: 'No simulators',
    why: 'Xcode has none.',
    tooltip: 'Xcode has no simulators. Add one in Xcode, under Window, Devices and Simulators, then refresh.',
    remedy: REFRESH,
  };
}

function isSimulator(value: unknown): value is Simulator {
  if (typeof value !== 'object' || value === null) return false;
  const { udid, name, state, runtime, isAvailable }: Partial<Record<keyof Simulator, unknown>> = value;
  return [udid, name, state, runtime].every((part) => typeof part === 'string') && typeof isAvailable === 'boolean';
}
