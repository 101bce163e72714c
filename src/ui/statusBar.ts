import * as vscode from 'vscode';
import { CommandId } from './contributions';
import type { LogCaptures } from './logCaptures';
import { logSourceLines } from './logSourceItems';
import type { PayloadEditorContext } from './payloadEditorContext';
import type { LogHealth, TargetChoice } from './targets';
import type { TimelineSession } from './timelineSession';

export interface StatusBarOptions {
  readonly session: TimelineSession;
  readonly targets: TargetChoice;
  readonly payloadEditor: PayloadEditorContext;
  readonly captures: LogCaptures;
}

/** Where Send goes and how many deliveries are flagged; there while a payload is edited or deliveries exist. */
export function createStatusBar({ session, targets, payloadEditor, captures }: StatusBarOptions): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('voipPush.status', vscode.StatusBarAlignment.Left);
  item.name = 'VoIP Push';
  item.command = CommandId.openTimeline;

  function update(): void {
    const { flagged, deliveries } = session.timeline;
    const { label, environment, behavior, bundleId, logHealth, kind } = targets.current;
    // Of the virtual iPhone the label says it already.
    const place = kind === 'virtual' ? label : `${label} (${environment})`;
    item.text = [`$(device-mobile) ${place}`, healthIcon(logHealth), flagged === 0 ? '' : `$(error) ${flagged}`]
      .filter((part) => part !== '')
      .join(' ');
    const flaggedText = flagged === 0 ? 'No delivery is flagged.' : `${deliveryCount(flagged)} flagged.`;
    const target = [label, environment, bundleId, behavior].filter(Boolean).join(', ');
    const lines = [
      `VoIP Push: ${target}${healthText(logHealth)}`,
      ...logSourceLines(captures),
      `${flaggedText} Click to open the timeline.`,
    ];
    item.tooltip = lines.join('\n');
    const logs = logSourceLines(captures).map((line) => ` ${line}.`);
    item.accessibilityInformation = {
      label: `VoIP Push, ${target}.${healthText(logHealth)}${logs.join('')} ${flaggedText}`,
    };
    item.backgroundColor = flagged === 0 ? undefined : new vscode.ThemeColor('statusBarItem.errorBackground');
    if (payloadEditor.isActive || deliveries.length > 0 || captures.all.length > 0) item.show();
    else item.hide();
  }

  const subscriptions = [
    session.onDidChange(update),
    targets.onDidChange(update),
    payloadEditor.onDidChange(update),
    captures.onDidChange(update),
  ];
  update();
  return vscode.Disposable.from(item, ...subscriptions);
}

function deliveryCount(count: number): string {
  return count === 1 ? '1 delivery is' : `${count} deliveries are`;
}

/** Only what needs attention. */
function healthIcon({ state }: LogHealth): string {
  return state === 'waiting' || state === 'failed' ? '$(warning)' : '';
}

function healthText(health: LogHealth): string {
  if (health.state === 'waiting') return `\nIts log was lost and is tried again: ${health.why}`;
  return health.state === 'failed' ? `\nIts log failed: ${health.why}` : '';
}
