import type { Timeline } from './timeline';

/** `1 call report belongs to no push that was seen`; nothing where every report has its push. */
export function unjoinedWords({ unjoined }: Pick<Timeline, 'unjoined'>): string | undefined {
  const reports = unjoined.filter(({ kind }) => kind === 'call.reporting').length;
  if (reports === 0) return undefined;
  return `${reports === 1 ? '1 call report belongs' : `${reports} call reports belong`} to no push that was seen`;
}
