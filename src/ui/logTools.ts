import type { HostClock } from '../core/log/hostClock';
import type { CaptureOptions, LogCapture, LogCommand } from '../core/log/logSource';
import type { ReadLog, ReadLogOptions } from '../core/log/readLog';
import type { CancelSignal } from '../core/ports';
import type { ToolResult } from '../core/toolResult';
import type { SettingTypes } from './contributions';

/** A device that a tool sees. */
export interface ConnectedDevice {
  readonly udid: string;
  readonly name?: string;
  /** For example `26.4`. */
  readonly osVersion?: string;
}

/** A crash report of a device that was copied to this computer. */
export interface FetchedCrashReport {
  readonly path: string;
  /** Removes the copy. */
  dispose(): Promise<void>;
}

/** Copies the crash report that lies at this path on a device. */
export type FetchCrashReport = (devicePath: string, signal: AbortSignal) => Promise<ToolResult<FetchedCrashReport>>;

/** A tool that prints a device's log, as the adapter found it. */
export interface DeviceLogTool {
  /** For example `idevicesyslog`. */
  readonly kind: string;
  readonly version: string;
  logCommand(udid?: string): LogCommand;
  listDevices(signal?: CancelSignal): Promise<ToolResult<readonly ConnectedDevice[]>>;
  fetchCrashReport(
    devicePath: string,
    options: { readonly udid: string; readonly signal: AbortSignal },
  ): Promise<ToolResult<FetchedCrashReport>>;
}

/** The adapter's part in watching and reading logs, loaded when it is used for the first time. */
export interface LogTools {
  captureCommand(command: LogCommand, options: CaptureOptions): LogCapture;
  captureFile(path: string, options: CaptureOptions): LogCapture;
  findDeviceTools(
    options: { readonly paths: SettingTypes['voipPush.deviceTools.paths'] },
    signal?: CancelSignal,
  ): Promise<readonly DeviceLogTool[]>;
  /** Rejects with an `UnreadableLog` for what is not evidence. */
  readLogFile(path: string, options: ReadLogOptions): Promise<ReadLog>;
  readLogChunks(chunks: AsyncIterable<Uint8Array>, options: ReadLogOptions): Promise<ReadLog>;
  systemHostClock(): HostClock;
  readonly UnreadableLog: abstract new (...args: never) => Error;
}

export type LoadLogTools = () => Promise<LogTools>;
