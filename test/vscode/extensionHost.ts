import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { JudgedDelivery } from '../../src/core/timeline/timeline';
import type { SettingId, SettingTypes } from '../../src/ui/contributions';
import type { ExtensionApi } from '../../src/ui/extensionApi';

const EXTENSION_ID = 'voip-push.voip-push-debugger';

/** A payload that the lint has nothing to say about, with ids of its own. */
export function goodPayload(): string {
  return `{
  "aps": {},
  "voipPushId": "${randomUUID()}",
  "uuid": "${randomUUID()}",
  "callerName": "Jane Appleseed"
}
`;
}

export const GOOD_PAYLOAD = goodPayload();

export function extension(): vscode.Extension<ExtensionApi> {
  const found = vscode.extensions.getExtension<ExtensionApi>(EXTENSION_ID);
  assert.ok(found, `${EXTENSION_ID} is installed in this host`);
  return found;
}

export async function activated(): Promise<ExtensionApi> {
  return await extension().activate();
}

/** Waits for something that VS Code does in its own time. */
export async function until<T>(look: () => T | undefined, what: string): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    assert.ok(Date.now() < end, `waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function changeSetting<K extends SettingId>(id: K, value: SettingTypes[K] | undefined): Promise<void> {
  await vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global);
}

export function workspaceFile(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function writePayload(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
  const uri = workspaceFile(name);
  await vscode.workspace.fs.writeFile(uri, typeof content === 'string' ? Buffer.from(content) : content);
  return uri;
}

export async function closeEditors(): Promise<void> {
  // Unsaved documents would ask whether to keep them.
  while (vscode.window.tabGroups.activeTabGroup.activeTab !== undefined) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Sends the payload of a file and waits for the verdict. */
export async function sendAndWait(uri: vscode.Uri): Promise<JudgedDelivery> {
  const api = await activated();
  await vscode.commands.executeCommand('voipPush.sendPayload', uri);
  return await lastDelivery(api);
}

export async function lastDelivery(api: ExtensionApi): Promise<JudgedDelivery> {
  await api.whenIdle();
  const last = api.timeline().deliveries.at(-1);
  assert.ok(last, 'there is a delivery');
  return last;
}

interface Answered {
  readonly messages: readonly string[];
  restore(): void;
}

/** Answers the messages of one kind as a user would, with the button called `button`. */
export function answerMessages(
  kind: 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage',
  button: string | undefined,
): Answered {
  const original = vscode.window[kind];
  const messages: string[] = [];
  const answer = (message: string, ...more: readonly unknown[]): Promise<unknown> => {
    messages.push(message);
    return Promise.resolve(more.includes(button) ? button : undefined);
  };
  Object.defineProperty(vscode.window, kind, { value: answer, configurable: true, writable: true });
  return {
    messages,
    restore: () => Object.defineProperty(vscode.window, kind, { value: original, configurable: true, writable: true }),
  };
}

/** Empties the timeline: nobody waits for deliveries that nothing will be heard of. */
export async function forgetDeliveries(): Promise<void> {
  const declined = answerMessages('showInformationMessage', undefined);
  await vscode.commands.executeCommand('voipPush.clearTimeline');
  declined.restore();
}
