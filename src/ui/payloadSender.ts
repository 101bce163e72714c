import * as vscode from 'vscode';
import { explainReason } from '../core/apns/reasons';
import { assertNever } from '../core/assertNever';
import type { Finding } from '../core/payload/finding';
import { lintPayload } from '../core/payload/lint';
import { CommandId } from './contributions';
import { ExpectedFailure } from './expectedFailure';
import { withLateProgress } from './lateProgress';
import { describeErrors } from './sendAnyway';
import { type SendWorld, type SentOutcome, sendPush } from './sendPush';
import { type Target, type TargetChoice, targetName } from './targets';
import { requireTrust } from './trust';

export interface PayloadSenderOptions extends SendWorld {
  readonly targets: TargetChoice;
  /** Brings the timeline into view, if the user wants that on a sending. */
  readonly revealTimeline: () => void;
}

/** Sends texts to the chosen target, and says what went wrong. */
export interface PayloadSender {
  /** Asks before it sends what the lint calls an error. */
  sendLinted(payload: string): Promise<void>;
  /** Sends as it is. */
  send(payload: string): Promise<void>;
}

/** Sends to whatever target is chosen at the time. */
export function createPayloadSender(options: PayloadSenderOptions): PayloadSender {
  const { targets, revealTimeline } = options;

  async function send(payload: string): Promise<void> {
    requireTrust();
    const target = targets.current;
    revealTimeline();
    const outcome = await withLateProgress(`Sending to ${targetName(target)}`, async (signal) => {
      const prepared = await target.prepare(signal);
      return await sendPush({ target, prepared, payload, signal }, options);
    });
    complainUnlessAccepted(outcome, target);
  }

  return {
    send,
    async sendLinted(payload) {
      requireTrust();
      const errors = lintPayload(payload).findings.filter(({ severity }) => severity === 'error');
      if (errors.length > 0) await askToSendAnyway(errors);
      await send(payload);
    },
  };
}

/** Cancels unless the user wants to send in spite of the errors. */
async function askToSendAnyway(errors: readonly Finding[]): Promise<void> {
  const { message, detail } = describeErrors(errors);
  const [showProblems, sendAnyway] = ['Show Problems', 'Send Anyway'];
  const choice = await vscode.window.showWarningMessage(message, { modal: true, detail }, showProblems, sendAnyway);
  if (choice === sendAnyway) return;
  if (choice === showProblems) await vscode.commands.executeCommand('workbench.actions.view.problems');
  throw new vscode.CancellationError();
}

function complainUnlessAccepted(outcome: SentOutcome, { label }: Target): void {
  const { deliveryId } = outcome;
  const showDelivery = () => vscode.commands.executeCommand(CommandId.showDelivery, deliveryId);
  const remedies = [{ label: 'Show Delivery', run: showDelivery }];
  switch (outcome.kind) {
    case 'accepted':
      return;
    case 'rejected': {
      const { reason, meaning, remedy } = explainReason(outcome.status, outcome.reason);
      const title = [outcome.status, reason].filter(Boolean).join(' ');
      throw new ExpectedFailure(`${label} rejected the push: ${title}. ${meaning} ${remedy}`, remedies);
    }
    case 'failed':
      if (outcome.code === 'cancelled') throw new vscode.CancellationError();
      throw new ExpectedFailure(`The push was not answered: ${outcome.message}`, remedies);
    default:
      assertNever(outcome);
  }
}
