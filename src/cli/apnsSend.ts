import { randomUUID, X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';
import { validateCredentials } from '../adapters/credentials/validateCredentials';
import { proxyFor } from '../core/apns/proxy';
import { whyNotForApns } from '../core/apns/simulatorKey';
import { buildVoipPush } from '../core/apns/voipPush';
import type { Credentials } from '../core/credentials/credentials';
import type { PushOutcome } from '../core/ports';
import { withoutSimulatorTargetBundle } from '../core/simulators/simctlPayload';
import type { ApnsDestination } from './destination';
import { type DestinationOptions, PASSPHRASE_VARIABLE } from './destinationOptions';
import { CliError } from './exitCode';
import { readTextFile } from './textFile';
import { type CliWorld, untilInterrupted } from './world';

interface ApnsSendOptions extends Pick<DestinationOptions, 'passphraseFile'> {
  /** Sends although the credentials do not fit. */
  readonly force?: true;
}

/** Sends one push over APNs. Throws CliError before anything is sent; afterwards every end is an outcome. */
export async function sendOverApns(
  payload: string,
  destination: ApnsDestination,
  options: ApnsSendOptions,
  world: CliWorld,
): Promise<PushOutcome> {
  const { text, changes } = withoutSimulatorTargetBundle(payload);
  for (const change of changes) world.stderr(`voip-push: ${change}\n`);
  const whyNot = whyNotForApns(text);
  if (whyNot !== undefined) throw new CliError(whyNot);

  const credentials = await readCredentials(destination, options, world);
  checkCredentials(credentials, destination, options.force === true, world);
  const { bundleId, deviceToken, origin, caPath } = destination;
  const push = buildVoipPush({ bundleId, deviceToken, body: Buffer.from(text, 'utf8'), apnsId: randomUUID() });
  const ca = caPath === undefined ? undefined : await readAuthority(caPath);
  const proxy = proxyOf(origin, world);
  const { createApnsClient } = await import('../adapters/apns/apnsClient');
  const client = createApnsClient({
    origin,
    credentials,
    ...(ca !== undefined && { ca }),
    ...(proxy !== undefined && { proxy }),
  });
  try {
    return await untilInterrupted(world, client.send(push, world.interrupted));
  } finally {
    await client.close();
  }
}

/** The PEM text of `--ca`, or of a target's `ca`. */
async function readAuthority(path: string): Promise<string> {
  const text = await readTextFile(path);
  const start = '-----BEGIN CERTIFICATE-----';
  if (!text.includes(start))
    throw new CliError(`--ca ${path}: it has no certificate in PEM form, with a line ${start}.`);
  try {
    new X509Certificate(text.slice(text.indexOf(start)));
  } catch {
    throw new CliError(`--ca ${path}: it cannot be read as a certificate. Get it again; it may have been cut.`);
  }
  return text;
}

async function readCredentials(
  { credentials: { path, privateKeyPath, keyId, teamId } }: ApnsDestination,
  { passphraseFile }: ApnsSendOptions,
  { env, cwd }: CliWorld,
): Promise<Credentials> {
  const { readCredentialFile } = await import('../adapters/credentials/readCredentials');
  // Editors end a file with a line end, which is no part of the passphrase.
  const passphrase =
    passphraseFile === undefined
      ? env[PASSPHRASE_VARIABLE]
      : (await readTextFile(resolve(cwd, passphraseFile))).replace(/\r?\n$/, '');
  const read = await readCredentialFile(path, {
    ...(passphrase !== undefined && { passphrase }),
    ...(keyId !== undefined && { keyId }),
    ...(teamId !== undefined && { teamId }),
    ...(privateKeyPath !== undefined && { privateKey: privateKeyPath }),
  });
  if (read.ok) return read.value.credentials;
  const { code, message, remedy } = read.problem;
  const how =
    code === 'passphrase-needed' ? ` Set the variable ${PASSPHRASE_VARIABLE}, or give --passphrase-file FILE.` : '';
  throw new CliError(`${path}: ${message} ${remedy}${how}`);
}

function checkCredentials(
  credentials: Credentials,
  destination: ApnsDestination,
  isForced: boolean,
  world: CliWorld,
): void {
  const findings = validateCredentials(credentials, destination).filter(({ severity }) => severity !== 'info');
  for (const { severity, message, remedy } of findings) {
    world.stderr(`voip-push: credentials: ${severity}: ${message}${remedy === undefined ? '' : ` ${remedy}`}\n`);
  }
  if (!isForced && findings.some(({ severity }) => severity === 'error')) {
    throw new CliError(
      'The push was not sent, because APNs would refuse these credentials. Add --force to send all the same.',
    );
  }
}

/** As curl and most programs read them. */
function proxyOf(origin: string, { env }: CliWorld): string | undefined {
  return proxyFor(origin, {
    proxy: env['HTTPS_PROXY'] ?? env['https_proxy'],
    noProxy: (env['NO_PROXY'] ?? env['no_proxy'] ?? '').split(','),
  });
}
