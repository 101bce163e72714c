import { dirname, resolve } from 'node:path';
import { APNS_ORIGINS, type ApnsEnvironment } from '../core/apns/environment';
import { checkBundleId, normalizeBundleId } from '../core/targets/bundleId';
import { checkDeviceToken, normalizeDeviceToken } from '../core/targets/deviceTarget';
import { checkOrigin } from '../core/targets/origin';
import { type FileTarget, parseTargetsFile, TARGETS_FILE_NAME } from '../core/targets/targetsFile';
import type { DestinationOptions } from './destinationOptions';
import { CliError } from './exitCode';
import { severalGiven } from './options';
import { readTextFile } from './textFile';
import type { CliWorld } from './world';

/** An app on a device, and what to send with. Paths are whole. */
export interface ApnsDestination {
  readonly kind: 'apns';
  /** What to call it. */
  readonly name: string;
  readonly bundleId: string;
  readonly deviceToken: string;
  readonly environment: ApnsEnvironment;
  readonly origin: string;
  readonly caPath?: string;
  readonly credentials: CredentialFile;
}

export interface CredentialFile {
  readonly path: string;
  readonly privateKeyPath?: string;
  readonly keyId?: string;
  readonly teamId?: string;
}

export type Destination =
  | { readonly kind: 'virtual' }
  | { readonly kind: 'simulator'; readonly udid: string; readonly bundleId: string }
  | ApnsDestination;

/** Where the options say to send to. Throws CliError when they say nothing, or several things. */
export async function destinationOf(options: DestinationOptions, world: CliWorld): Promise<Destination> {
  const { virtual, simulator, token, target } = options;
  const named = Object.entries({ virtual, simulator, token, target }).filter(([, value]) => value !== undefined);
  const several = severalGiven(
    named.map(([name]) => `--${name}`),
    'where to send',
  );
  if (several !== undefined) throw new CliError(several);
  if (named.length === 0) {
    throw new CliError('Say where to send: add one of --virtual, --simulator UDID, --token HEX and --target NAME.');
  }
  const wrongOrigin = checkOrigin(options.origin ?? '');
  if (wrongOrigin !== undefined) throw new CliError(`--origin ${options.origin}: ${wrongOrigin}`);
  if (simulator !== undefined) {
    return { kind: 'simulator', udid: simulator, bundleId: bundleIdOf(options.bundleId, '--simulator') };
  }
  if (token !== undefined) return tokenDestination(token, options, world);
  return target === undefined ? { kind: 'virtual' } : targetDestination(target, options, world);
}

function tokenDestination(token: string, options: DestinationOptions, world: CliWorld): ApnsDestination {
  const wrongToken = checkDeviceToken(token);
  if (wrongToken !== undefined) throw new CliError(`--token: ${wrongToken}`);
  const { keyId, teamId, privateKey, ca, environment = 'sandbox' } = options;
  const files = [options.key, options.p12, options.pem].filter((file) => file !== undefined);
  const [path] = files;
  if (path === undefined || files.length > 1) {
    throw new CliError('Say what to send with: add one of --key FILE (.p8), --p12 FILE and --pem FILE.');
  }
  const whole = (file: string) => resolve(world.cwd, file);
  return {
    kind: 'apns',
    name: 'Device',
    bundleId: bundleIdOf(options.bundleId, '--token'),
    deviceToken: normalizeDeviceToken(token),
    environment,
    origin: options.origin ?? APNS_ORIGINS[environment],
    ...(ca !== undefined && { caPath: whole(ca) }),
    credentials: {
      path: whole(path),
      ...(privateKey !== undefined && { privateKeyPath: whole(privateKey) }),
      ...(keyId !== undefined && { keyId }),
      ...(teamId !== undefined && { teamId }),
    },
  };
}

function bundleIdOf(text: string | undefined, neededBy: string): string {
  if (text === undefined)
    throw new CliError(`${neededBy} needs --bundle-id too, for example --bundle-id com.example.app.`);
  const wrong = checkBundleId(text);
  if (wrong !== undefined) throw new CliError(`--bundle-id: ${wrong}`);
  return normalizeBundleId(text);
}

async function targetDestination(name: string, options: DestinationOptions, world: CliWorld): Promise<ApnsDestination> {
  const file = options.targets ?? TARGETS_FILE_NAME;
  const path = resolve(world.cwd, file);
  const parsed = parseTargetsFile(await readTextFile(path));
  if (!parsed.ok) throw new CliError(`Cannot use ${file}: ${parsed.error}`);
  const target = parsed.targets.find((candidate) => candidate.name === name);
  if (target === undefined) {
    const names = parsed.targets.map((candidate) => JSON.stringify(candidate.name)).join(', ') || 'none';
    throw new CliError(`There is no target ${JSON.stringify(name)} in ${file}. It has: ${names}.`);
  }
  return fromFile(target, dirname(path), options, world);
}

function fromFile(target: FileTarget, folder: string, options: DestinationOptions, world: CliWorld): ApnsDestination {
  const { name, bundleId, deviceToken, keyId, teamId, privateKey } = target;
  const environment = options.environment ?? target.environment;
  if (environment === 'production' && options.environment === undefined) {
    throw new CliError(`${JSON.stringify(name)} is a production target. To send to it, add --environment production.`);
  }
  const whole = (file: string) => resolve(folder, file);
  return {
    kind: 'apns',
    name,
    bundleId,
    deviceToken,
    environment,
    origin: options.origin ?? target.origin ?? APNS_ORIGINS[environment],
    ...(target.ca !== undefined && { caPath: whole(target.ca) }),
    ...(options.ca !== undefined && { caPath: resolve(world.cwd, options.ca) }),
    credentials: {
      path: whole(target.credentials),
      ...(privateKey !== undefined && { privateKeyPath: whole(privateKey) }),
      ...(keyId !== undefined && { keyId }),
      ...(teamId !== undefined && { teamId }),
    },
  };
}
