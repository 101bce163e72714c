import * as vscode from 'vscode';
import type { SavedTarget } from './savedTargets';

const ID = 'voipPush.targets';

/** Where a target is saved. */
export type TargetScope = 'workspace' | 'user';

const SCOPES: { readonly [S in TargetScope]: vscode.ConfigurationTarget } = {
  workspace: vscode.ConfigurationTarget.Workspace,
  user: vscode.ConfigurationTarget.Global,
};

/** The targets of the workspace and the user's own, which VS Code would not join; a name of the workspace wins. */
export function allSavedTargets(): unknown {
  const { workspace, user } = savedLists();
  // A workspace that is not trusted names no target: it could send what is stored to an address of its own.
  if (!vscode.workspace.isTrusted || workspace === undefined) return user;
  if (!Array.isArray(workspace) || !Array.isArray(user)) return workspace;
  const taken = new Set(workspace.map(nameOf));
  return [...workspace, ...user.filter((entry) => !taken.has(nameOf(entry)))];
}

/** Where the target of that name is saved now. */
export function scopeOfTarget(name: string): TargetScope | undefined {
  const { workspace, user } = savedLists();
  const has = (list: unknown): boolean => Array.isArray(list) && list.some((entry) => nameOf(entry) === name);
  if (has(workspace)) return 'workspace';
  return has(user) ? 'user' : undefined;
}

/** Saves a target in place of the one called `replaces`; without one to replace it is added at the end. */
export async function saveTarget(saved: SavedTarget, scope: TargetScope, replaces: string = saved.name): Promise<void> {
  const list = listIn(scope);
  const at = list.findIndex((entry) => nameOf(entry) === replaces);
  await write(scope, at < 0 ? [...list, saved] : list.map((entry, index) => (index === at ? saved : entry)));
}

export async function removeSavedTarget(name: string, scope: TargetScope): Promise<void> {
  const rest = listIn(scope).filter((entry) => nameOf(entry) !== name);
  await write(scope, rest.length === 0 ? undefined : rest);
}

async function write(scope: TargetScope, list: readonly unknown[] | undefined): Promise<void> {
  await vscode.workspace.getConfiguration().update(ID, list, SCOPES[scope]);
}

function listIn(scope: TargetScope): readonly unknown[] {
  const list = savedLists()[scope];
  return Array.isArray(list) ? list : [];
}

function savedLists(): { readonly [S in TargetScope]: unknown } {
  const inspected = vscode.workspace.getConfiguration().inspect<unknown>(ID);
  return { workspace: inspected?.workspaceValue, user: inspected?.globalValue };
}

function nameOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined;
}
