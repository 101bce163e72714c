import { Option } from 'commander';
import { DEVICE_TOOL_KINDS, type DeviceToolKind } from '../adapters/logSources/deviceTools';
import { CliError } from './exitCode';

/** Where device tools lie that are not on PATH. */
export type DeviceToolPaths = { readonly [K in DeviceToolKind]?: string };

/** `--tool-path idevicesyslog=/opt/homebrew/bin/idevicesyslog`, as often as needed. */
export function deviceToolPathOption(): Option {
  const option = new Option(
    '--tool-path <tool=path>',
    `a device tool that is not on PATH: ${DEVICE_TOOL_KINDS.join(', ')}; may be repeated`,
  );
  return option.argParser((value: string, before: DeviceToolPaths | undefined) => ({ ...before, ...toolPath(value) }));
}

function toolPath(value: string): DeviceToolPaths {
  const at = value.indexOf('=');
  const kind = DEVICE_TOOL_KINDS.find((each) => each === value.slice(0, at));
  const path = value.slice(at + 1);
  if (at > 0 && kind !== undefined && path !== '') return { [kind]: path };
  throw new CliError(
    `--tool-path ${value}: write the tool and its path, for example idevicesyslog=/opt/homebrew/bin/idevicesyslog. Tools: ${DEVICE_TOOL_KINDS.join(', ')}.`,
  );
}
