import * as vscode from 'vscode';
import { ApnsReason } from '../core/apns/apnsReason';
import { otherEnvironment } from '../core/apns/environment';
import { explainReason } from '../core/apns/reasons';
import { assertNever } from '../core/assertNever';
import type { PushOutcome } from '../core/ports';
import { explainSimctlExit } from '../core/simulators/exitCodes';
import { CommandId } from './contributions';
import { ExpectedFailure, type Remedy } from './expectedFailure';
import type { SentOutcome } from './sendPush';
import type { Target } from './targets';

/** Throws what went wrong, with what can be done about it. `tryOther` sends the same to the other environment. */
export function complainUnlessAccepted(outcome: SentOutcome, target: Target, tryOther?: () => unknown): void {
  const { deliveryId } = outcome;
  const showDelivery = {
    label: 'Show Delivery',
    run: () => vscode.commands.executeCommand(CommandId.showDelivery, deliveryId),
  };
  switch (outcome.kind) {
    case 'accepted':
      return;
    case 'rejected': {
      const other = outcome.reason === ApnsReason.badDeviceToken ? otherRemedy(target, tryOther) : [];
      throw new ExpectedFailure(`${target.label} (${target.environment}) rejected the push: ${rejection(outcome)}`, [
        ...other,
        showDelivery,
      ]);
    }
    case 'failed':
      if (outcome.code === 'cancelled') throw new vscode.CancellationError();
      throw new ExpectedFailure(
        target.kind === 'simctl'
          ? `The push was not sent to ${target.label}: ${outcome.message}`
          : `The push was not answered: ${outcome.message}`,
        [showDelivery],
      );
    default:
      assertNever(outcome);
  }
}

function rejection({ status, reason, exitCode, body }: PushOutcome & { readonly kind: 'rejected' }): string {
  if (exitCode !== undefined) {
    const { meaning, remedy } = explainSimctlExit(exitCode, body);
    return `simctl ended with exit code ${exitCode}. ${meaning} ${remedy}`;
  }
  const { meaning, remedy } = explainReason(status, reason);
  return `${[status, reason].filter(Boolean).join(' ')}. ${meaning} ${remedy}`;
}

function otherRemedy({ environment }: Target, tryOther: (() => unknown) | undefined): readonly Remedy[] {
  if (tryOther === undefined || (environment !== 'sandbox' && environment !== 'production')) return [];
  const other = otherEnvironment(environment);
  return [{ label: `Try ${other.charAt(0).toUpperCase()}${other.slice(1)}`, run: tryOther }];
}
