import * as vscode from 'vscode';
import { PROBE_FILES, ProbeLanguage } from '../../core/probe/probeFiles';
import { type AppFolder, findAppFolders } from '../appFolders';
import { type WrittenProbe, writeProbe } from '../probeWriter';

/** Gives the document that shows which lines to add to an app, which is read when it is wanted. */
export type LoadProbeSnippets = (language: ProbeLanguage) => Promise<string>;

export interface InsertCallProbeParts {
  readonly extensionUri: vscode.Uri;
  readonly loadProbeSnippets: LoadProbeSnippets;
}

/** Writes the probe into an app's folder, and shows which lines to add to the app. */
export async function insertCallProbe({ extensionUri, loadProbeSnippets }: InsertCallProbeParts): Promise<void> {
  const folders = await findAppFolders();
  const language = await chooseLanguage(folders);
  const folder = await chooseFolder(folders);
  const probe = await writeProbe(extensionUri, language, folder, mayReplace);
  if (probe === undefined) throw new vscode.CancellationError();
  const content = await loadProbeSnippets(language);
  const snippets = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(snippets, { preview: false });
  void tell(probe, folder);
}

async function chooseLanguage(folders: readonly AppFolder[]): Promise<ProbeLanguage> {
  const found = folders.find((folder) => folder.language !== undefined)?.language;
  const items = Object.values(ProbeLanguage)
    .map((language) => ({
      label: PROBE_FILES[language].title,
      description: language === found ? 'as the app delegate here' : '',
      detail: PROBE_FILES[language].files.join(', '),
      language,
    }))
    .toSorted((a, b) => Number(b.language === found) - Number(a.language === found));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Insert the call probe (1 of 2): language',
    placeHolder: 'One is enough for an app',
  });
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.language;
}

async function chooseFolder(folders: readonly AppFolder[]): Promise<vscode.Uri> {
  const items = [
    ...folders.map(({ uri, because }) => ({
      label: nameOf(uri),
      description: because ?? 'workspace folder',
      uri,
    })),
    { label: 'Choose a folder…', description: '', uri: undefined },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Insert the call probe (2 of 2): the app’s folder',
    placeHolder: 'Where the app’s code lies',
    matchOnDescription: true,
  });
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.uri ?? (await chooseOtherFolder());
}

async function chooseOtherFolder(): Promise<vscode.Uri> {
  const options = {
    title: 'The app’s folder',
    openLabel: 'Insert Here',
    canSelectFiles: false,
    canSelectFolders: true,
  };
  const [folder] = (await vscode.window.showOpenDialog(options)) ?? [];
  if (folder === undefined) throw new vscode.CancellationError();
  return folder;
}

async function mayReplace(names: readonly string[]): Promise<boolean> {
  const isAre = names.length === 1 ? 'is there already and differs' : 'are there already and differ';
  const detail = 'It may be of another version, or changed by you.';
  const message = `${names.join(' and ')} ${isAre} from the probe.`;
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, 'Replace')) === 'Replace';
}

async function tell({ files, undo }: WrittenProbe, folder: vscode.Uri): Promise<void> {
  const names = files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)).join(' and ');
  const message = `${names} written to ${nameOf(folder)}.`;
  const choice = await vscode.window.showInformationMessage(message, 'Open', 'Undo');
  if (choice === 'Open') for (const file of files) await vscode.window.showTextDocument(file, { preview: false });
  if (choice !== 'Undo') return;
  const kept = await undo();
  if (kept.length === 0) vscode.window.setStatusBarMessage('The call probe was taken back', 5000);
  else void vscode.window.showWarningMessage(`${kept.join(' and ')} changed since, so it was left where it is.`);
}

/** VS Code gives no relative path to a folder of the workspace itself. */
function nameOf(folder: vscode.Uri): string {
  const root = vscode.workspace.getWorkspaceFolder(folder);
  return root?.uri.path === folder.path ? root.name : vscode.workspace.asRelativePath(folder, true);
}
