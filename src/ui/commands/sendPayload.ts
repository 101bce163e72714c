import * as vscode from 'vscode';
import { CommandId } from '../contributions';
import { ExpectedFailure, messageOf } from '../expectedFailure';
import type { PayloadDocuments } from '../payloadDocuments';
import type { PayloadSender } from '../payloadSender';
import { payloadTextOf } from '../payloadText';
import { requireTrust } from '../trust';

export interface SendPayloadDependencies {
  readonly documents: PayloadDocuments;
  readonly sender: Pick<PayloadSender, 'sendLinted'>;
}

/** Sends a payload document exactly as it is in the editor, saved or not. */
export async function sendPayload({ documents, sender }: SendPayloadDependencies, argument: unknown): Promise<void> {
  requireTrust();
  const document = await openPayload(uriOf(argument) ?? (await chooseUri(documents)));
  await sender.sendLinted(payloadTextOf(document));
}

/** Menus pass the uri; the palette and keys pass nothing, some passers more than that. */
function uriOf(argument: unknown): vscode.Uri | undefined {
  return argument instanceof vscode.Uri ? argument : undefined;
}

async function openPayload(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open;
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch (error) {
    throw new ExpectedFailure(`The payload could not be opened: ${messageOf(error)}`);
  }
}

/** The payload in the active editor, else the only one in sight, else the user's choice. */
async function chooseUri(documents: PayloadDocuments): Promise<vscode.Uri> {
  const active = vscode.window.activeTextEditor?.document;
  if (active !== undefined && documents.isPayload(active)) return active.uri;
  const visible = vscode.window.visibleTextEditors.map(({ document }) => document).filter(documents.isPayload);
  const [only, ...others] = visible;
  if (only !== undefined && others.length === 0) return only.uri;
  return await pickUri(documents);
}

async function pickUri(documents: PayloadDocuments): Promise<vscode.Uri> {
  const open = documents.open().map(({ uri }) => uri);
  const known = new Set(open.map(String));
  const files = (await documents.findFiles()).filter((uri) => !known.has(uri.toString()));
  if (open.length + files.length === 0) {
    throw new ExpectedFailure('There is no payload to send. Compose one, or open a *.voip.json or *.apns file.', [
      { label: 'Compose Payload', run: () => vscode.commands.executeCommand(CommandId.composePayload) },
    ]);
  }
  const picked = await vscode.window.showQuickPick([...open.map(item('open')), ...files.map(item(''))], {
    title: 'Send a VoIP payload',
    placeHolder: 'The payload to send',
    matchOnDescription: true,
  });
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.uri;
}

function item(description: string): (uri: vscode.Uri) => vscode.QuickPickItem & { readonly uri: vscode.Uri } {
  return (uri) => ({ label: vscode.workspace.asRelativePath(uri), description, uri });
}
