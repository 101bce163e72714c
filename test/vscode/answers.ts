import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** What a user does in one step of a guided flow: types a text, picks or ticks rows by their labels, or goes back. */
export type StepAnswer =
  | { readonly type: string }
  | { readonly pick: string }
  | { readonly tick: readonly string[] }
  | 'back';

export interface Answering {
  /** What the steps asked, and what they found wrong with an answer. */
  readonly asked: readonly string[];
  restore(): void;
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
      const next = left.shift();
      asked.push(String(kind === 'input' ? box['prompt'] : box['placeholder']));
      if (next === undefined) tell('hide');
      else if (next === 'back') tell('button', vscode.QuickInputButtons.Back);
      else if ('type' in next) type(next.type);
      else choose(labelsOf(next));
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
      for (const restore of restores) restore();
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

/** Answers a quick pick with the row whose label `label` starts; keeps what was offered. */
export function answerQuickPick(label: string | undefined): {
  readonly offered: readonly vscode.QuickPickItem[];
  restore(): void;
} {
  const offered: vscode.QuickPickItem[] = [];
  const restore = replaceInWindow('showQuickPick', async (items: unknown) => {
    const rows = (await items) as readonly vscode.QuickPickItem[];
    offered.push(...rows);
    return label === undefined ? undefined : rows.find((row) => row.label.startsWith(label));
  });
  return { offered, restore };
}

/** Replaces a function of `vscode.window`; gives what puts it back. */
export function replaceInWindow(name: keyof typeof vscode.window, value: unknown): () => void {
  const original = vscode.window[name];
  Object.defineProperty(vscode.window, name, { value, configurable: true, writable: true });
  return () => Object.defineProperty(vscode.window, name, { value: original, configurable: true, writable: true });
}
