import * as vscode from 'vscode';
import { PROBE_FILES, PROBE_FOLDER, type ProbeLanguage } from '../core/probe/probeFiles';
import { exists } from './fileExists';

/** The probe's files in an app's folder. */
export interface WrittenProbe {
  readonly files: readonly vscode.Uri[];
  /** Deletes what was written, or brings back what was there; leaves files alone that were changed since, and names them. */
  undo(): Promise<readonly string[]>;
}

interface ProbeFile {
  readonly uri: vscode.Uri;
  readonly content: Uint8Array;
  /** What was there. */
  readonly before?: Uint8Array;
}

/** Writes the probe. `mayReplace` is asked with the names of files that are there and differ; `undefined` when it says no. */
export async function writeProbe(
  extensionUri: vscode.Uri,
  language: ProbeLanguage,
  folder: vscode.Uri,
  mayReplace: (names: readonly string[]) => Promise<boolean>,
): Promise<WrittenProbe | undefined> {
  const files: ProbeFile[] = [];
  for (const name of PROBE_FILES[language].files) {
    const content = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, PROBE_FOLDER, name));
    const uri = vscode.Uri.joinPath(folder, name);
    const before = (await exists(uri)) ? await vscode.workspace.fs.readFile(uri) : undefined;
    files.push({ uri, content, ...(before !== undefined && { before }) });
  }
  const others = files.filter(({ before, content }) => before !== undefined && !isSame(before, content));
  if (others.length > 0 && !(await mayReplace(others.map(nameOf)))) return undefined;
  for (const { uri, content } of files) await vscode.workspace.fs.writeFile(uri, content);
  return {
    files: files.map(({ uri }) => uri),
    async undo() {
      const kept: string[] = [];
      for (const file of files) {
        if (!(await undoFile(file))) kept.push(nameOf(file));
      }
      return kept;
    },
  };
}

async function undoFile({ uri, content, before }: ProbeFile): Promise<boolean> {
  if (!(await exists(uri))) return true;
  if (!isSame(await vscode.workspace.fs.readFile(uri), content)) return false;
  if (before === undefined) await vscode.workspace.fs.delete(uri);
  else await vscode.workspace.fs.writeFile(uri, before);
  return true;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function nameOf({ uri }: ProbeFile): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
