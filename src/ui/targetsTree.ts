import * as vscode from 'vscode';
import { assertNever } from '../core/assertNever';
import { CommandId, commandLink, TreeItemContext, ViewId } from './contributions';
import type { LogCaptures } from './logCaptures';
import { type LogSourceNode, logSourceChildren, logSourceItem, logSourceRoots } from './logSourceItems';
import type { LogHealth, Target, TargetChoice, TargetFact, TargetList, TargetNote } from './targets';
import { sendNote } from './trust';

/** One line below a target. */
interface Fact extends TargetFact {
  readonly command?: vscode.Command;
}

type Node =
  | { readonly kind: 'target'; readonly target: Target; readonly targetId: string }
  | { readonly kind: 'list'; readonly list: TargetList }
  | { readonly kind: 'note'; readonly note: TargetNote }
  | { readonly kind: 'fact'; readonly fact: Fact }
  | LogSourceNode;

export interface TargetsTreeOptions {
  readonly targets: TargetChoice;
  readonly captures: LogCaptures;
  /** Somebody looks: what takes a program to list may be listed now. */
  readonly onShown: () => void;
}

/** The targets, and below each what decides where a push goes and what can be seen of it. */
export function createTargetsTree({ targets, captures, onShown }: TargetsTreeOptions): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const view = vscode.window.createTreeView<Node>(ViewId.targets, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => childrenOf(node, targets, captures),
      getTreeItem: (node) => heard(itemOf(node, targets)),
    },
  });
  const subscriptions = [
    targets.onDidChange(() => changed.fire()),
    captures.onDidChange(() => changed.fire()),
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) onShown();
    }),
    // What could not be listed in restricted mode.
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      if (view.visible) onShown();
    }),
  ];
  if (view.visible) onShown();
  return vscode.Disposable.from(...subscriptions, view, changed);
}

function childrenOf(node: Node | undefined, { all, lists }: TargetChoice, captures: LogCaptures): Node[] {
  if (node === undefined) {
    const listed = new Set(lists.flatMap(({ targets }) => targets));
    const alone = all.filter((target) => !listed.has(target));
    const groups = lists.map((list): Node => ({ kind: 'list', list }));
    return [...alone.map(targetNode), ...groups, ...logSourceRoots(captures)];
  }
  switch (node.kind) {
    case 'target':
      return factsOf(node.target).map((fact) => ({ kind: 'fact', fact }));
    case 'list': {
      const { targets, note } = node.list;
      return [...targets.map(targetNode), ...(note === undefined ? [] : [{ kind: 'note', note } as const])];
    }
    case 'logSources':
    case 'logSource':
      return [...logSourceChildren(node, captures)];
    case 'note':
    case 'fact':
      return [];
    default:
      return assertNever(node);
  }
}

function targetNode(target: Target): Node {
  return { kind: 'target', target, targetId: target.id };
}

function factsOf(target: Target): readonly Fact[] {
  const { behavior, system, environment, bundleId, logHealth, problem, facts = [], kind } = target;
  const command = commandLink('Choose Behavior', CommandId.chooseVirtualAppBehavior);
  const app = { label: 'App', value: bundleId || 'choose one', icon: 'package' };
  return [
    ...(problem === undefined
      ? []
      : [
          {
            label: problem.message,
            value: problem.remedy,
            icon: 'warning',
            tooltip: `${problem.message} ${problem.remedy}`,
          },
        ]),
    ...(behavior === undefined ? [] : [{ label: 'App behavior', value: behavior, icon: 'person', command }]),
    ...(system === undefined ? [] : [{ label: 'System', value: system, icon: 'device-mobile', command }]),
    { label: 'Environment', value: environment, icon: 'cloud' },
    kind === 'simctl' ? { ...app, command: commandLink('Choose App', CommandId.chooseSimulatorApp, target.id) } : app,
    ...facts,
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
    case 'waiting':
      return { label, value: 'lost, is tried again', icon: 'warning', tooltip: health.why };
    case 'failed':
      return { label, value: 'failed', icon: 'warning', tooltip: `${health.why}\nSend again to start it again.` };
    case 'elsewhere':
      return {
        label,
        value: 'not watched by sending',
        icon: 'circle-outline',
        tooltip: 'What the app does with a push is in the log of the device, which is watched on its own.',
      };
    default:
      return assertNever(health);
  }
}

function itemOf(node: Node, targets: TargetChoice): vscode.TreeItem {
  switch (node.kind) {
    case 'target':
      return targetItem(node.target, targets);
    case 'list':
      return listItem(node.list);
    case 'note':
      return noteItem(node.note);
    case 'fact':
      return factItem(node.fact);
    case 'logSources':
    case 'logSource':
      return logSourceItem(node);
    default:
      return assertNever(node);
  }
}

/** Else a screen reader would say the tooltip alone, which is the same for every simulator. */
function heard(item: vscode.TreeItem): vscode.TreeItem {
  item.accessibilityInformation = { label: [item.label, item.description].filter(Boolean).join(', ') };
  return item;
}

const CONTEXTS: { readonly [K in Target['kind']]: string } = {
  virtual: TreeItemContext.virtualTarget,
  simctl: TreeItemContext.simulatorTarget,
  apns: TreeItemContext.deviceTarget,
};

function targetItem(target: Target, { current }: TargetChoice): vscode.TreeItem {
  const isCurrent = target === current;
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const { label, shortLabel = label, description, problem, bundleId, environment, variant } = target;
  const item = new vscode.TreeItem(shortLabel, isCurrent ? Expanded : Collapsed);
  // A changed id makes VS Code forget what was folded: the chosen one opens, the one before closes.
  item.id = `${target.id}${isCurrent ? ' (chosen)' : ''}`;
  const state = problem?.message.replace(/\.$/, '');
  const words = [isCurrent && sendNote(), state, variant ?? environment, !isCurrent && bundleId];
  item.description = words.filter(Boolean).join(' · ');
  // In a narrow side bar the description, and with it the state, is out of sight.
  const lines = [`${label}: ${item.description}`, description, problem && `${problem.message} ${problem.remedy}`];
  item.tooltip = lines.filter(Boolean).join('\n\n');
  const [ready, notReady] = isCurrent ? ['pass-filled', 'warning'] : ['device-mobile', 'circle-slash'];
  item.iconPath = new vscode.ThemeIcon(problem === undefined ? ready : notReady);
  item.contextValue = CONTEXTS[target.kind];
  return item;
}

function listItem({ title, targets }: TargetList): vscode.TreeItem {
  const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Expanded);
  item.id = title;
  item.description = targets.length === 0 ? '' : String(targets.length);
  item.contextValue = title === 'Simulators' ? TreeItemContext.simulators : TreeItemContext.devices;
  return item;
}

function noteItem({ label, why, tooltip, remedy }: TargetNote): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.description = why ?? remedy?.label ?? '';
  if (remedy !== undefined) item.command = commandLink(remedy.label, remedy.command);
  item.iconPath = new vscode.ThemeIcon('info');
  if (tooltip !== undefined) item.tooltip = tooltip;
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
