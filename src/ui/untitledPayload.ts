import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { exists } from './fileExists';

// A pattern that no file name has as often: `call.voip.json`, `call-2.voip.json`, …
const MAX_NUMBER = 1000;

/** Opens an unsaved payload named `<baseName>.voip.json`, with the next free number, and shows it. */
export async function openUntitledPayload(text: string, baseName: string): Promise<vscode.TextEditor> {
  const document = await openUnder(await freeName(baseName));
  const edit = new vscode.WorkspaceEdit();
  // Not an insert: a payload of that name that was just thrown away may still be there.
  const everything = new vscode.Range(0, 0, document.lineCount, 0);
  edit.replace(document.uri, everything, text);
  await vscode.workspace.applyEdit(edit);
  const typed = await vscode.languages.setTextDocumentLanguage(document, 'json');
  return await vscode.window.showTextDocument(typed, { preview: false });
}

async function openUnder(uri: vscode.Uri): Promise<vscode.TextDocument> {
  return await vscode.workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
}

/** A name that neither a file nor an open document has; in the first workspace folder when there is one. */
async function freeName(baseName: string): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.path));
  for (let number = 1; number < MAX_NUMBER; number += 1) {
    const uri = vscode.Uri.joinPath(folder, `${baseName}${number === 1 ? '' : `-${number}`}.voip.json`);
    if (!open.has(uri.path) && !(await exists(uri))) return uri;
  }
  throw new Error(`No free name for ${baseName}.voip.json in ${folder.fsPath}`);
}
