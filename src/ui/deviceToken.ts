import * as vscode from 'vscode';
import type { DeviceTokenSeen } from '../core/log/logReader';
import { addDeviceTarget, type DeviceParts } from './commands/deviceTargets';
import { SHOWN_DIGITS } from './savedTargets';

const offered = new Set<string>();

/** Offers, once, to add the app that printed its device token in the log called `source` as a target. */
export async function offerDeviceToken(parts: DeviceParts, seen: DeviceTokenSeen, source: string): Promise<void> {
  const { deviceToken, bundleId } = seen;
  const shown = deviceToken.slice(0, SHOWN_DIGITS);
  const isKnown = parts.devices.targets.some(({ saved }) => saved.deviceToken === shown);
  if (isKnown || offered.has(deviceToken)) return;
  offered.add(deviceToken);
  const app = bundleId === undefined ? 'An app' : `The app ${bundleId}`;
  const add = 'Add Target';
  const message = `${app} printed its PushKit token ${shown}… in the log of ${source}. Add it as a target?`;
  if ((await vscode.window.showInformationMessage(message, add)) === add) await addDeviceTarget(parts, seen);
}
