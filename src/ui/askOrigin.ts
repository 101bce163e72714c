import * as vscode from 'vscode';
import { APNS_ORIGINS, type ApnsEnvironment } from '../core/apns/environment';
import { checkOrigin } from '../core/targets/origin';

/** Asks where the APNs of an environment is, for a target that goes to another address than Apple's. */
export async function askOrigin(environment: ApnsEnvironment): Promise<string> {
  const origin = await vscode.window.showInputBox({
    title: `Address of the ${environment} APNs`,
    prompt: 'This target goes to an address of its own. Where is the other environment?',
    value: APNS_ORIGINS[environment],
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' ? 'Enter an address.' : checkOrigin(text)),
  });
  if (origin === undefined) throw new vscode.CancellationError();
  return origin;
}
