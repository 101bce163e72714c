import { type DeviceTool, findDeviceTools } from '../adapters/logSources/deviceTools';
import type { LogCommand } from '../adapters/logSources/logSource';
import type { DeviceToolPaths } from './deviceToolOption';
import { CliError } from './exitCode';
import { type ReadSavedCrash, readFromDevice } from './savedCrashReport';
import { type CliWorld, untilInterrupted } from './world';

/** The log of a device, and what reads it. */
export interface DeviceLog {
  readonly source: string;
  readonly command: LogCommand;
  readonly readSavedCrash: ReadSavedCrash;
}

/**
 * The log of a device, and the command that prints it. Throws a `CliError` when there is no tool for it, or several devices and
 * none was chosen.
 */
export async function deviceLog(
  udid: string | undefined,
  { tool: toolName, toolPath }: { readonly tool?: string; readonly toolPath?: DeviceToolPaths },
  world: CliWorld,
): Promise<DeviceLog> {
  const options = { env: { ...world.env }, ...(toolPath !== undefined && { paths: toolPath }) };
  const tools = await untilInterrupted(world, findDeviceTools(options, world.interrupted));
  const tool = chooseTool(tools, toolName);
  world.stderr(`voip-push: reading the log with ${tool.kind} ${tool.version}\n`);
  const device = udid ?? (await onlyDevice(tool, world));
  return {
    source: `device ${device ?? 'log'}`,
    command: tool.logCommand(device),
    readSavedCrash: readFromDevice(tool, device, world.interrupted),
  };
}

function chooseTool(tools: readonly DeviceTool[], name: string | undefined): DeviceTool {
  const tool = name === undefined ? tools[0] : tools.find(({ kind }) => kind === name);
  if (tool !== undefined) return tool;
  throw new CliError(
    name === undefined
      ? 'No tool that reads the log of a device is on PATH. Install libimobiledevice (idevicesyslog), pymobiledevice3 or go-ios (ios), or say where one is with --tool-path.'
      : `${name} is not on PATH, or does not run. Found: ${tools.map(({ kind }) => kind).join(', ') || 'no tool'}.`,
  );
}

async function onlyDevice(tool: DeviceTool, world: CliWorld): Promise<string | undefined> {
  const listed = await untilInterrupted(world, tool.listDevices(world.interrupted));
  if (!listed.ok) {
    world.stderr(`voip-push: ${listed.problem.message} ${listed.problem.remedy}\n`);
    return undefined;
  }
  const [first, ...others] = listed.value;
  if (others.length === 0) return first?.udid;
  const names = listed.value.map(({ udid, name }) => (name === undefined ? udid : `${udid} (${name})`)).join(', ');
  throw new CliError(`Several devices are connected: ${names}. Choose one with --device UDID.`);
}
