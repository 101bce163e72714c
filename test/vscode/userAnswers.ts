import * as vscode from 'vscode';

/** Something of VS Code that a test put itself in the place of. */
export interface Replaced {
  restore(): void;
}

/** Puts `value` in the place of `object[name]`: what a user would do is done by the test. */
function replace<T extends object>(object: T, name: keyof T & string, value: PropertyDescriptor): Replaced {
  const original = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { ...value, configurable: true });
  return {
    restore() {
      if (original !== undefined) Object.defineProperty(object, name, original);
    },
  };
}

/** Picks the item with each of these labels, one list after the other, and keeps the lists' labels. */
export function pickItems(...labels: readonly string[]): Replaced & { readonly lists: readonly (readonly string[])[] } {
  const lists: string[][] = [];
  const value = async (items: readonly vscode.QuickPickItem[] | Thenable<readonly vscode.QuickPickItem[]>) => {
    const all = await items;
    const label = labels[lists.length];
    lists.push(all.map((item) => item.label));
    return all.find((item) => item.label === label);
  };
  return { lists, ...replace(vscode.window, 'showQuickPick', { value, writable: true }) };
}

/** Chooses these files or folders in the next dialogs. */
export function chooseInDialog(...uris: readonly vscode.Uri[]): Replaced {
  return replace(vscode.window, 'showOpenDialog', { value: async () => uris, writable: true });
}

/** As if the user had not trusted the workspace. */
export function distrust(): Replaced {
  return replace(vscode.workspace, 'isTrusted', { get: () => false });
}
