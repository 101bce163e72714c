import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppKind, ExpoFacts } from '../../core/doctor/appFacts';
import { isRecord, stringsOf, textOf } from '../../core/doctor/unknownValue';

const CODE_CONFIGS = ['app.config.ts', 'app.config.js'] as const;

/**
 * The iOS part of `app.json` or `app.config.json`; of a folder whose configuration is code only that it is. React Native's own
 * `app.json` has no `expo` and is none. https://docs.expo.dev/workflow/configuration/
 */
export async function readExpo(folder: string): Promise<ExpoFacts | undefined> {
  for (const path of CODE_CONFIGS) {
    if (await exists(join(folder, path))) return { path, isCode: true, backgroundModes: [], hasPlugins: true };
  }
  for (const path of ['app.json', 'app.config.json']) {
    const content = await readJson(join(folder, path));
    const expo = isRecord(content) ? content['expo'] : undefined;
    if (isRecord(expo)) return expoFacts(path, expo);
  }
  return undefined;
}

function expoFacts(path: string, expo: Readonly<Record<string, unknown>>): ExpoFacts {
  const ios = recordOf(expo['ios']);
  const bundleId = textOf(ios['bundleIdentifier']);
  const apsEnvironment = textOf(recordOf(ios['entitlements'])['aps-environment']);
  return {
    path,
    isCode: false,
    backgroundModes: stringsOf(recordOf(ios['infoPlist'])['UIBackgroundModes']),
    ...(bundleId !== undefined && { bundleId }),
    ...(apsEnvironment !== undefined && { apsEnvironment }),
    hasPlugins: Array.isArray(expo['plugins']) && expo['plugins'].length > 0,
  };
}

/** What the app in a folder is written with. */
export async function readAppKind(folder: string, isExpo: boolean): Promise<AppKind> {
  if (await exists(join(folder, 'pubspec.yaml'))) return 'Flutter';
  if (isExpo) return 'Expo';
  const manifest = recordOf(await readJson(join(folder, 'package.json')));
  return recordOf(manifest['dependencies'])['react-native'] === undefined ? 'Xcode' : 'React Native';
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
