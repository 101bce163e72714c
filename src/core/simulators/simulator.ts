/** A simulator, as `xcrun simctl list devices -j` describes it. */
export interface Simulator {
  readonly udid: string;
  readonly name: string;
  /** As simctl says it: `Booted`, `Shutdown`, `Booting`, `Shutting Down`, `Creating`, or one not known yet. */
  readonly state: string;
  readonly isAvailable: boolean;
  /** As it came, for example `runtime profile not found`. */
  readonly availabilityError?: string;
  /** For example `iOS 26.4`. */
  readonly runtime: string;
  /** ISO 8601, as it came. Up to Xcode 26 when it was last booted, from Xcode 27 when it was last used. */
  readonly lastUsedAt?: string;
}

/** An app that the user installed on a simulator. */
export interface SimulatorApp {
  readonly bundleId: string;
  readonly name: string;
}

/** What keeps a simulator from taking a push, and what to do; `undefined` when it is ready. */
export function simulatorProblem(
  simulator: Simulator,
): { readonly message: string; readonly remedy: string } | undefined {
  const { udid, state, runtime } = simulator;
  if (!simulator.isAvailable) {
    const error = simulator.availabilityError ?? 'Xcode does not say why';
    return {
      message: `Not available: ${error.replace(/\.$/, '')}.`,
      remedy: `Install the ${runtime} runtime in Xcode’s settings, under Components (Platforms before Xcode 16), or delete this simulator: xcrun simctl delete ${udid}`,
    };
  }
  if (state === 'Booted') return undefined;
  if (state === 'Shutdown') {
    return { message: 'Shut down.', remedy: `Boot it in Simulator, or with: xcrun simctl boot ${udid}` };
  }
  return { message: `Not booted: its state is ${state}.`, remedy: 'Wait until it is booted, then refresh.' };
}
