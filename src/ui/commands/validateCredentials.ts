import * as vscode from 'vscode';
import type { CredentialFinding } from '../../core/credentials/credentials';
import type { Devices } from '../devices';
import { ExpectedFailure } from '../expectedFailure';
import type { SavedTarget } from '../savedTargets';
import type { CredentialParts } from './addCredentials';
import { pickCredentials } from './removeCredentials';

/** Checks stored credentials without sending, against every target that uses them, and shows what was found. */
export async function validateCredentials(parts: CredentialParts, devices: Devices): Promise<void> {
  const { name, description } = await pickCredentials(parts.credentials, 'Validate credentials');
  const [stored, tools] = await Promise.all([parts.credentials.read(name), parts.loadCredentialTools()]);
  if (stored === undefined) {
    throw new ExpectedFailure(`The credentials ${name} cannot be read from the secret storage. Add them again.`);
  }
  const uses = devices.targets.map(({ saved }) => saved).filter(({ credentials }) => credentials === name);
  const items =
    uses.length === 0
      ? tools.validate(stored).map(item)
      : uses.flatMap((use) => [separator(use), ...tools.validate(stored, use).map(item)]);
  const picked = await vscode.window.showQuickPick(items, {
    title: `${name}: ${description}`,
    placeHolder: summary(items.filter(({ finding }) => finding?.severity === 'error').length),
    matchOnDetail: true,
  });
  // A row cuts off what is long.
  if (picked?.finding === undefined) return;
  const { message, remedy = '' } = picked.finding;
  void vscode.window.showInformationMessage(`${message} ${remedy}`.trim());
}

interface Item extends vscode.QuickPickItem {
  readonly finding?: CredentialFinding;
}

function separator({ name, environment }: SavedTarget): Item {
  return { label: `For ${name} (${environment})`, kind: vscode.QuickPickItemKind.Separator };
}

const ICONS: { readonly [S in CredentialFinding['severity']]: string } = {
  info: 'info',
  warning: 'warning',
  error: 'error',
};

function item(finding: CredentialFinding): Item {
  const { severity, message, remedy } = finding;
  return { label: `$(${ICONS[severity]}) ${message}`, finding, ...(remedy !== undefined && { detail: remedy }) };
}

function summary(errors: number): string {
  if (errors === 0) return 'Nothing is wrong with them as far as can be told without sending.';
  return errors === 1 ? '1 error. Nothing was sent.' : `${errors} errors. Nothing was sent.`;
}
