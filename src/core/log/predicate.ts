import type { LineMatcher } from './lineMatcher';
import { LINE_MATCHERS } from './logReader';

export interface PredicateInput {
  /** The app's own lines, in whatever words, are wanted too when the user has patterns without fixed words. */
  readonly bundleId?: string;
  readonly matchers?: readonly LineMatcher[];
}

/**
 * A narrow predicate for `log stream --predicate`: only lines that can be evidence. Without one a simulator prints
 * megabytes a minute.
 */
export function voipPredicate({ bundleId, matchers = [] }: PredicateInput = {}): string {
  const all = [...matchers, ...LINE_MATCHERS];
  const needles = new Set(all.map(({ needle }) => needle.trim()).filter((needle) => needle !== ''));
  const terms = [...needles].map((needle) => `eventMessage CONTAINS ${quoted(needle)}`);
  const hasFreePattern = matchers.some(({ needle }) => needle.trim() === '');
  if (hasFreePattern && bundleId !== undefined) terms.push(`subsystem == ${quoted(bundleId)}`);
  return terms.join(' OR ');
}

/** A string of NSPredicate: https://developer.apple.com/library/archive/documentation/Cocoa/Conceptual/Predicates/Articles/pSyntax.html */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
