import { posix, win32 } from 'node:path';
import type { CliWorld } from './world';

const NAME = 'voip-push-debugger';

/**
 * Where this user's certificates live, so that a provider server has to trust them only once. Each system's own place:
 * https://specifications.freedesktop.org/basedir-spec/latest/ on Linux, Application Support on macOS, LocalAppData on Windows.
 */
export function dataFolder({ platform, env, homeFolder }: Pick<CliWorld, 'platform' | 'env' | 'homeFolder'>): string {
  switch (platform) {
    case 'win32':
      return win32.join(env['LOCALAPPDATA'] ?? win32.join(homeFolder, 'AppData', 'Local'), NAME);
    case 'darwin':
      return posix.join(homeFolder, 'Library', 'Application Support', NAME);
    default: {
      const given = env['XDG_DATA_HOME'];
      // A relative path there is to be ignored.
      const base = given !== undefined && posix.isAbsolute(given) ? given : posix.join(homeFolder, '.local', 'share');
      return posix.join(base, NAME);
    }
  }
}
