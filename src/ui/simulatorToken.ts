import * as vscode from 'vscode';
import type { DeviceTokenSeen } from '../core/log/logReader';
import { SIMULATOR_TEXTS } from '../core/simulators/simulatorTexts';
import { addDeviceTarget, type DeviceParts } from './commands/deviceTargets';
import { SHOWN_DIGITS } from './savedTargets';
import type { Target } from './targets';

const offered = new Set<string>();

/** Offers, once, to reach the PushKit token that an app on a simulator printed over sandbox APNs. */
export async function offerSimulatorToken(parts: DeviceParts, seen: DeviceTokenSeen, from: Target): Promise<void> {
  const { deviceToken, bundleId = from.bundleId } = seen;
  const shown = deviceToken.slice(0, SHOWN_DIGITS);
  const isKnown = parts.devices.targets.some(({ saved }) => saved.deviceToken === shown);
  if (isKnown || offered.has(deviceToken)) return;
  offered.add(deviceToken);
  const add = 'Add Target';
  const choice = await vscode.window.showInformationMessage(
    `The app on ${from.label} printed its PushKit token ${shown}…. Add it as a target over sandbox APNs? ${SIMULATOR_TEXTS.sandboxToken}`,
    add,
  );
  if (choice !== add) return;
  const name = `${from.label}, sandbox APNs, unverified`;
  await addDeviceTarget(parts, { deviceToken, bundleId, name, environment: 'sandbox' });
}
