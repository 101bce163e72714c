import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { AppFacts, AppTarget, EntitlementsFacts, InfoPlistFacts } from '../../core/doctor/appFacts';
import { isRecord, stringsOf, textOf } from '../../core/doctor/unknownValue';
import {
  joinPath,
  parseXcconfig,
  type XcconfigFiles,
  type XcodeSettings,
  xcconfigSettings,
} from '../../core/doctor/xcconfig';
import { expandSetting, type XcodeConfiguration, xcodeAppTargets } from '../../core/doctor/xcodeProject';
import { findAppFiles } from './findAppFiles';
import { readAppKind, readExpo } from './readExpo';
import { type ParsedFile, readPropertyList } from './readPropertyList';

/** What an app's folder says about VoIP. Files that cannot be read are named in it; rejects when the folder cannot be read. */
export async function readAppFacts(folder: string, signal: AbortSignal): Promise<AppFacts> {
  const files = await findAppFiles(folder, signal);
  const unread: string[] = [];
  const readAll = async <T>(paths: readonly string[], pick: (path: string, content: unknown) => T | undefined) => {
    const picked: T[] = [];
    for (const path of paths) {
      signal.throwIfAborted();
      const file: ParsedFile = await readPropertyList(join(folder, path));
      if (!file.ok) unread.push(`${path} cannot be read: ${file.why}.`);
      const facts = file.ok ? pick(path, file.content) : undefined;
      if (facts !== undefined) picked.push(facts);
    }
    return picked;
  };
  const xcconfigs = await readXcconfigs(folder, files.xcconfigs, signal);
  const targets = (await readAll(files.projects, (path, project) => targetsOf(path, project, xcconfigs))).flat();
  const infoPlists = await readAll(files.infoPlists, infoPlistFacts);
  const entitlements = await readAll(files.entitlements, entitlementsFacts);
  const expo = await readExpo(folder);
  return {
    kind: await readAppKind(folder, expo !== undefined),
    projects: files.projects.map((path) => posix.dirname(path)),
    targets,
    infoPlists,
    entitlements,
    ...(expo !== undefined && { expo }),
    unread,
  };
}

async function readXcconfigs(folder: string, paths: readonly string[], signal: AbortSignal): Promise<XcconfigFiles> {
  const files = new Map<string, ReturnType<typeof parseXcconfig>>();
  for (const path of paths) {
    signal.throwIfAborted();
    // What cannot be read sets nothing, like an optional file that is not there.
    const text = await readFile(join(folder, path), 'utf8').catch(() => '');
    files.set(path, parseXcconfig(text));
  }
  return files;
}

function targetsOf(path: string, project: unknown, xcconfigs: XcconfigFiles): readonly AppTarget[] {
  // `ios/Runner.xcodeproj/project.pbxproj`: paths in it start at `ios`.
  const root = posix.dirname(posix.dirname(path));
  const settingsOfFile = (file: string, configuration: string): XcodeSettings =>
    xcconfigSettings(xcconfigs, joinPath(root, file), configuration);
  return xcodeAppTargets(project, settingsOfFile).map(({ name, configurations }) => ({
    name,
    configurations: configurations.map((configuration) => configurationFacts(root, configuration)),
  }));
}

function configurationFacts(root: string, { name, settings }: XcodeConfiguration): AppTarget['configurations'][number] {
  const bundleId = expandSetting(settings, 'PRODUCT_BUNDLE_IDENTIFIER');
  const infoPlist = expandSetting(settings, 'INFOPLIST_FILE');
  const entitlements = expandSetting(settings, 'CODE_SIGN_ENTITLEMENTS');
  return {
    name,
    backgroundModes: stringsOf(expandSetting(settings, 'INFOPLIST_KEY_UIBackgroundModes')),
    ...(bundleId !== undefined && { bundleId }),
    ...(infoPlist !== undefined && { infoPlist: posix.join(root, infoPlist) }),
    ...(entitlements !== undefined && { entitlements: posix.join(root, entitlements) }),
  };
}

// Values of CFBundlePackageType that are no app: frameworks and tests.
const NO_APP: ReadonlySet<string> = new Set(['FMWK', 'BNDL', 'XPC!']);

function infoPlistFacts(path: string, content: unknown): InfoPlistFacts | undefined {
  if (!isRecord(content) || isRecord(content['NSExtension'])) return undefined;
  if (NO_APP.has(textOf(content['CFBundlePackageType']) ?? '')) return undefined;
  // Firebase's GoogleService-Info.plist ends like one, and is none.
  if (/GoogleService-Info\.plist$/i.test(path)) return undefined;
  const bundleId = textOf(content['CFBundleIdentifier']);
  return {
    path,
    backgroundModes: stringsOf(content['UIBackgroundModes']),
    ...(bundleId !== undefined && { bundleId }),
  };
}

function entitlementsFacts(path: string, content: unknown): EntitlementsFacts {
  const apsEnvironment = isRecord(content) ? textOf(content['aps-environment']) : undefined;
  return { path, ...(apsEnvironment !== undefined && { apsEnvironment }) };
}
