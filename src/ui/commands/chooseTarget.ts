import * as vscode from 'vscode';
import { CommandId } from '../contributions';
import type { Simulators } from '../simulators';
import { requireTarget } from '../targetReference';
import type { Target, TargetChoice, TargetNote } from '../targets';
import { sendNote, whyCannotSend } from '../trust';

interface Item extends vscode.QuickPickItem {
  /** Of a target; or what may give some. */
  readonly id?: string;
  readonly command?: CommandId;
}

/** Lets the user choose where Send goes; always opens unless a target is named, so that it also says where it goes now. */
export async function chooseTarget(targets: TargetChoice, simulators: Simulators, reference: unknown): Promise<void> {
  const named = requireTarget(targets.all, reference);
  if (named !== undefined) {
    targets.choose(named.id);
    return;
  }
  const picked = await vscode.window.showQuickPick(listed(targets, simulators), {
    title: 'Choose a target',
    placeHolder: 'Where pushes are sent to',
    matchOnDescription: true,
  });
  if (picked?.id !== undefined) return targets.choose(picked.id);
  if (picked?.command === undefined) throw new vscode.CancellationError();
  await vscode.commands.executeCommand(picked.command);
  if (picked.command === CommandId.refreshSimulators) await chooseTarget(targets, simulators, undefined);
}

/** The list may take a while: it is asked for only when nobody has, and never where nothing may be started. */
async function listed(targets: TargetChoice, simulators: Simulators): Promise<readonly Item[]> {
  if (whyCannotSend() === undefined && !simulators.isListed) await simulators.refresh();
  const inLists = new Set(targets.lists.flatMap((list) => list.targets));
  return [
    ...targets.all.filter((target) => !inLists.has(target)).map((target) => item(target, targets)),
    ...targets.lists.flatMap(({ title, targets: own, note }) => [
      { label: title, kind: vscode.QuickPickItemKind.Separator },
      ...own.map((target) => item(target, targets)),
      ...(note?.remedy === undefined ? [] : [remedyItem(note, note.remedy)]),
    ]),
  ];
}

function remedyItem({ label, why }: TargetNote, remedy: NonNullable<TargetNote['remedy']>): Item {
  const description = why === undefined ? label : `${label}. ${why}`;
  return { label: remedy.label, description, command: remedy.command, alwaysShow: true };
}

function item(target: Target, { current }: TargetChoice): Item {
  const { id, label, environment, bundleId, problem, description } = target;
  const words = [environment, bundleId || 'no app chosen', ...(target === current ? [sendNote()] : [])];
  const detail = problem === undefined ? description : `${problem.message} ${problem.remedy}`;
  return { label, description: words.join(' · '), detail, id };
}
