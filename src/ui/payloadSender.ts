import * as vscode from 'vscode';
import type { Finding } from '../core/payload/finding';
import { createFitPayload } from './fitPayload';
import { withLateProgress } from './lateProgress';
import type { PayloadDocuments } from './payloadDocuments';
import { createProductionConsent } from './productionConsent';
import { describeErrors } from './sendAnyway';
import { complainUnlessAccepted } from './sendFailures';
import { type SendWorld, type SentOutcome, sendPush } from './sendPush';
import { type OtherEnvironment, type Target, type TargetChoice, targetName } from './targets';
import { requireTrust } from './trust';

export interface PayloadSenderOptions extends SendWorld {
  readonly targets: TargetChoice;
  readonly documents: Pick<PayloadDocuments, 'lint'>;
  /** Brings the timeline into view, if the user wants that on a sending. */
  readonly revealTimeline: () => void;
}

/** Sends texts to the chosen target, and says what went wrong. */
export interface PayloadSender {
  /** Asks before it sends what the lint calls an error. */
  sendLinted(payload: string): Promise<void>;
  /** Sends as it is, but for what the target cannot take, which is said. */
  send(payload: string): Promise<void>;
}

/** Sends to whatever target is chosen at the time. */
export function createPayloadSender(options: PayloadSenderOptions): PayloadSender {
  const { targets, documents, revealTimeline } = options;
  const fitPayload = createFitPayload();
  const askForProduction = createProductionConsent();

  async function sendTo(target: Target, payload: string): Promise<SentOutcome> {
    await askForProduction(target);
    revealTimeline();
    return await withLateProgress(`Sending to ${targetName(target)}`, async (signal) => {
      const prepared = await target.prepare(signal, payload);
      return await sendPush({ target, prepared, payload, signal }, options);
    });
  }

  async function send(payload: string): Promise<void> {
    requireTrust();
    const target = targets.current;
    const fitting = await fitPayload(payload, target);
    const outcome = await sendTo(target, fitting);
    const { other } = target;
    complainUnlessAccepted(
      outcome,
      target,
      other === undefined ? undefined : async () => tryOther(await other(), fitting),
    );
  }

  async function tryOther({ target, save }: OtherEnvironment, payload: string): Promise<void> {
    requireTrust();
    try {
      complainUnlessAccepted(await sendTo(target, payload), target);
    } finally {
      await target.close();
    }
    const saveIt = 'Save';
    const choice = await vscode.window.showInformationMessage(
      `${target.label} took the push in ${target.environment}: its device token belongs there. Save ${target.environment} as the environment of this target?`,
      saveIt,
    );
    if (choice === saveIt) await save();
  }

  return {
    send,
    async sendLinted(payload) {
      requireTrust();
      const errors = documents.lint(payload).findings.filter(({ severity }) => severity === 'error');
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
