import * as vscode from 'vscode';
import { assertNever } from '../core/assertNever';
import { CommandId, commandLink, TreeItemContext, ViewId } from './contributions';
import type { LogHealth, Target, TargetChoice } from './targets';
import { sendNote } from './trust';

/** One line below a target. */
interface Fact {
  readonly label: string;
  readonly value: string;
  readonly icon: string;
  readonly tooltip?: string;
  readonly command?: vscode.Command;
}

type Node = { readonly kind: 'target'; readonly target: Target } | { readonly kind: 'fact'; readonly fact: Fact };

/** The targets, and below each what decides where a push goes and what can be seen of it. */
export function createTargetsTree(targets: TargetChoice): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const view = vscode.window.createTreeView<Node>(ViewId.targets, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => childrenOf(node, targets),
      getTreeItem: (node) => (node.kind === 'target' ? targetItem(node.target, targets) : factItem(node.fact)),
    },
  });
  const subscription = targets.onDidChange(() => changed.fire());
  return vscode.Disposable.from(subscription, view, changed);
}

function childrenOf(node: Node | undefined, { all }: TargetChoice): Node[] {
  if (node === undefined) return all.map((target) => ({ kind: 'target', target }));
  return node.kind === 'fact' ? [] : factsOf(node.target).map((fact) => ({ kind: 'fact', fact }));
}

function factsOf(target: Target): readonly Fact[] {
  const { behavior, system, environment, bundleId, logHealth } = target;
  const command = commandLink('Choose Behavior', CommandId.chooseVirtualAppBehavior);
  return [
    ...(behavior === undefined ? [] : [{ label: 'App behavior', value: behavior, icon: 'person', command }]),
    ...(system === undefined ? [] : [{ label: 'System', value: system, icon: 'device-mobile', command }]),
    { label: 'Environment', value: environment, icon: 'cloud' },
    { label: 'App', value: bundleId, icon: 'package' },
    healthFact(logHealth),
  ];
}

function healthFact(health: LogHealth): Fact {
  const label = 'Log';
  switch (health.state) {
    case 'off':
      return { label, value: 'starts with the first send', icon: 'circle-outline' };
    case 'starting':
      return { label, value: 'starting', icon: 'loading~spin' };
    case 'watching':
      return { label, value: 'watching', icon: 'eye' };
    case 'failed':
      return { label, value: 'failed', icon: 'warning', tooltip: `${health.why}\nSend again to start it again.` };
    default:
      return assertNever(health);
  }
}

function targetItem(target: Target, { current }: TargetChoice): vscode.TreeItem {
  const item = new vscode.TreeItem(target.label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = target.id;
  item.description = target === current ? sendNote() : target.environment;
  item.tooltip = target.description;
  item.iconPath = new vscode.ThemeIcon(target === current ? 'pass-filled' : 'device-mobile');
  item.contextValue = target.kind === 'virtual' ? TreeItemContext.virtualTarget : TreeItemContext.target;
  return item;
}

function factItem({ label, value, icon, tooltip, command }: Fact): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.description = value;
  item.iconPath = new vscode.ThemeIcon(icon);
  if (tooltip !== undefined) item.tooltip = tooltip;
  if (command !== undefined) item.command = command;
  return item;
}
