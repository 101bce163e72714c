import * as vscode from 'vscode';
import { summariseDelivery } from '../core/timeline/deliverySummary';
import type { JudgedDelivery } from '../core/timeline/timeline';
import { CommandId, commandLink, TreeItemContext, ViewId } from './contributions';
import { explanationMarkdown } from './deliveryTooltip';
import { formatClock } from './formatClock';
import type { TimelineSession } from './timelineSession';
import { verdictColor, verdictIcon } from './verdictIcons';

/** What a menu of the tree passes to a command. */
interface DeliveryItem {
  readonly deliveryId: string;
  readonly judged: JudgedDelivery;
}

/** More than this belongs into the timeline. */
const SHOWN = 50;

/** The latest deliveries, newest first; its badge counts the flagged ones. */
export function createDeliveriesTree(session: TimelineSession): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const view = vscode.window.createTreeView<DeliveryItem>(ViewId.deliveries, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: () => session.timeline.deliveries.slice(-SHOWN).toReversed().map(deliveryItem),
      getTreeItem: ({ judged }) => treeItem(judged),
    },
  });

  function refresh(): void {
    const { flagged } = session.timeline;
    view.badge = flagged === 0 ? undefined : { value: flagged, tooltip: `${flagged} flagged` };
    changed.fire();
  }

  const subscription = session.onDidChange(refresh);
  return vscode.Disposable.from(subscription, view, changed);
}

function deliveryItem(judged: JudgedDelivery): DeliveryItem {
  return { deliveryId: judged.delivery.id, judged };
}

function treeItem(judged: JudgedDelivery): vscode.TreeItem {
  const { id, verdict, severity, title, app, at, canSendAgain } = summariseDelivery(judged);
  const color = verdictColor(verdict, severity);
  const item = new vscode.TreeItem(`${title} · ${app}`);
  item.id = id;
  item.description = formatClock(at);
  item.iconPath = new vscode.ThemeIcon(
    verdictIcon(verdict),
    color === undefined ? undefined : new vscode.ThemeColor(color),
  );
  const tooltip = new vscode.MarkdownString(explanationMarkdown(judged.explanation));
  tooltip.isTrusted = false;
  item.tooltip = tooltip;
  const isTraceable = judged.delivery.answer?.apnsUniqueId !== undefined;
  const sentContext = isTraceable ? TreeItemContext.traceableDelivery : TreeItemContext.sentDelivery;
  item.contextValue = canSendAgain ? sentContext : TreeItemContext.delivery;
  item.command = commandLink('Show in Timeline', CommandId.showDelivery, id);
  item.accessibilityInformation = { label: `${title}, ${app}, ${formatClock(at)}` };
  return item;
}
