import * as vscode from 'vscode';
import { CommandId } from '../contributions';
import { ExpectedFailure, type Remedy } from '../expectedFailure';
import { withLateProgress } from '../lateProgress';
import type { ConnectedDevice, DeviceLogTool } from '../logTools';
import type { Settings } from '../settings';
import { startCapture, type WatchParts } from '../startCapture';
import { requireTrustTo } from '../trust';

export interface WatchDeviceParts extends WatchParts {
  readonly settings: { readonly current: Pick<Settings, 'deviceToolPaths'> };
}

/** A device, and the tool that sees it. */
interface Choice {
  readonly tool: DeviceLogTool;
  readonly device: ConnectedDevice;
}

/** Watches the log of a connected device with the best tool there is. Asks only when there are several devices. */
export async function watchDeviceLog(parts: WatchDeviceParts): Promise<void> {
  requireTrustTo('No log can be watched');
  const { captureCommand, findDeviceTools } = await parts.loadLogTools();
  const paths = parts.settings.current.deviceToolPaths;
  const choices = await withLateProgress('Looking for devices', async (signal) => {
    const tools = await findDeviceTools({ paths }, signal);
    const found = signal.aborted ? [] : await firstDevices(tools, signal);
    if (signal.aborted) throw new vscode.CancellationError();
    return found;
  });
  const { tool, device } = await choose(choices);
  await startCapture(parts, {
    source: nameOf(device, choices),
    reader: `${tool.kind} ${tool.version}`,
    start: (options) => captureCommand(tool.logCommand(device.udid), options),
    fetchCrashReport: (devicePath, signal) => tool.fetchCrashReport(devicePath, { udid: device.udid, signal }),
  });
}

/** The devices that the best tool sees; of the next one, when it sees none. */
async function firstDevices(tools: readonly DeviceLogTool[], signal: AbortSignal): Promise<readonly Choice[]> {
  if (tools.length === 0) throw noTool();
  const problems: string[] = [];
  for (const tool of tools) {
    const listed = await tool.listDevices(signal);
    if (!listed.ok) problems.push(`${listed.problem.message} ${listed.problem.remedy}`);
    else if (listed.value.length > 0) return listed.value.map((device) => ({ tool, device }));
  }
  if (signal.aborted) return [];
  const names = tools.map(({ kind, version }) => `${kind} ${version}`).join(', ');
  const none = `No device is connected: ${names} ${tools.length === 1 ? 'sees' : 'see'} none. Connect it with a cable, unlock it, and confirm that it trusts this computer.`;
  throw new ExpectedFailure(problems[0] ?? none, [TRY_AGAIN]);
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
    ...(choice.device.osVersion !== undefined && { description: `iOS ${choice.device.osVersion}` }),
    detail: choice.device.udid,
    choice,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Watch the log of a device',
    ...(first !== undefined && { placeHolder: `Read with ${first.tool.kind} ${first.tool.version}` }),
    matchOnDetail: true,
  });
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.choice;
}

/** `device My iPhone`; without a name, or with the same one, told apart by the end of the id, which identifies its owner. */
function nameOf({ udid, name }: ConnectedDevice, choices: readonly Choice[]): string {
  if (name === undefined) return `device …${udid.slice(-4)}`;
  const isUnique = choices.filter(({ device }) => device.name === name).length === 1;
  return isUnique ? `device ${name}` : `device ${name} (…${udid.slice(-4)})`;
}
