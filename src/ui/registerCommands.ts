import * as vscode from 'vscode';
import { chooseTarget } from './commands/chooseTarget';
import { chooseVirtualAppBehavior } from './commands/chooseVirtualAppBehavior';
import { clearTimeline } from './commands/clearTimeline';
import { composePayload } from './commands/composePayload';
import { copyExplanation } from './commands/copyExplanation';
import { lintWorkspacePayloads } from './commands/lintWorkspacePayloads';
import { reinstallVirtualApp } from './commands/reinstallVirtualApp';
import { sendAgain } from './commands/sendAgain';
import { sendPayload } from './commands/sendPayload';
import { CommandId } from './contributions';
import { requireDelivery } from './deliveryReference';
import type { PayloadDiagnostics } from './payloadDiagnostics';
import type { PayloadDocuments } from './payloadDocuments';
import type { PayloadSender } from './payloadSender';
import { type CommandHandler, registerCommand } from './registerCommand';
import type { SettingsWatcher } from './settingsWatcher';
import type { TargetChoice } from './targets';
import type { TimelinePanel } from './timelinePanel';
import type { TimelineSession } from './timelineSession';
import type { VirtualIphone } from './virtualIphone';

/** All parts that commands work on. Each command gets only what it uses. */
export interface CommandParts {
  readonly log: vscode.LogOutputChannel;
  readonly settings: SettingsWatcher;
  readonly session: TimelineSession;
  readonly documents: PayloadDocuments;
  readonly diagnostics: PayloadDiagnostics;
  readonly targets: TargetChoice;
  readonly virtualIphone: VirtualIphone;
  readonly sender: PayloadSender;
  readonly panel: TimelinePanel;
}

/** Registers every command; the table is total. */
export function registerCommands(parts: CommandParts): vscode.Disposable {
  const { log, session, targets, panel } = parts;
  const handlers: { readonly [K in CommandId]: CommandHandler } = {
    'voipPush.composePayload': composePayload,
    'voipPush.sendPayload': (uri) => sendPayload(parts, uri),
    'voipPush.sendAgain': (delivery) => sendAgain(parts, delivery),
    'voipPush.openTimeline': () => panel.open(),
    'voipPush.showDelivery': (delivery) =>
      panel.open({ select: requireDelivery(session.timeline, delivery).delivery.id }),
    'voipPush.copyExplanation': (delivery) => copyExplanation(session, delivery),
    'voipPush.clearTimeline': () => clearTimeline(session),
    'voipPush.chooseTarget': () => chooseTarget(targets),
    'voipPush.chooseVirtualAppBehavior': (behavior) =>
      chooseVirtualAppBehavior(() => parts.settings.current.virtual, behavior),
    'voipPush.reinstallVirtualApp': () => reinstallVirtualApp(parts.virtualIphone),
    'voipPush.lintWorkspacePayloads': () => lintWorkspacePayloads(parts),
    'voipPush.showLog': () => log.show(),
  };
  return vscode.Disposable.from(...Object.values(CommandId).map((id) => registerCommand(log, id, handlers[id])));
}
