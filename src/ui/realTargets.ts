import * as vscode from 'vscode';
import { askOrigin } from './askOrigin';
import { pickSimulatorApp } from './commands/chooseSimulatorApp';
import { type CredentialStore, createCredentialStore } from './credentialStore';
import { createDevices, type Devices } from './devices';
import { decodePayload } from './payloadText';
import { proxyOfSettings } from './proxySetting';
import { saveTarget, scopeOfTarget } from './savedTargetSettings';
import type { SettingsWatcher } from './settingsWatcher';
import type { SimctlPort, WatchSimulator } from './simulatorPorts';
import { createSimulators, type Simulators, type SimulatorsOptions } from './simulators';
import type { TimelineSession } from './timelineSession';
import { requireTrust, whyCannotSend } from './trust';
import type { CreateApnsClient } from './virtualPorts';

export interface RealTargetsOptions {
  readonly context: vscode.ExtensionContext;
  readonly session: TimelineSession;
  readonly settings: SettingsWatcher;
  readonly createApnsClient: CreateApnsClient;
  readonly loadSimctl: () => Promise<SimctlPort>;
  readonly watchSimulator: WatchSimulator;
  readonly onToken: SimulatorsOptions['onToken'];
}

/** The targets that are not virtual, and what they need. */
export interface RealTargets {
  readonly simulators: Simulators;
  readonly devices: Devices;
  readonly credentials: CredentialStore;
  readonly simctl: () => Promise<SimctlPort>;
}

/** Runs nothing before somebody looks or sends. */
export function createRealTargets(options: RealTargetsOptions): RealTargets {
  const { context, session, settings, createApnsClient, loadSimctl, watchSimulator } = options;
  const credentials = createCredentialStore(context.secrets, context.globalState);
  const devices = createDevices({
    settings: () => settings.current.targets,
    secrets: context.secrets,
    credentials,
    createApnsClient,
    readTextFile,
    proxyFor: proxyOfSettings,
    requirePermission: requireTrust,
    save: (saved) => saveTarget(saved, scopeOfTarget(saved.name) ?? 'user'),
    askOrigin,
    runCommand: (command, argument) => vscode.commands.executeCommand(command, argument),
  });
  const simulators = createSimulators({
    simctl: loadSimctl,
    watchLog: watchSimulator,
    session,
    memory: context.workspaceState,
    requirePermission: requireTrust,
    mayStart: () => whyCannotSend() === undefined,
    onToken: options.onToken,
    pickApp: (target) => pickSimulatorApp(target, loadSimctl),
  });
  return { simulators, devices, credentials, simctl: loadSimctl };
}

async function readTextFile(path: string): Promise<string> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const isAbsolute = path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
  const uri = isAbsolute || folder === undefined ? vscode.Uri.file(path) : vscode.Uri.joinPath(folder, path);
  const text = decodePayload(await vscode.workspace.fs.readFile(uri));
  if (text === undefined) throw new Error('It is not a text in UTF-8.');
  return text;
}
