import * as vscode from 'vscode';
import { chooseSimulatorApp } from './commands/chooseSimulatorApp';
import { chooseTarget } from './commands/chooseTarget';
import { chooseVirtualAppBehavior } from './commands/chooseVirtualAppBehavior';
import { clearTimeline } from './commands/clearTimeline';
import { composePayload } from './commands/composePayload';
import { copyApnsUniqueId } from './commands/copyApnsUniqueId';
import { copyAsCurl } from './commands/copyAsCurl';
import { copyExplanation } from './commands/copyExplanation';
import { addDeviceTarget, type DeviceParts, editTarget, removeTarget } from './commands/deviceTargets';
import { copyAsMermaid, type ExportParts, exportTimeline } from './commands/exportTimeline';
import { insertCallProbe, type LoadProbeSnippets } from './commands/insertCallProbe';
import { lintWorkspacePayloads } from './commands/lintWorkspacePayloads';
import { openLog } from './commands/openLog';
import { pasteLog } from './commands/pasteLog';
import { refreshSimulators } from './commands/refreshSimulators';
import { reinstallVirtualApp } from './commands/reinstallVirtualApp';
import { removeCredentials } from './commands/removeCredentials';
import { type Diagnose, runDoctor } from './commands/runDoctor';
import { sendAgain } from './commands/sendAgain';
import { sendPayload } from './commands/sendPayload';
import { stopWatching } from './commands/stopWatching';
import { validateCredentials } from './commands/validateCredentials';
import { watchDeviceLog } from './commands/watchDeviceLog';
import { watchLogFile } from './commands/watchLogFile';
import { CommandId } from './contributions';
import { checkStoredCredentials } from './credentialChecks';
import { findDelivery, requireDelivery } from './deliveryReference';
import type { LogParts } from './logParts';
import type { PayloadDiagnostics } from './payloadDiagnostics';
import type { PayloadDocuments } from './payloadDocuments';
import type { PayloadSender } from './payloadSender';
import type { Recordings } from './recordings/recordingViews';
import { type CommandHandler, registerCommand } from './registerCommand';
import type { SettingsWatcher } from './settingsWatcher';
import type { SimctlPort } from './simulatorPorts';
import type { Simulators } from './simulators';
import type { Memory } from './targets';
import type { TimelinePanel } from './timelinePanel';
import type { TimelineSession } from './timelineSession';
import type { VirtualIphone } from './virtualIphone';

/** All parts that commands work on. Each command gets only what it uses. */
export interface CommandParts extends DeviceParts {
  readonly log: vscode.LogOutputChannel;
  readonly settings: SettingsWatcher;
  readonly session: TimelineSession;
  readonly documents: PayloadDocuments;
  readonly diagnostics: PayloadDiagnostics;
  readonly virtualIphone: VirtualIphone;
  readonly sender: PayloadSender;
  readonly panel: TimelinePanel;
  readonly logs: LogParts;
  readonly diagnose: Diagnose;
  readonly loadExporter: ExportParts['loadExporter'];
  readonly recordings: () => Promise<Recordings>;
  readonly loadProbeSnippets: LoadProbeSnippets;
  /** What is kept of this workspace. */
  readonly memory: Memory;
  readonly simulators: Simulators;
  readonly simctl: () => Promise<SimctlPort>;
  readonly newUuid: () => string;
  readonly extensionUri: vscode.Uri;
  readonly version: string;
}

/** Registers every command; the table is total. */
export function registerCommands(parts: CommandParts): vscode.Disposable {
  const { log, session, targets, panel, logs, recordings } = parts;
  const handlers: { readonly [K in CommandId]: CommandHandler } = {
    'voipPush.composePayload': composePayload,
    'voipPush.sendPayload': (uri) => sendPayload(parts, uri),
    'voipPush.sendAgain': (delivery) => sendAgain(parts, delivery),
    'voipPush.openTimeline': () => panel.open(),
    'voipPush.showDelivery': async (delivery) => {
      // What was sent just now may not be judged yet.
      const found = findDelivery(session.timeline, delivery) ?? requireDelivery(await session.upToDate(), delivery);
      panel.open({ select: found.delivery.id });
    },
    'voipPush.copyExplanation': (delivery) => copyExplanation(session, delivery),
    'voipPush.exportTimeline': () => exportTimeline(parts),
    'voipPush.copyAsMermaid': (delivery) => copyAsMermaid(parts, delivery),
    'voipPush.clearTimeline': () => clearTimeline(session),
    'voipPush.chooseTarget': (target) => chooseTarget(targets, parts.simulators, target),
    'voipPush.refreshSimulators': () => refreshSimulators(parts.simulators),
    'voipPush.chooseSimulatorApp': (target) => chooseSimulatorApp(parts.simulators, targets, parts.simctl, target),
    'voipPush.addDeviceTarget': () => addDeviceTarget(parts),
    'voipPush.editTarget': (target) => editTarget(parts, target),
    'voipPush.removeTarget': (target) => removeTarget(parts, target),
    'voipPush.addCredentials': async () => (await parts.loadForms()).addCredentials(parts),
    'voipPush.removeCredentials': () => removeCredentials(parts.credentials),
    'voipPush.validateCredentials': () => validateCredentials(parts, parts.devices),
    'voipPush.copyAsCurl': (delivery) => copyAsCurl(parts, delivery),
    'voipPush.copyApnsUniqueId': (delivery) => copyApnsUniqueId(session, delivery),
    'voipPush.chooseVirtualAppBehavior': (behavior) =>
      chooseVirtualAppBehavior(() => parts.settings.current.virtual, behavior),
    'voipPush.reinstallVirtualApp': () => reinstallVirtualApp(parts.virtualIphone),
    'voipPush.lintWorkspacePayloads': () => lintWorkspacePayloads(parts),
    'voipPush.showLog': () => log.show(),
    'voipPush.insertCallProbe': () => insertCallProbe(parts),
    'voipPush.runDoctor': () =>
      runDoctor({
        ...parts,
        checkCredentials: () =>
          checkStoredCredentials(
            parts,
            parts.devices.targets.map(({ saved }) => saved),
          ),
      }),
    'voipPush.watchDeviceLog': () => watchDeviceLog({ ...logs, settings: parts.settings, memory: parts.memory }),
    'voipPush.watchLogFile': (file) => watchLogFile(logs, file),
    'voipPush.openLog': (file, selection) => openLog(logs, file, selection),
    'voipPush.pasteLog': () => pasteLog(logs.logOpener),
    'voipPush.stopWatching': (reference) => stopWatching(logs.captures, reference),
    'voipPush.saveRecording': async () => (await recordings()).save(),
    'voipPush.openRecording': async (file) => (await recordings()).open(file),
    'voipPush.compareRecordings': async (file, selection) => (await recordings()).compare(file, selection),
    'voipPush.deleteRecording': async () => (await recordings()).remove(),
  };
  return vscode.Disposable.from(...Object.values(CommandId).map((id) => registerCommand(log, id, handlers[id])));
}
