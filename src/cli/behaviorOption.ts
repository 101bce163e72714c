import { Option } from 'commander';
import { APP_BEHAVIORS, AppBehavior, PhoneSystem } from '../core/virtualApp';

const NAMES: readonly AppBehavior[] = Object.values(AppBehavior);

/** `--behavior NAME`: what the virtual app does. */
export function behaviorOption(): Option {
  return new Option('--behavior <name>', 'what the app on the virtual iPhone does')
    .choices(NAMES)
    .default(AppBehavior.reportsInTime);
}

/** `--behavior NAME…`: several of them. */
export function behaviorsOption(): Option {
  return new Option('--behavior <name...>', 'only these behaviors of the app').choices(NAMES);
}

/** `--system`: which rules the virtual iPhone follows. */
export function systemOption(): Option {
  return new Option('--system <name>', 'iOS 26.4 or newer, which says mustReport, or an older one')
    .choices(Object.values(PhoneSystem))
    .default(PhoneSystem.ios264);
}

/** The behaviors with their meaning, for `--help`. */
export function behaviorHelp(): string {
  const width = Math.max(...NAMES.map((name) => name.length));
  const rows = NAMES.map((name) => `  ${name.padEnd(width)}  ${APP_BEHAVIORS[name].description}`);
  return `\nBehaviors of the app on the virtual iPhone:\n${rows.join('\n')}`;
}
