import * as vscode from 'vscode';
import { requireDelivery } from '../deliveryReference';
import { explanationText } from '../deliveryTooltip';
import type { TimelineSession } from '../timelineSession';

/** Copies why a delivery has its verdict, and what to do, as plain text. */
export async function copyExplanation(session: TimelineSession, delivery: unknown): Promise<void> {
  const { explanation } = requireDelivery(session.timeline, delivery);
  await vscode.env.clipboard.writeText(explanationText(explanation));
  vscode.window.setStatusBarMessage('Explanation copied', 3000);
}
