import * as vscode from 'vscode';
import { isInApplesConsole } from '../../core/events/sending';
import { requireDelivery } from '../deliveryReference';
import { ExpectedFailure } from '../expectedFailure';
import type { TimelineSession } from '../timelineSession';

/** https://developer.apple.com/documentation/usernotifications/viewing-the-status-of-push-notifications-using-metrics-and-apns */
const PUSH_NOTIFICATIONS_CONSOLE = 'https://icloud.developer.apple.com/dashboard';

/** Copies the key to Apple's own log of a delivery, and offers the way to it. */
export async function copyApnsUniqueId(session: TimelineSession, reference: unknown): Promise<void> {
  const { answer, sent } = requireDelivery(session.timeline, reference).delivery;
  const id = answer?.apnsUniqueId;
  if (id === undefined) {
    throw new ExpectedFailure('This delivery has no apns-unique-id. Only the sandbox of APNs gives one.');
  }
  await vscode.env.clipboard.writeText(id);
  if (isInApplesConsole(sent)) void offerConsole();
  else vscode.window.setStatusBarMessage('apns-unique-id copied', 5000);
}

async function offerConsole(): Promise<void> {
  const choice = await vscode.window.showInformationMessage(
    'apns-unique-id copied. Look it up in the delivery log of Apple’s Push Notifications Console, which keeps it for some days.',
    'Open Console',
  );
  if (choice !== undefined) await vscode.env.openExternal(vscode.Uri.parse(PUSH_NOTIFICATIONS_CONSOLE));
}
