import * as vscode from 'vscode';
import type { SettingTypes } from '../contributions';
import type { CredentialCheck } from '../credentialChecks';
import type { Settings } from '../settings';
import { requireTrustTo } from '../trust';

/** What the doctor is told. */
export interface DoctorRequest {
  /** Name and version of this product. */
  readonly product: string;
  /** The editor it runs in. */
  readonly editor: string;
  /** The app to look at. */
  readonly folder?: string;
  /** The setting `voipPush.deviceTools.paths`. */
  readonly deviceToolPaths: SettingTypes['voipPush.deviceTools.paths'];
  /** What is known of the stored credentials. */
  readonly credentials: readonly CredentialCheck[];
}

/** Looks at everything and gives a Markdown document without secrets. Rejects with the reason of the signal. */
export type Diagnose = (
  request: DoctorRequest,
  onProgress: (progress: { readonly title: string; readonly total: number }) => void,
  signal: AbortSignal,
) => Promise<string>;

export interface RunDoctorParts {
  readonly diagnose: Diagnose;
  /** Version of the extension. */
  readonly version: string;
  readonly settings: { readonly current: Pick<Settings, 'deviceToolPaths'> };
  readonly checkCredentials: () => Promise<readonly CredentialCheck[]>;
}

/** Checks this computer and the app that is open, and opens the report as a document. */
export async function runDoctor({ diagnose, version, settings, checkCredentials }: RunDoctorParts): Promise<void> {
  requireTrustTo('The doctor cannot run');
  const folder = await chooseFolder();
  const request: DoctorRequest = {
    product: `VoIP Push Debugger ${version}`,
    editor: `${vscode.env.appName} ${vscode.version}`,
    ...(folder !== undefined && { folder: folder.uri.fsPath }),
    deviceToolPaths: settings.current.deviceToolPaths,
    credentials: await checkCredentials(),
  };
  const options = { location: vscode.ProgressLocation.Notification, title: 'VoIP Push doctor', cancellable: true };
  const report = await vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    const subscription = token.onCancellationRequested(() => controller.abort());
    try {
      return await diagnose(
        request,
        ({ title, total }) => progress.report({ message: title, increment: 100 / total }),
        controller.signal,
      );
    } catch (error) {
      throw controller.signal.aborted ? new vscode.CancellationError() : error;
    } finally {
      subscription.dispose();
    }
  });
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: report });
  await vscode.window.showTextDocument(document, { preview: false });
}

/** The app's folder: the only one that is open, or the one that the user picks. */
async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  if (folders.length <= 1) return folders[0];
  const picked = await vscode.window.showWorkspaceFolderPick({ placeHolder: 'The app that the doctor looks at' });
  if (picked === undefined) throw new vscode.CancellationError();
  return picked;
}
