import * as vscode from 'vscode';
import { APP_BEHAVIORS, AppBehavior, PhoneSystem } from '../../core/virtualApp';
import { CommandId } from '../contributions';
import { ExpectedFailure } from '../expectedFailure';
import type { VirtualSettings } from '../settings';
import { writeSetting } from '../settingsWatcher';
import { SYSTEM_TITLES } from '../virtualWords';

interface Choice extends vscode.QuickPickItem {
  readonly apply?: () => unknown;
}

/** Chooses what the virtual app does with a push; below it the system, the debugger and a reinstall. */
export async function chooseVirtualAppBehavior(settings: () => VirtualSettings, behavior: unknown): Promise<void> {
  if (behavior !== undefined) {
    await writeSetting('voipPush.virtual.behavior', behaviorNamed(behavior));
    return;
  }
  const picked = await vscode.window.showQuickPick(choices(settings()), {
    title: 'What the virtual app does with a VoIP push',
    placeHolder: `Now: ${APP_BEHAVIORS[settings().behavior].title}`,
    matchOnDetail: true,
  });
  if (picked === undefined) throw new vscode.CancellationError();
  await picked.apply?.();
}

function choices(now: VirtualSettings): readonly Choice[] {
  return [
    { label: 'App behavior', kind: vscode.QuickPickItemKind.Separator },
    ...Object.values(AppBehavior).map((behavior) => ({
      label: APP_BEHAVIORS[behavior].title,
      detail: APP_BEHAVIORS[behavior].description,
      ...chosen(behavior === now.behavior),
      apply: () => writeSetting('voipPush.virtual.behavior', behavior),
    })),
    { label: 'System', kind: vscode.QuickPickItemKind.Separator },
    ...Object.values(PhoneSystem).map((system) => ({
      label: SYSTEM_TITLES[system],
      ...chosen(system === now.system),
      apply: () => writeSetting('voipPush.virtual.system', system),
    })),
    { label: 'Device', kind: vscode.QuickPickItemKind.Separator },
    {
      label: now.debuggerAttached ? 'Detach the debugger' : 'Attach a debugger',
      detail: 'With a debugger attached the system kills no app for a missing report, which hides the bug.',
      apply: () => writeSetting('voipPush.virtual.debuggerAttached', !now.debuggerAttached),
    },
    {
      label: 'Reinstall the app',
      detail: 'The system forgets the violations, and the app gets a new device token.',
      apply: () => vscode.commands.executeCommand(CommandId.reinstallVirtualApp),
    },
  ];
}

function chosen(isChosen: boolean): { readonly description?: string } {
  return isChosen ? { description: 'chosen' } : {};
}

function behaviorNamed(name: unknown): AppBehavior {
  const behavior = Object.values(AppBehavior).find((known) => known === name);
  if (behavior !== undefined) return behavior;
  const known = Object.values(AppBehavior).join(', ');
  throw new ExpectedFailure(`The virtual app has no behavior "${String(name)}". Use one of ${known}.`);
}
