import type { VoipEvent } from '../core/events/event';
import type { DeviceTokenSeen } from '../core/log/logReader';
import type { LogCapture } from '../core/log/logSource';
import type { CancelSignal, PushOutcome } from '../core/ports';
import type { Simulator, SimulatorApp } from '../core/simulators/simulator';
import type { ToolResult } from '../core/toolResult';

/** What this surface needs of `xcrun simctl`. Nothing throws. */
export interface SimctlPort {
  /** The booted ones first. */
  list(signal?: CancelSignal): Promise<ToolResult<readonly Simulator[]>>;
  listApps(udid: string, signal?: CancelSignal): Promise<ToolResult<readonly SimulatorApp[]>>;
  push(
    input: { readonly udid: string; readonly bundleId: string; readonly payload: string },
    signal?: CancelSignal,
  ): Promise<PushOutcome>;
}

export interface WatchSimulatorInput {
  readonly udid: string;
  readonly bundleId: string;
  readonly source: string;
  readonly onEvents: (events: readonly VoipEvent[]) => void;
  readonly onToken: (token: DeviceTokenSeen) => void;
}

export type WatchSimulator = (input: WatchSimulatorInput) => Promise<LogCapture>;
