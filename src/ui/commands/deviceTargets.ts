import * as vscode from 'vscode';
import type { Secrets } from '../credentialStore';
import type { askForDevice, DeviceAnswers, DeviceDraft, DeviceFormOptions } from '../deviceForm';
import type { Devices } from '../devices';
import type { DeviceTarget } from '../deviceTarget';
import { ExpectedFailure } from '../expectedFailure';
import { removeSavedTarget, saveTarget, scopeOfTarget } from '../savedTargetSettings';
import { type SavedTarget, tokenKey } from '../savedTargets';
import { requireTarget } from '../targetReference';
import type { TargetChoice } from '../targets';
import { requireTrustTo } from '../trust';
import type { addCredentials, CredentialParts } from './addCredentials';

/** The flows that ask step by step. */
export interface DeviceForms {
  readonly askForDevice: typeof askForDevice;
  readonly addCredentials: typeof addCredentials;
}

export interface DeviceParts extends CredentialParts {
  readonly loadForms: () => Promise<DeviceForms>;
  readonly devices: Devices;
  readonly targets: TargetChoice;
  readonly secrets: Secrets;
}

/** Adds a device in a guided flow, and sends there from now on. */
export async function addDeviceTarget(parts: DeviceParts, draft: DeviceDraft = {}): Promise<void> {
  requireTrustTo('No target can be added');
  const answers = await ask('Add device target', draft, parts);
  await keep(answers, parts);
  await saveTarget(answers.saved, answers.scope);
  chooseByName(parts, answers.saved.name);
}

/** Goes through the same flow with what is known. */
export async function editTarget(parts: DeviceParts, reference: unknown): Promise<void> {
  requireTrustTo('No target can be edited');
  const target = await pickDevice(parts, reference, 'Edit a target');
  const { saved } = target;
  const before = scopeOfTarget(saved.name);
  const deviceToken = await parts.secrets.get(tokenKey(saved));
  const draft = { ...saved, deviceToken: deviceToken ?? '', ...(before !== undefined && { scope: before }) };
  const wasChosen = parts.targets.current === target;
  const answers = await ask(`Edit ${saved.name}`, draft, parts, saved.name);
  await keep(answers, parts);
  if (before !== undefined && before !== answers.scope) await removeSavedTarget(saved.name, before);
  await saveTarget(answers.saved, answers.scope, saved.name);
  await forgetToken(saved, parts);
  if (wasChosen) chooseByName(parts, answers.saved.name);
}

/** Takes a device out of the settings, and its token out of the secret storage. */
export async function removeTarget(parts: DeviceParts, reference: unknown): Promise<void> {
  const { saved } = await pickDevice(parts, reference, 'Remove a target');
  const remove = 'Remove';
  const choice = await vscode.window.showWarningMessage(
    `Remove the target ${saved.name}?`,
    { modal: true, detail: 'Its device token is forgotten, too. Credentials stay.' },
    remove,
  );
  if (choice !== remove) throw new vscode.CancellationError();
  await removeSavedTarget(saved.name, scopeOfTarget(saved.name) ?? 'user');
  await forgetToken(saved, parts);
}

async function keep({ saved, deviceToken }: DeviceAnswers, { secrets }: DeviceParts): Promise<void> {
  await secrets.store(tokenKey(saved), deviceToken);
}

/** Unless another target shares it. */
async function forgetToken(saved: SavedTarget, { devices, secrets }: DeviceParts): Promise<void> {
  const key = tokenKey(saved);
  if (!devices.targets.some((target) => tokenKey(target.saved) === key)) await secrets.delete(key);
}

function chooseByName({ devices, targets }: DeviceParts, name: string): void {
  devices.applySettings();
  targets.choose(`device:${name}`);
}

/** `own`: the name of the target that is edited. */
async function ask(title: string, draft: DeviceDraft, parts: DeviceParts, own?: string): Promise<DeviceAnswers> {
  const forms = await parts.loadForms();
  const options: DeviceFormOptions = {
    credentials: parts.credentials,
    takenNames: parts.devices.targets.map(({ saved }) => saved.name).filter((name) => name !== own),
    addCredentials: () => forms.addCredentials(parts),
  };
  return await forms.askForDevice(title, draft, options);
}

async function pickDevice({ devices }: DeviceParts, reference: unknown, title: string): Promise<DeviceTarget> {
  const named = requireTarget(devices.targets, reference);
  if (named !== undefined) return named;
  if (devices.targets.length === 0) throw new ExpectedFailure('There is no device target yet. Add one first.');
  const items = devices.targets.map((target) => ({
    label: target.label,
    description: `${target.environment} · ${target.bundleId}`,
    target,
  }));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: 'Device targets' });
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.target;
}
