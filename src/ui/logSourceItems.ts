import * as vscode from 'vscode';
import { TreeItemContext } from './contributions';
import type { LogCaptures, RunningCapture } from './logCaptures';
import { logHealthWords } from './logHealthWords';

/** A row of the Targets view: the group of all logs that are watched, or one of them. */
export type LogSourceNode =
  | { readonly kind: 'logSources' }
  | { readonly kind: 'logSource'; readonly source: string; readonly capture: RunningCapture };

/** The group; nothing while no log is watched. */
export function logSourceRoots({ all }: LogCaptures): readonly LogSourceNode[] {
  return all.length === 0 ? [] : [{ kind: 'logSources' }];
}

export function logSourceChildren({ kind }: LogSourceNode, { all }: LogCaptures): readonly LogSourceNode[] {
  return kind === 'logSource' ? [] : all.map((capture) => ({ kind: 'logSource', source: capture.source, capture }));
}

export function logSourceItem(node: LogSourceNode): vscode.TreeItem {
  if (node.kind === 'logSources') {
    const group = new vscode.TreeItem('Log sources', vscode.TreeItemCollapsibleState.Expanded);
    group.id = 'log-sources';
    return group;
  }
  const { source, reader, health } = node.capture;
  const { text, why, icon } = logHealthWords(health);
  const item = new vscode.TreeItem(source);
  item.id = `log-source ${source}`;
  item.description = `${text} · ${reader}`;
  item.tooltip = [`${source}: ${text}`, `Read with ${reader}`, why].filter((line) => line !== undefined).join('\n');
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = TreeItemContext.logSource;
  return item;
}

/** A line for each log that is watched, for the status bar's tooltip: `Log device My iPhone: watching`. */
export function logSourceLines({ all }: LogCaptures): readonly string[] {
  return all.map(({ source, health }) => `Log ${source}: ${logHealthWords(health).text}`);
}
