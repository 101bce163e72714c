import * as vscode from 'vscode';
import type { ProbeLanguage } from '../core/probe/probeFiles';

/** A folder that an app's code lies in. */
export interface AppFolder {
  readonly uri: vscode.Uri;
  /** What shows that an app lies there; `undefined` for a folder of the workspace. */
  readonly because?: string;
  readonly language?: ProbeLanguage;
}

const DELEGATES = '**/{AppDelegate.swift,AppDelegate.m,AppDelegate.mm,SceneDelegate.swift,*App.swift}';
const NOT_THE_APP = '**/{node_modules,Pods,Carthage,DerivedData,build,.build}/**';
const MOST_FILES = 100;

/** Where the probe may go: folders with an app delegate, then the folders of the workspace. */
export async function findAppFolders(): Promise<readonly AppFolder[]> {
  const delegates = await vscode.workspace.findFiles(DELEGATES, NOT_THE_APP, MOST_FILES);
  const folders = new Map<string, AppFolder>();
  for (const file of delegates.toSorted(byDepth)) {
    const uri = vscode.Uri.joinPath(file, '..');
    if (folders.has(uri.toString())) continue;
    folders.set(uri.toString(), { uri, because: `has ${nameOf(file)}`, language: languageOf(file) });
  }
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    if (!folders.has(uri.toString())) folders.set(uri.toString(), { uri });
  }
  return [...folders.values()];
}

/** App delegates before `*App.swift`, which test helpers are called, too; then what lies less deep. */
function byDepth(a: vscode.Uri, b: vscode.Uri): number {
  const rank = (uri: vscode.Uri) => (nameOf(uri).includes('Delegate') ? 0 : 1000) + uri.path.split('/').length;
  return rank(a) - rank(b) || a.path.localeCompare(b.path);
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function languageOf({ path }: vscode.Uri): ProbeLanguage {
  return path.endsWith('.swift') ? 'swift' : 'objective-c';
}
