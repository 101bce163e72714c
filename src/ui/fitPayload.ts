import * as vscode from 'vscode';
import { whyNotForApns } from '../core/apns/simulatorKey';
import { prepareSimctlPayload, withoutSimulatorTargetBundle } from '../core/simulators/simctlPayload';
import { SIMULATOR_TEXTS } from '../core/simulators/simulatorTexts';
import { ExpectedFailure } from './expectedFailure';
import type { Target } from './targets';

/** A payload made fit for where it goes; nothing is changed in silence. */
export type FitPayload = (payload: string, target: Target) => Promise<string>;

/** Says the same about the same target only once while the window is open. */
export function createFitPayload(): FitPayload {
  const said = new Set<string>();

  function sayOnce(target: Target, text: string): void {
    const key = `${target.id} ${text}`;
    if (said.has(key)) return;
    said.add(key);
    void vscode.window.showInformationMessage(`${target.label}: ${text}`);
  }

  return async (payload, target) => {
    if (target.kind !== 'simctl') return await withoutSimulatorKey(payload, target);
    const prepared = prepareSimctlPayload(payload);
    if ('refused' in prepared) throw new ExpectedFailure(`Nothing was sent to ${target.label}. ${prepared.refused}`);
    sayOnce(target, [SIMULATOR_TEXTS.sending, ...prepared.changes, ...prepared.notes].join(' '));
    return prepared.text;
  };
}

/** The key that only simctl reads never goes to APNs. */
async function withoutSimulatorKey(payload: string, { label, environment }: Target): Promise<string> {
  const why = whyNotForApns(payload);
  if (why === undefined) return payload;
  const sendWithout = 'Send Without It';
  const choice = await vscode.window.showWarningMessage(
    `This payload cannot go to ${label} (${environment}) as it is.`,
    { modal: true, detail: why },
    sendWithout,
  );
  if (choice !== sendWithout) throw new vscode.CancellationError();
  return withoutSimulatorTargetBundle(payload).text;
}
