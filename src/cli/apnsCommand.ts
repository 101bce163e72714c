import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { ApnsEnvironment } from '../core/apns/environment';
import type { AppBehavior, PhoneSystem } from '../core/virtualApp';
import type { ApnsFault } from '../virtual/localApns/fault';
import { FAULT_HELP, parseFault } from '../virtual/localApns/parseFault';
import { behaviorHelp, behaviorOption, systemOption } from './behaviorOption';
import { dataFolder } from './dataFolder';
import { CliError, type ExitCode } from './exitCode';
import { openLineFile } from './lineFile';
import { wholeNumber } from './options';
import { type CliWorld, untilInterrupted } from './world';

interface ApnsOptions {
  readonly port: number;
  readonly bundleId: string;
  readonly production?: true;
  readonly folder?: string;
  readonly fault?: ApnsFault;
  readonly behavior: AppBehavior;
  readonly system: PhoneSystem;
  readonly log?: string;
}

/** The one line that `voip-push apns` prints once it listens. Stable: fields are only added. */
export interface ApnsAnnouncement {
  readonly origin: string;
  /** Path of the CA certificate to trust, PEM. */
  readonly ca: string;
  /** Path of the provider key, PKCS #8. */
  readonly key: string;
  readonly keyId: string;
  readonly teamId: string;
  readonly topic: string;
  /** Device token of the virtual iPhone's app. */
  readonly token: string;
  readonly environment: ApnsEnvironment;
}

/** `voip-push apns` */
export function addApnsCommand(program: Command, world: CliWorld, done: (code: ExitCode) => void): void {
  program
    .command('apns')
    .description('Run a local APNs with a virtual iPhone behind it, to test a provider server, until interrupted.')
    .option('--port <n>', 'port on 127.0.0.1; 0 picks a free one', wholeNumber(0, 65_535), 2197)
    .option('--bundle-id <id>', 'bundle id of the virtual app', 'com.example.app')
    .option('--production', 'play the production APNs: no apns-unique-id, and sandbox certificates are refused')
    .option('--folder <dir>', 'where the CA and the provider key live (default: this user’s data folder)')
    .option('--fault <spec>', 'go wrong on purpose, see below', faultArgument)
    .addOption(behaviorOption())
    .addOption(systemOption())
    .option('--log <file>', 'append the log of the virtual iPhone, for voip-push check')
    .addHelpText('after', () => HELP + faultHelp() + behaviorHelp())
    .action(async (options: ApnsOptions) => done(await runApns(options, world)));
}

const HELP = `
Prints one line of JSON when it listens: origin, ca, key, keyId, teamId, topic, token and environment. It listens
on this computer only, talks to nobody else, and makes its certificates and keys itself, once.`;

async function runApns(options: ApnsOptions, world: CliWorld): Promise<ExitCode> {
  const folder = options.folder === undefined ? dataFolder(world) : resolve(world.cwd, options.folder);
  await makeFolder(folder);
  const log = await openLineFile(options.log, 'append', world);
  try {
    return await serve(options, folder, log.write, world);
  } finally {
    await log.close();
  }
}

async function serve(
  { port, bundleId, behavior, system, fault, production }: ApnsOptions,
  folder: string,
  onLine: (line: string) => void,
  world: CliWorld,
): Promise<never> {
  const environment = production === true ? 'production' : 'sandbox';
  const { startVirtualTarget } = await import('../virtual/virtualTarget');
  const target = await startVirtualTarget({ folder, port, bundleId, behavior, system, environment, onLine });
  try {
    target.apns.setFault(fault);
    const { origin, caPath, keyPath, keyId, teamId } = target.apns;
    const { topic, phone } = target;
    const announcement: ApnsAnnouncement = {
      origin,
      ca: caPath,
      key: keyPath,
      keyId,
      teamId,
      topic,
      token: phone.deviceToken,
      environment,
    };
    world.stdout(`${JSON.stringify(announcement)}\n`);
    if (world.isStderrTerminal) world.stderr(hints(announcement));
    return await untilInterrupted(world, new Promise<never>(() => {}));
  } finally {
    await target.close();
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new CliError(`Cannot make ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function faultArgument(text: string): ApnsFault {
  const parsed = parseFault(text);
  if (parsed.ok) return parsed.fault;
  throw new InvalidArgumentError(parsed.error);
}

function faultHelp(): string {
  const width = Math.max(...Object.keys(FAULT_HELP).map((name) => name.length));
  const rows = Object.entries(FAULT_HELP).map(([name, meaning]) => `  ${name.padEnd(width)}  ${meaning}`);
  return `\n\nFaults, joined by commas, for example --fault delay=500,reason=Shutdown,times=3:\n${rows.join('\n')}\n`;
}

function hints({ origin, ca, topic, token }: ApnsAnnouncement): string {
  return `
A virtual iPhone listens behind it. $JWT is a provider token signed with the key above (ES256, kid and iss as above):

  curl --http2 --cacert '${ca}' \\
    -H "authorization: bearer $JWT" -H 'apns-push-type: voip' -H 'apns-topic: ${topic}' \\
    -H 'apns-priority: 10' -H 'apns-expiration: 0' -d '{"aps":{}}' \\
    ${origin}/3/device/${token}

Press Ctrl+C to stop.
`;
}
