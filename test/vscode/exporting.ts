import * as vscode from 'vscode';
import { pickItems, replaceInWindow } from './answers';
import { answerMessages, until, workspaceFile } from './extensionHost';

export interface Exported {
  readonly text: string;
  /** Labels of the formats in the order they were offered. */
  readonly formats: readonly string[];
  readonly suggested: string;
  readonly messages: readonly string[];
}

/** Runs the export as a user does who picks `format`, saves as `name`, and opens nothing. */
export async function exportAs(format: string, name: string, button?: string): Promise<Exported> {
  const picked = pickItems(format);
  let suggested = '';
  const dialog = replaceInWindow('showSaveDialog', async (options: vscode.SaveDialogOptions) => {
    suggested = options.defaultUri?.path.split('/').at(-1) ?? '';
    return workspaceFile(name);
  });
  const told = answerMessages('showInformationMessage', button);
  await vscode.commands.executeCommand('voipPush.exportTimeline');
  await until(() => told.messages.length > 0 || undefined, 'the export');
  for (const { restore } of [picked, dialog, told]) restore();
  const text = Buffer.from(await vscode.workspace.fs.readFile(workspaceFile(name))).toString();
  return { text, formats: picked.offered.map(({ label }) => label), suggested, messages: told.messages };
}
