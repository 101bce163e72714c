import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/**
 * What a user does in one step of a guided flow: types a text, picks or ticks rows by their labels, takes what is there
 * already, or goes back.
 */
export type StepAnswer =
  | { readonly type: string }
  | { readonly pick: string }
  | { readonly tick: readonly string[] }
  | 'accept'
  | 'back';

export interface Answering extends Replaced {
  /** What the steps asked, and what they found wrong with an answer. */
  readonly asked: readonly string[];
}

/** Answers the steps of a guided flow in order; a wrong answer is followed by the next one in the same step. */
export function answerSteps(...answers: readonly StepAnswer[]): Answering {
  const left = [...answers];
  const asked: string[] = [];

  function standIn(kind: 'input' | 'pick'): object {
    const listeners: { readonly name: string; readonly listener: (value?: unknown) => void }[] = [];
    const on = (name: string) => (listener: (value?: unknown) => void) => {
      listeners.push({ name, listener });
      return { dispose: () => undefined };
    };
    const tell = (name: string, value?: unknown): void => {
      for (const each of listeners) if (each.name === name) each.listener(value);
    };
    let isOpen = true;
    const box: Record<string, unknown> = {
      onDidAccept: on('accept'),
      onDidHide: on('hide'),
      onDidTriggerButton: on('button'),
      onDidChangeValue: on('value'),
      show: () => setTimeout(answer, 0),
      dispose: () => {
        isOpen = false;
      },
    };
    function answer(): void {
      asked.push(String(kind === 'input' ? box['prompt'] : box['placeholder']));
      take(left.shift());
    }
    function take(next: StepAnswer | undefined): void {
      if (next === undefined) tell('hide');
      else if (next === 'back') tell('button', vscode.QuickInputButtons.Back);
      else if (next === 'accept') accept();
      else if ('type' in next) type(next.type);
      else choose(labelsOf(next));
    }
    function accept(): void {
      box['selectedItems'] = box['activeItems'];
      tell('accept');
    }
    function type(text: string): void {
      assert.equal(kind, 'input', `${asked.at(-1)} wants a text`);
      box['value'] = text;
      tell('value', text);
      tell('accept');
      if (!isOpen || box['validationMessage'] === undefined) return;
      asked.push(String(box['validationMessage']));
      setTimeout(answer, 0);
    }
    function choose(labels: readonly string[]): void {
      const items = box['items'] as readonly vscode.QuickPickItem[];
      box['selectedItems'] = labels.map((label) => rowCalled(label, items));
      tell('accept');
    }
    return box;
  }

  const restores = [
    replaceInWindow('createInputBox', () => standIn('input')),
    replaceInWindow('createQuickPick', () => standIn('pick')),
  ];
  return {
    asked,
    restore: () => {
      for (const { restore } of restores) restore();
    },
  };
}

function labelsOf(answer: { readonly pick: string } | { readonly tick: readonly string[] }): readonly string[] {
  return 'tick' in answer ? answer.tick : [answer.pick];
}

function rowCalled(label: string, items: readonly vscode.QuickPickItem[]): vscode.QuickPickItem {
  const item = items.find((each) => each.label === label);
  assert.ok(item, `${label} is one of ${items.map((each) => each.label).join(', ')}`);
  return item;
}

/** Something of VS Code that a test put itself in the place of. */
export interface Replaced {
  restore(): void;
}

/** What lists offered while they were answered. */
export interface Picked extends Replaced {
  /** The labels of each list. */
  readonly lists: readonly (readonly string[])[];
  /** The items of all lists. */
  readonly offered: readonly vscode.QuickPickItem[];
}

/** Picks the item with each of these labels, or the first that begins with it or has it as description, list after list. */
export function pickItems(...labels: readonly string[]): Picked {
  const lists: string[][] = [];
  const offered: vscode.QuickPickItem[] = [];
  const pick = async (items: readonly vscode.QuickPickItem[] | Thenable<readonly vscode.QuickPickItem[]>) => {
    const all = await items;
    const label = labels[lists.length];
    lists.push(all.map((item) => item.label));
    offered.push(...all);
    if (label === undefined) return undefined;
    const tests = [
      (item: vscode.QuickPickItem) => item.label === label,
      (item: vscode.QuickPickItem) => item.label.startsWith(label),
      (item: vscode.QuickPickItem) => item.description === label,
    ];
    return tests.map((test) => all.find(test)).find((item) => item !== undefined);
  };
  return { lists, offered, ...replaceInWindow('showQuickPick', pick) };
}

/** Chooses these files or folders in the next dialogs. */
export function chooseInDialog(...uris: readonly vscode.Uri[]): Replaced {
  return replaceInWindow('showOpenDialog', async () => uris);
}

/** Types this text into the next input boxes. */
export function typeInBox(text: string): Replaced {
  return replaceInWindow('showInputBox', async () => text);
}

/** As if the user had not trusted the workspace. */
export function distrust(): Replaced {
  return replace(vscode.workspace, 'isTrusted', { get: () => false });
}

/** Replaces a function of `vscode.window`. */
export function replaceInWindow(name: keyof typeof vscode.window, value: unknown): Replaced {
  return replace(vscode.window, name, { value, writable: true });
}

/** Puts something in the place of `object[name]`: what a user would do is done by the test. */
function replace<T extends object>(object: T, name: keyof T & string, standIn: PropertyDescriptor): Replaced {
  const original = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { ...standIn, configurable: true });
  return {
    restore() {
      if (original !== undefined) Object.defineProperty(object, name, original);
    },
  };
}
