import * as vscode from 'vscode';
import { CommandId } from './contributions';
import type { PayloadEditorContext } from './payloadEditorContext';
import type { TargetChoice } from './targets';
import type { TimelineSession } from './timelineSession';

export interface StatusBarOptions {
  readonly session: TimelineSession;
  readonly targets: TargetChoice;
  readonly payloadEditor: PayloadEditorContext;
}

/** Where Send goes and how many deliveries are flagged; there while a payload is edited or deliveries exist. */
export function createStatusBar({ session, targets, payloadEditor }: StatusBarOptions): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('voipPush.status', vscode.StatusBarAlignment.Left);
  item.name = 'VoIP Push';
  item.command = CommandId.openTimeline;

  function update(): void {
    const { flagged, deliveries } = session.timeline;
    const { label, environment, behavior } = targets.current;
    item.text = flagged === 0 ? `$(device-mobile) ${label}` : `$(device-mobile) ${label} $(error) ${flagged}`;
    const flaggedText = flagged === 0 ? 'No delivery is flagged.' : `${deliveryCount(flagged)} flagged.`;
    const target = [label, environment, behavior].filter((part) => part !== undefined).join(', ');
    item.tooltip = `VoIP Push: ${target}\n${flaggedText} Click to open the timeline.`;
    item.accessibilityInformation = { label: `VoIP Push, ${target}. ${flaggedText}` };
    item.backgroundColor = flagged === 0 ? undefined : new vscode.ThemeColor('statusBarItem.errorBackground');
    if (payloadEditor.isActive || deliveries.length > 0) item.show();
    else item.hide();
  }

  const subscriptions = [session.onDidChange(update), targets.onDidChange(update), payloadEditor.onDidChange(update)];
  update();
  return vscode.Disposable.from(item, ...subscriptions);
}

function deliveryCount(count: number): string {
  return count === 1 ? '1 delivery is' : `${count} deliveries are`;
}
