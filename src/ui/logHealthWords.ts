import { assertNever } from '../core/assertNever';
import type { LogSourceHealth } from '../core/log/logSource';
import { formatSetDuration } from '../core/time';

/** How a watched log is, in a few words, and why. */
export interface LogHealthWords {
  /** `watching`, `starts again in 4 s`. */
  readonly text: string;
  readonly why?: string;
  /** Id of a product icon. */
  readonly icon: string;
}

export function logHealthWords(health: LogSourceHealth): LogHealthWords {
  switch (health.state) {
    case 'starting':
      return { text: 'starting', icon: 'loading~spin' };
    case 'watching':
      return { text: 'watching', icon: 'eye' };
    case 'waiting':
      return { text: 'waiting', why: sentence(health.why), icon: 'watch' };
    case 'restarting':
      return {
        text: `starts again in ${formatSetDuration(Math.ceil(health.inMs / 1000) * 1000)}`,
        why: sentence(health.why),
        icon: 'warning',
      };
    case 'ended':
      return { text: 'ended', why: sentence(health.why), icon: 'circle-slash' };
    default:
      return assertNever(health);
  }
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1).replace(/\.$/, '')}.`;
}
