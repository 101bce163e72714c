import * as vscode from 'vscode';
import { CommandId } from '../contributions';
import { ExpectedFailure, type Remedy } from '../expectedFailure';
import { withLateProgress } from '../lateProgress';
import type { ConnectedDevice, DeviceLogTool } from '../logTools';
import type { Settings } from '../settings';
import { startCapture, type WatchParts } from '../startCapture';
import type { Memory } from '../targets';
import { requireTrustTo } from '../trust';

export interface WatchDeviceParts extends WatchParts {
  readonly settings: { readonly current: Pick<Settings, 'deviceToolPaths'> };
  /** Keeps the tool that was chosen last. */
  readonly memory: Memory;
}

/** A device, and a tool that sees it. */
interface Choice {
  readonly tool: DeviceLogTool;
  readonly device: ConnectedDevice;
}

const LAST_TOOL = 'voipPush.deviceLogTool';

/**
 * Watches the log of a connected device. Asks only when there are several devices, or several tools that see one; the tool
 * of the last time comes first, then those that say most.
 */
export async function watchDeviceLog(parts: WatchDeviceParts): Promise<void> {
  requireTrustTo('No log can be watched');
  const { memory } = parts;
  const { captureCommand, findDeviceTools } = await parts.loadLogTools();
  const paths = parts.settings.current.deviceToolPaths;
  const choices = await withLateProgress('Looking for devices', async (signal) => {
    const tools = await findDeviceTools({ paths }, signal);
    const found = signal.aborted ? [] : await findChoices(preferred(tools, memory.get(LAST_TOOL)), signal);
    if (signal.aborted) throw new vscode.CancellationError();
    return found;
  });
  const { tool, device } = await choose(choices);
  if (choices.length > 1) void memory.update(LAST_TOOL, tool.kind);
  await startCapture(parts, {
    source: nameOf(device, choices),
    reader: `${tool.kind} ${tool.version}`,
    start: (options) => captureCommand(tool.logCommand(device.udid), options),
    fetchCrashReport: (devicePath, signal) => tool.fetchCrashReport(devicePath, { udid: device.udid, signal }),
  });
}

function preferred(tools: readonly DeviceLogTool[], kind: unknown): readonly DeviceLogTool[] {
  return tools.toSorted((one, other) => Number(other.kind === kind) - Number(one.kind === kind));
}

/** Each device that a tool sees, with each tool that sees it. Rejects when there is none. */
async function findChoices(tools: readonly DeviceLogTool[], signal: AbortSignal): Promise<readonly Choice[]> {
  if (tools.length === 0) throw noTool();
  const lists = await Promise.all(tools.map((tool) => tool.listDevices(signal)));
  const seen = lists.flatMap((listed, index) => {
    const tool = tools[index];
    return listed.ok && tool !== undefined ? listed.value.map((device) => ({ tool, device })) : [];
  });
  if (seen.length === 0 && !signal.aborted) {
    const problem = lists.flatMap((listed) => (listed.ok ? [] : [listed.problem]))[0];
    throw new ExpectedFailure(problem === undefined ? noDevice(tools) : `${problem.message} ${problem.remedy}`, [
      TRY_AGAIN,
    ]);
  }
  // Not every tool knows the name of a device.
  const known = (udid: string): ConnectedDevice =>
    Object.assign({ udid }, ...seen.map(({ device }) => device).filter((device) => device.udid === udid));
  return [...new Set(seen.map(({ device }) => device.udid))].flatMap((udid) =>
    seen.filter(({ device }) => device.udid === udid).map(({ tool }) => ({ tool, device: known(udid) })),
  );
}

function noDevice(tools: readonly DeviceLogTool[]): string {
  const names = tools.map(({ kind, version }) => `${kind} ${version}`).join(', ');
  return `No device is connected: ${names} ${tools.length === 1 ? 'sees' : 'see'} none. Connect it with a cable, unlock it, and confirm that it trusts this computer.`;
}

const TRY_AGAIN: Remedy = {
  label: 'Try Again',
  run: () => vscode.commands.executeCommand(CommandId.watchDeviceLog),
};

function noTool(): ExpectedFailure {
  return new ExpectedFailure(
    'No tool that reads the log of a device was found. Install pymobiledevice3, libimobiledevice (idevicesyslog) or go-ios (ios), or name its path in the setting voipPush.deviceTools.paths.',
    [
      TRY_AGAIN,
      {
        label: 'Open Settings',
        run: () => vscode.commands.executeCommand('workbench.action.openSettings', 'voipPush.deviceTools.paths'),
      },
    ],
  );
}

async function choose(choices: readonly Choice[]): Promise<Choice> {
  const [first, ...others] = choices;
  if (first !== undefined && others.length === 0) return first;
  const items = choices.map((choice) => ({
    label: choice.device.name ?? choice.device.udid,
    description: [
      ...(choice.device.osVersion === undefined ? [] : [`iOS ${choice.device.osVersion}`]),
      `with ${choice.tool.kind} ${choice.tool.version}`,
    ].join(' · '),
    detail: choice.device.udid,
    choice,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Watch the log of a device',
    placeHolder: 'The device, and the tool that reads its log',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.choice;
}

/** `device My iPhone`; without a name, or with the same one, told apart by the end of the id, which identifies its owner. */
function nameOf({ udid, name }: ConnectedDevice, choices: readonly Choice[]): string {
  if (name === undefined) return `device …${udid.slice(-4)}`;
  const isUnique = choices.every(({ device }) => device.name !== name || device.udid === udid);
  return isUnique ? `device ${name}` : `device ${name} (…${udid.slice(-4)})`;
}
