import { APNS_ORIGINS, type ApnsEnvironment, otherEnvironment } from '../core/apns/environment';
import { shortenDeviceToken } from '../core/log/redact';
import { CommandId } from './contributions';
import type { CredentialStore, Secrets } from './credentialStore';
import { ExpectedFailure, messageOf, type Remedy } from './expectedFailure';
import { createListeners } from './listeners';
import { type SavedTarget, tokenKey } from './savedTargets';
import type { ApnsAddress, OtherEnvironment, PreparedTarget, Target, TargetFact } from './targets';
import type { ApnsPort, CreateApnsClient } from './virtualPorts';

/** An app on a device, reached over APNs. */
export interface DeviceTarget extends Target {
  readonly saved: SavedTarget;
}

export interface DeviceTargetOptions {
  readonly secrets: Secrets;
  readonly credentials: CredentialStore;
  readonly createApnsClient: CreateApnsClient;
  /** The text of a file; a relative path is one of the workspace. */
  readonly readTextFile: (path: string) => Promise<string>;
  /** The HTTP proxy to reach an address through. */
  readonly proxyFor: (origin: string) => string | undefined;
  /** Throws when nothing may be sent, for example in restricted mode. */
  readonly requirePermission: () => void;
  /** Replaces the saved target of the same name. */
  readonly save: (saved: SavedTarget) => Promise<void>;
  /** Asks where the other APNs is, for a target with an address of its own. */
  readonly askOrigin: (environment: ApnsEnvironment) => Promise<string>;
  readonly runCommand: (command: CommandId, argument?: unknown) => unknown;
}

interface Client {
  readonly made: string;
  readonly apns: ApnsPort;
}

/** Opens no connection before something is sent. */
export function createDeviceTarget(saved: SavedTarget, options: DeviceTargetOptions): DeviceTarget {
  const changed = createListeners<void>();
  const { name, bundleId, environment } = saved;
  const origin = saved.origin ?? APNS_ORIGINS[environment];
  let client: Client | undefined;

  async function openClient(): Promise<ApnsPort> {
    const credentials = await options.credentials.read(saved.credentials);
    if (credentials === undefined) throw noCredentials(saved, options);
    const ca = saved.ca === undefined ? undefined : await readCa(saved.ca, options);
    const proxy = options.proxyFor(origin);
    const wanted = { origin, credentials, ...(ca !== undefined && { ca }), ...(proxy !== undefined && { proxy }) };
    const made = JSON.stringify(wanted);
    if (client?.made !== made) {
      await client?.apns.close();
      client = { made, apns: await options.createApnsClient(wanted) };
    }
    return client.apns;
  }

  async function prepare(): Promise<PreparedTarget> {
    options.requirePermission();
    const deviceToken = await options.secrets.get(tokenKey(saved));
    if (deviceToken === undefined) throw noToken(saved, options);
    const apns = await openClient();
    return {
      transport: {
        async send(push, signal) {
          const outcome = await apns.send(push, signal);
          // The first push of a key makes its provider token, whose age is shown.
          changed.tell();
          return outcome;
        },
        close: () => apns.close(),
      },
      deviceToken,
      bundleId,
      apns: { ...(await address()), providerToken: () => apns.providerToken() },
    };
  }

  async function address(): Promise<ApnsAddress> {
    const credentials = await options.credentials.read(saved.credentials);
    return {
      origin,
      ...(saved.ca !== undefined && { ca: saved.ca }),
      usesCertificate: credentials?.kind === 'certificate',
    };
  }

  async function other(): Promise<OtherEnvironment> {
    const tried = otherEnvironment(environment);
    const next: SavedTarget = {
      ...saved,
      environment: tried,
      ...(saved.origin !== undefined && { origin: await options.askOrigin(tried) }),
    };
    return { target: createDeviceTarget(next, options), save: () => options.save(next) };
  }

  return {
    id: `device:${name}`,
    saved,
    label: name,
    environment,
    kind: 'apns',
    description: `A device over APNs (${environment}). APNs says what it took; what the app does with it, only the device's log says.`,
    bundleId,
    logSource: 'device log',
    logHealth: { state: 'elsewhere' },
    get problem() {
      if (options.credentials.entries.some((entry) => entry.name === saved.credentials)) return undefined;
      return {
        message: `The credentials "${saved.credentials}" are not on this machine.`,
        remedy: 'Add them, or edit the target.',
      };
    },
    get facts(): readonly TargetFact[] {
      const ageMs = client?.apns.providerTokenAgeMs();
      return [
        { label: 'Credentials', value: saved.credentials, icon: 'key' },
        ...(ageMs === undefined ? [] : [{ label: 'Provider token', value: ageText(ageMs), icon: 'history' }]),
        { label: 'Device token', value: shortenDeviceToken(saved.deviceToken), icon: 'symbol-key' },
        ...(saved.origin === undefined ? [] : [{ label: 'Address', value: saved.origin, icon: 'globe' }]),
      ];
    },
    onDidChange: changed.add,
    prepare,
    address,
    other,
    idle: async () => undefined,
    async close() {
      await client?.apns.close();
      client = undefined;
    },
    dispose: changed.clear,
  };
}

function ageText(ageMs: number): string {
  const minutes = Math.floor(ageMs / 60_000);
  return minutes < 1 ? 'new, kept for 50 min' : `${minutes} min old, kept for 50 min`;
}

async function readCa(path: string, options: DeviceTargetOptions): Promise<string> {
  try {
    return await options.readTextFile(path);
  } catch (error) {
    throw new ExpectedFailure(
      `Nothing was sent: the authority ${path} of the target could not be read. ${messageOf(error)}`,
    );
  }
}

function noCredentials({ name, credentials }: SavedTarget, options: DeviceTargetOptions): ExpectedFailure {
  return new ExpectedFailure(
    `Nothing was sent: the credentials "${credentials}" of ${name} are not stored on this machine.`,
    [{ label: 'Add Credentials', run: () => options.runCommand(CommandId.addCredentials) }, editRemedy(name, options)],
  );
}

function noToken({ name }: SavedTarget, options: DeviceTargetOptions): ExpectedFailure {
  const message = `Nothing was sent: the device token of ${name} is not stored on this machine. Settings hold its first 8 digits only.`;
  return new ExpectedFailure(message, [editRemedy(name, options)]);
}

function editRemedy(name: string, options: DeviceTargetOptions): Remedy {
  return { label: 'Edit Target', run: () => options.runCommand(CommandId.editTarget, `device:${name}`) };
}
