import * as vscode from 'vscode';
import { CommandId } from '../contributions';
import type { CredentialEntry, CredentialStore } from '../credentialStore';
import { ExpectedFailure } from '../expectedFailure';

/** Takes stored credentials out of the secret storage. */
export async function removeCredentials(store: CredentialStore): Promise<void> {
  const { name } = await pickCredentials(store, 'Remove credentials');
  const remove = 'Remove';
  const choice = await vscode.window.showWarningMessage(
    `Remove the credentials ${name}?`,
    { modal: true, detail: 'Targets that use them cannot send any more. The file they came from is left alone.' },
    remove,
  );
  if (choice !== remove) throw new vscode.CancellationError();
  await store.remove(name);
  vscode.window.setStatusBarMessage(`${name} removed`, 3000);
}

/** Lets the user choose among the stored credentials. */
export async function pickCredentials({ entries }: CredentialStore, title: string): Promise<CredentialEntry> {
  if (entries.length === 0) {
    throw new ExpectedFailure('No credentials are stored. Add a .p8 key or a VoIP Services certificate first.', [
      { label: 'Add Credentials', run: () => vscode.commands.executeCommand(CommandId.addCredentials) },
    ]);
  }
  const items = entries.map((entry) => ({ label: entry.name, description: entry.description, entry }));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: 'Stored credentials' });
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.entry;
}
