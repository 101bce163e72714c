import { type Command, Option } from 'commander';
import { ApnsEnvironment } from '../core/apns/environment';
import { TARGETS_FILE_NAME } from '../core/targets/targetsFile';

/** The options of `voip-push send` that say where to, and with which credentials. */
export interface DestinationOptions {
  readonly virtual?: true;
  readonly simulator?: string;
  readonly target?: string;
  readonly targets?: string;
  readonly token?: string;
  readonly bundleId?: string;
  readonly environment?: ApnsEnvironment;
  readonly key?: string;
  readonly keyId?: string;
  readonly teamId?: string;
  readonly p12?: string;
  readonly pem?: string;
  readonly privateKey?: string;
  readonly passphraseFile?: string;
  readonly origin?: string;
  readonly ca?: string;
}

/** Where the passphrase of a `.p12` or `.pem` file is looked for: arguments can be read by everybody on the computer. */
export const PASSPHRASE_VARIABLE = 'VOIP_PUSH_PASSPHRASE';

export function addDestinationOptions(command: Command): Command {
  return command
    .option('--virtual', 'send to a virtual iPhone on this computer')
    .option('--simulator <udid>', 'send to a simulator with xcrun simctl push; needs --bundle-id')
    .option('--token <hex>', 'send to this device token over APNs; needs --bundle-id and credentials')
    .option('--target <name>', `send to a target of the targets file (${TARGETS_FILE_NAME})`)
    .option('--targets <file>', 'another targets file')
    .option('--bundle-id <id>', 'bundle id of the app')
    .addOption(
      new Option('--environment <name>', 'APNs environment (default: sandbox, or what the target says)').choices(
        Object.values(ApnsEnvironment),
      ),
    )
    .option('--key <file>', 'provider key, .p8')
    .option('--key-id <id>', 'id of the provider key (default: from its file name)')
    .option('--team-id <id>', 'team of the provider key')
    .option('--p12 <file>', 'client certificate with its key, .p12 or .pfx')
    .option('--pem <file>', 'client certificate, .pem, with its key unless --private-key is given')
    .option('--private-key <file>', 'private key of the .pem certificate')
    .option('--passphrase-file <file>', `file with the passphrase (default: the variable ${PASSPHRASE_VARIABLE})`)
    .option('--origin <url>', 'another APNs, for example https://127.0.0.1:2197')
    .option('--ca <file>', 'PEM file with the only authority to trust');
}

export const DESTINATION_HELP = `
Production is never chosen by itself: say --environment production, also for a target that is a production one.
Proxies are taken from HTTPS_PROXY and NO_PROXY. The targets file has file paths in place of secrets:
  {"targets": [{"name": "My iPhone", "bundleId": "com.example.app", "deviceToken": "…", "environment": "sandbox",
                "credentials": "AuthKey_ABCDE12345.p8", "teamId": "TEAM123456"}]}
  and, where needed, keyId, privateKey, origin, ca; paths are relative to the file.
`;
