import * as vscode from 'vscode';
import type { Target } from './targets';

/** Asks before the first push to a production target; rejects with a cancellation. */
export type AskForProduction = (target: Target) => Promise<void>;

/** Asks once per target while the window is open. */
export function createProductionConsent(): AskForProduction {
  const agreed = new Set<string>();
  return async ({ id, label, environment, bundleId }) => {
    if (environment !== 'production' || agreed.has(id)) return;
    const send = 'Send to Production';
    const choice = await vscode.window.showWarningMessage(
      `Send to ${label} in production?`,
      {
        modal: true,
        detail: `The push goes to ${bundleId} as people have it from the App Store or TestFlight. This is asked once for this target.`,
      },
      send,
    );
    if (choice !== send) throw new vscode.CancellationError();
    agreed.add(id);
  };
}
