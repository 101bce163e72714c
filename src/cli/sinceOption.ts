import { InvalidArgumentError } from 'commander';
import type { HostClock } from '../core/log/hostClock';
import { parseAnyTimestamp } from '../core/log/timestamp';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../core/time';

/** From when on: a time, or so long before the last event of the logs. */
export type Since = { readonly at: Microseconds } | { readonly beforeEnd: Microseconds };

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

// 90s, 10m, 1.5h, 7d
const DURATION = /^(\d{1,6}(?:\.\d{1,3})?)([smhd])$/;

/** Parses `10m`, `2h`, `2026-09-08T08:11:34Z`, `2026-09-08T10:11` or `2026-09-08`; without a zone it is the host's. */
export function sinceValue(clock: HostClock): (text: string) => Since {
  return (text) => {
    const [, amount = '', unit = ''] = DURATION.exec(text) ?? [];
    const seconds = UNIT_SECONDS[unit];
    if (seconds !== undefined) return { beforeEnd: Math.round(Number(amount) * seconds * MICROSECONDS_PER_SECOND) };
    const at = parseAnyTimestamp(wholeTime(text), clock);
    if (at !== undefined) return { at };
    throw new InvalidArgumentError(
      'Give a time such as 2026-09-08T08:11:34Z, or a duration such as 90s, 10m, 2h or 7d.',
    );
  };
}

/** With the parts of the time of day that may be left out. */
function wholeTime(text: string): string {
  // 2026-09-08
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return `${text}T00:00:00`;
  // 2026-09-08T10:11, 2026-09-08T10:11Z, 2026-09-08T10:11+02:00
  return text.replace(/^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(?=$|Z|[+-])/, '$1:00');
}

/** The time it means for logs whose last event is at `lastAt`. */
export function sinceTime(since: Since, lastAt: Microseconds): Microseconds {
  return 'at' in since ? since.at : lastAt - since.beforeEnd;
}
