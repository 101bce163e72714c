import * as vscode from 'vscode';
import type { ApnsEnvironment } from '../core/apns/environment';
import { checkBundleId, normalizeBundleId } from '../core/targets/bundleId';
import { checkDeviceToken, normalizeDeviceToken } from '../core/targets/deviceTarget';
import { checkOrigin } from '../core/targets/origin';
import type { CredentialStore } from './credentialStore';
import { askOne, askText, BACK, type Option, runSteps, SKIPPED, type Step, type TextQuestion } from './inputSteps';
import type { TargetScope } from './savedTargetSettings';
import { type SavedTarget, SHOWN_DIGITS } from './savedTargets';

/** What the guided flow knows so far. */
export interface DeviceDraft extends Partial<Omit<SavedTarget, 'deviceToken'>> {
  /** Whole: a secret. */
  readonly deviceToken?: string;
  readonly scope?: TargetScope;
}

export interface DeviceAnswers {
  readonly saved: SavedTarget;
  /** Whole: a secret. */
  readonly deviceToken: string;
  readonly scope: TargetScope;
}

export interface DeviceFormOptions {
  readonly credentials: CredentialStore;
  /** Names that other targets have. */
  readonly takenNames: readonly string[];
  /** Adds credentials in a flow of its own and gives their name. */
  readonly addCredentials: () => Promise<string>;
}

/** Asks for everything a device target needs, step by step; cancels as a whole. */
export async function askForDevice(
  title: string,
  draft: DeviceDraft,
  options: DeviceFormOptions,
): Promise<DeviceAnswers> {
  const known = {
    name: '',
    bundleId: '',
    environment: 'sandbox' as ApnsEnvironment,
    credentials: '',
    origin: '',
    ca: '',
    deviceToken: '',
    scope: (vscode.workspace.workspaceFolders === undefined ? 'user' : 'workspace') as TargetScope,
    ...draft,
  };

  const text =
    (
      key: 'name' | 'bundleId' | 'deviceToken' | 'origin',
      question: TextQuestion,
      read: (text: string) => string,
    ): Step =>
    async (place) => {
      const answer = await askText(place, { ...question, value: known[key] });
      if (answer === BACK) return BACK;
      known[key] = read(answer);
      return undefined;
    };
  const trimmed = (value: string): string => value.trim();

  await runSteps(title, [
    text(
      'bundleId',
      { prompt: 'Bundle id of the app', placeholder: 'com.example.app', check: checkBundleId },
      normalizeBundleId,
    ),
    text(
      'deviceToken',
      { prompt: 'PushKit token of the app on the device, in hexadecimal', isSecret: true, check: checkDeviceToken },
      normalizeDeviceToken,
    ),
    async (place) => {
      const answer = await askOne(place, 'Which APNs the token belongs to', ENVIRONMENTS, known.environment);
      if (answer === BACK) return BACK;
      known.environment = answer;
      return undefined;
    },
    async (place) => {
      const prompt = 'What proves to APNs who you are';
      let answer: string | typeof BACK | undefined;
      while (answer === undefined) {
        const chosen = await askOne(place, prompt, credentialOptions(options), known.credentials);
        answer = chosen === '' ? await options.addCredentials().catch(unlessCancelled) : chosen;
      }
      if (answer === BACK) return BACK;
      known.credentials = answer;
      return undefined;
    },
    text(
      'origin',
      {
        prompt: 'Address of another APNs than Apple’s, for example a company’s proxy. Leave it empty for Apple’s.',
        placeholder: 'https://127.0.0.1:2197',
        check: (value) => checkOrigin(trimmed(value)),
      },
      trimmed,
    ),
    async (place) => {
      if (known.origin === '') {
        known.ca = '';
        return SKIPPED;
      }
      const answer = await askText(place, {
        prompt:
          'PEM file with the authority to trust there; relative to the workspace. Leave it empty for a public one.',
        value: known.ca,
      });
      if (answer === BACK) return BACK;
      known.ca = trimmed(answer);
      return undefined;
    },
    text(
      'name',
      { prompt: 'Name of the target', placeholder: 'My iPhone', check: (value) => checkName(value, options) },
      trimmed,
    ),
    async (place) => {
      const answer = await askOne(place, 'Where to save it', scopeOptions(), known.scope);
      if (answer === BACK) return BACK;
      known.scope = answer;
      return undefined;
    },
  ]);

  const { name, bundleId, environment, credentials, origin, ca, deviceToken, scope } = known;
  const saved = {
    name,
    bundleId,
    deviceToken: deviceToken.slice(0, SHOWN_DIGITS),
    environment,
    credentials,
    ...(origin !== '' && { origin }),
    ...(ca !== '' && { ca }),
  };
  return { saved, deviceToken, scope };
}

/** Who leaves the nested flow is back at the question that led there. */
function unlessCancelled(error: unknown): undefined {
  if (!(error instanceof vscode.CancellationError)) throw error;
}

const ENVIRONMENTS: readonly Option<ApnsEnvironment>[] = [
  { label: 'Sandbox', detail: 'Builds that were run from Xcode', value: 'sandbox' },
  { label: 'Production', detail: 'Builds from TestFlight, the App Store, or signed ad hoc', value: 'production' },
];

function credentialOptions({ credentials }: DeviceFormOptions): readonly Option<string>[] {
  return [
    ...credentials.entries.map(({ name, description }) => ({ label: name, description, value: name })),
    { label: 'Add credentials', detail: 'A .p8 key, or a certificate as .p12, .pfx or .pem', value: '' },
  ];
}

function scopeOptions(): readonly Option<TargetScope>[] {
  return [
    ...(vscode.workspace.workspaceFolders === undefined
      ? []
      : [{ label: 'This workspace', detail: 'In its settings, without the secrets', value: 'workspace' } as const]),
    { label: 'All my workspaces', detail: 'In your own settings, without the secrets', value: 'user' },
  ];
}

function checkName(text: string, { takenNames }: DeviceFormOptions): string | undefined {
  if (text.trim() === '') return 'Enter a name.';
  return takenNames.includes(text.trim()) ? 'Another target has this name.' : undefined;
}
