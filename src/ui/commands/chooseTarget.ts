import * as vscode from 'vscode';
import type { TargetChoice } from '../targets';
import { sendNote } from '../trust';

/** Lets the user choose where Send goes; always opens, so that it also says where it goes now. */
export async function chooseTarget(targets: TargetChoice): Promise<void> {
  const items = targets.all.map((target) => ({
    label: target.label,
    description: `${target.environment}${target === targets.current ? ` · ${sendNote()}` : ''}`,
    detail: target.description,
    id: target.id,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Choose a target',
    placeHolder: 'Where pushes are sent to. Simulators and devices are not supported yet.',
  });
  if (picked === undefined) throw new vscode.CancellationError();
  targets.choose(picked.id);
}
