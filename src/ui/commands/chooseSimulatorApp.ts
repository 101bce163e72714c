import * as vscode from 'vscode';
import type { SimulatorApp } from '../../core/simulators/simulator';
import { checkBundleId, normalizeBundleId } from '../../core/targets/bundleId';
import { ExpectedFailure } from '../expectedFailure';
import type { SimctlPort } from '../simulatorPorts';
import type { Simulators } from '../simulators';
import type { SimulatorTarget } from '../simulatorTarget';
import { requireTarget } from '../targetReference';
import type { TargetChoice } from '../targets';
import { requireTrust } from '../trust';

/** Chooses the app of a simulator: of the one that is named, else of the chosen one. */
export async function chooseSimulatorApp(
  simulators: Simulators,
  targets: TargetChoice,
  simctl: () => Promise<SimctlPort>,
  reference: unknown,
): Promise<void> {
  requireTrust();
  const chosen = simulators.targets.find((target) => target === targets.current);
  const target = requireTarget(simulators.targets, reference) ?? chosen;
  if (target === undefined) throw new ExpectedFailure('Choose a simulator as the target first.');
  await pickSimulatorApp(target, simctl);
}

interface Item extends vscode.QuickPickItem {
  readonly app?: SimulatorApp;
}

/** Lets the user choose among the apps that are installed there, and remembers the choice. */
export async function pickSimulatorApp(
  target: SimulatorTarget,
  simctl: () => Promise<SimctlPort>,
): Promise<SimulatorApp> {
  const picked = await vscode.window.showQuickPick(itemsFor(target, simctl), {
    title: `The app on ${target.label}`,
    placeHolder: 'The app that gets the push; remembered for this workspace',
    matchOnDescription: true,
  });
  if (picked === undefined) throw new vscode.CancellationError();
  const app = picked.app ?? (await enterApp());
  target.chooseApp(app);
  return app;
}

async function itemsFor(target: SimulatorTarget, simctl: () => Promise<SimctlPort>): Promise<readonly Item[]> {
  const result = await (await simctl()).listApps(target.udid);
  const byHand: Item = {
    label: 'Enter a bundle id',
    detail: result.ok ? 'For an app that is not in the list' : `${result.problem.message} ${result.problem.remedy}`,
  };
  if (!result.ok) return [byHand];
  const apps = result.value.map((app) => ({
    label: app.name,
    description: `${app.bundleId}${app.bundleId === target.bundleId ? ' · chosen' : ''}`,
    app,
  }));
  return [...apps, byHand];
}

async function enterApp(): Promise<SimulatorApp> {
  const text = await vscode.window.showInputBox({
    title: 'Bundle id of the app',
    placeHolder: 'com.example.app',
    ignoreFocusOut: true,
    validateInput: checkBundleId,
  });
  if (text === undefined) throw new vscode.CancellationError();
  const bundleId = normalizeBundleId(text);
  return { bundleId, name: bundleId };
}
