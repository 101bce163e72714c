import * as vscode from 'vscode';
import type { SettingId, SettingTypes } from './contributions';
import { allSavedTargets } from './savedTargetSettings';
import { readSettings, type Settings } from './settings';

/** The settings as they are now. */
export interface SettingsWatcher extends vscode.Disposable {
  readonly current: Settings;
  readonly onDidChange: vscode.Event<Settings>;
}

/** Follows VS Code's configuration; warns once about each wrong value. */
export function watchSettings(): SettingsWatcher {
  const changed = new vscode.EventEmitter<Settings>();
  const warned = new Set<string>();

  function read(): Settings {
    const configuration = vscode.workspace.getConfiguration();
    const { settings, problems } = readSettings((id) => {
      if (id === 'voipPush.targets') return allSavedTargets();
      return id === 'voipPush.recordings.redact' ? allRedactions(configuration) : configuration.get(id);
    });
    for (const problem of problems) warnOnce(problem);
    return settings;
  }

  function warnOnce(problem: string): void {
    if (warned.has(problem)) return;
    warned.add(problem);
    void offerSettings(problem);
  }

  let current = read();
  const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration('voipPush')) return;
    current = read();
    changed.fire(current);
  });

  return {
    get current() {
      return current;
    },
    onDidChange: changed.event,
    dispose() {
      subscription.dispose();
      changed.dispose();
    },
  };
}

/** The patterns of the workspace and the user's own: a workspace cannot take away what a user keeps out. */
function allRedactions(configuration: vscode.WorkspaceConfiguration): unknown {
  const id: SettingId = 'voipPush.recordings.redact';
  const { globalValue, workspaceValue, workspaceFolderValue } = configuration.inspect<unknown>(id) ?? {};
  const lists = [globalValue, workspaceValue, workspaceFolderValue].filter((list) => list !== undefined);
  // What is no list stays in, so that it is complained about.
  return [...new Set(lists.flat())];
}

/** Shows what is wrong with a setting, and the way to it. */
export async function offerSettings(problem: string): Promise<void> {
  const choice = await vscode.window.showWarningMessage(problem, 'Open Settings');
  if (choice !== undefined) await vscode.commands.executeCommand('workbench.action.openSettings', 'voipPush');
}

/** Writes a setting where it is set already, else for the user: a choice should not add a file to the workspace. */
export async function writeSetting<K extends SettingId>(id: K, value: SettingTypes[K]): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const inspected = configuration.inspect(id);
  const target =
    inspected?.workspaceValue === undefined ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
  await configuration.update(id, value, target);
}
