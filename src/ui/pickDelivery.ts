import * as vscode from 'vscode';
import { summariseDelivery } from '../core/timeline/deliverySummary';
import type { JudgedDelivery, Timeline } from '../core/timeline/timeline';
import { formatClock } from './formatClock';
import { verdictIcon } from './verdictIcons';

export interface DeliveryPick {
  readonly title: string;
  readonly placeHolder: string;
}

/** Lets the user pick a delivery, the newest first. */
export async function pickDelivery(
  { deliveries }: Timeline,
  { title, placeHolder }: DeliveryPick,
): Promise<JudgedDelivery> {
  const items = deliveries.toReversed().map((judged) => {
    const { verdict, title, app, at, headline } = summariseDelivery(judged);
    return {
      label: `$(${verdictIcon(verdict)}) ${title}`,
      description: `${app}, ${formatClock(at)}`,
      detail: headline,
      judged,
    };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.judged;
}
