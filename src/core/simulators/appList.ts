import { valueAt } from '../payload/jsonPointer';
import type { SimulatorApp } from './simulator';

/**
 * The apps a user installed, by name, from the property list of `xcrun simctl listapps` once it is parsed.
 * Apps of the system are left out; an entry without `ApplicationType` counts as the user's unless it is Apple's.
 * `undefined` when it is no list of apps.
 */
export function readAppList(value: unknown): readonly SimulatorApp[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value)
    .flatMap(([key, app]) => readApp(key, app))
    .sort((one, other) => one.name.localeCompare(other.name, 'en') || one.bundleId.localeCompare(other.bundleId, 'en'));
}

function readApp(key: string, app: unknown): readonly SimulatorApp[] {
  if (typeof app !== 'object' || app === null) return [];
  const bundleId = text(app, 'CFBundleIdentifier') ?? key;
  const type = text(app, 'ApplicationType') ?? (bundleId.startsWith('com.apple.') ? 'System' : 'User');
  if (type !== 'User') return [];
  return [{ bundleId, name: text(app, 'CFBundleDisplayName') ?? text(app, 'CFBundleName') ?? bundleId }];
}

function text(app: object, key: string): string | undefined {
  const found = valueAt(app, `/${key}`);
  return typeof found === 'string' && found.trim() !== '' ? found : undefined;
}
