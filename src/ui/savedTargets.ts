import { checkBundleId, normalizeBundleId } from '../core/targets/bundleId';
import type { DeviceTarget } from '../core/targets/deviceTarget';
import { checkOrigin } from '../core/targets/origin';

/** A device target as it is kept in settings, by its name: no secret is in it. */
export interface SavedTarget extends Omit<DeviceTarget, 'id' | 'deviceToken'> {
  /** The first eight digits. The whole token is a secret, and elsewhere. */
  readonly deviceToken: string;
}

export interface SavedTargetsReport {
  readonly targets: readonly SavedTarget[];
  /** One sentence for each entry that is left out. None repeats a token. */
  readonly problems: readonly string[];
}

/** As many digits of a device token as may be shown. */
export const SHOWN_DIGITS = 8;

/** Where the whole token of a target is kept: by what is shown of it, so that a target can be renamed by hand. */
export function tokenKey({ bundleId, deviceToken }: Pick<SavedTarget, 'bundleId' | 'deviceToken'>): string {
  return `voipPush.deviceToken/${bundleId}/${deviceToken.slice(0, SHOWN_DIGITS)}`;
}

/** Reads the setting, whatever it is: entries that are wrong, and names that came before, are left out and told. */
export function readSavedTargets(value: unknown): SavedTargetsReport {
  if (value === undefined) return { targets: [], problems: [] };
  if (!Array.isArray(value)) return { targets: [], problems: ['Setting voipPush.targets must be a list of targets.'] };
  const targets = new Map<string, SavedTarget>();
  const problems: string[] = [];
  for (const [index, entry] of value.entries()) {
    const read = readEntry(entry);
    const name = typeof read === 'string' ? read : targets.has(read.name) ? 'has a name that is taken' : undefined;
    if (name !== undefined) problems.push(`Setting voipPush.targets: target ${index + 1} ${name}. It is left out.`);
    else if (typeof read !== 'string') targets.set(read.name, read);
  }
  return { targets: [...targets.values()], problems };
}

type Fields = Readonly<Partial<Record<keyof SavedTarget, unknown>>>;

/** A target, or what is wrong with it. */
function readEntry(entry: unknown): SavedTarget | string {
  if (typeof entry !== 'object' || entry === null) return 'must be an object';
  const fields: Fields = { ...entry };
  const { origin, ca } = fields;
  return (
    CHECKS.map((check) => check(fields)).find((wrong) => wrong !== undefined) ?? {
      name: String(fields.name),
      bundleId: normalizeBundleId(String(fields.bundleId)),
      deviceToken: String(fields.deviceToken).toLowerCase(),
      environment: fields.environment === 'production' ? 'production' : 'sandbox',
      credentials: String(fields.credentials),
      ...(typeof origin === 'string' && { origin }),
      ...(typeof ca === 'string' && { ca }),
    }
  );
}

/** Each says what is wrong, to complete “target 1 …”. */
const CHECKS: readonly ((fields: Fields) => string | undefined)[] = [
  ({ name }) => (isFilled(name) ? undefined : 'has no name'),
  ({ bundleId }) =>
    isFilled(bundleId) && checkBundleId(bundleId) === undefined ? undefined : 'has no bundle id, or a wrong one',
  ({ deviceToken }) => checkShownToken(deviceToken),
  ({ environment }) =>
    environment === 'sandbox' || environment === 'production'
      ? undefined
      : 'must have the environment sandbox or production',
  ({ credentials }) => (isFilled(credentials) ? undefined : 'names no credentials'),
  ({ origin }) =>
    origin === undefined || (isFilled(origin) && checkOrigin(origin) === undefined) ? undefined : 'has a wrong origin',
  ({ ca }) => (ca === undefined || isFilled(ca) ? undefined : 'has a wrong ca'),
];

function checkShownToken(deviceToken: unknown): string | undefined {
  if (typeof deviceToken === 'string' && /^[0-9a-f]{8}$/i.test(deviceToken)) return undefined;
  return typeof deviceToken === 'string' && deviceToken.length > SHOWN_DIGITS
    ? 'has more than the first 8 digits of its device token, which is a secret: take it out, and add the target with VoIP Push: Add Device Target'
    : 'must have the first 8 digits of its device token';
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
