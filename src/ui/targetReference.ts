import { ExpectedFailure } from './expectedFailure';
import type { Target } from './targets';

/** The id of the target that a command's argument names: itself, or something that has it as `targetId`. */
function targetIdOf(reference: unknown): string | undefined {
  if (typeof reference === 'string') return reference;
  if (typeof reference !== 'object' || reference === null || !('targetId' in reference)) return undefined;
  return typeof reference.targetId === 'string' ? reference.targetId : undefined;
}

/** The target that a command's argument names; nothing when it names none. One that is gone is an expected failure. */
export function requireTarget<T extends Target>(targets: readonly T[], reference: unknown): T | undefined {
  const id = targetIdOf(reference);
  if (id === undefined) return undefined;
  const found = targets.find((target) => target.id === id);
  if (found !== undefined) return found;
  throw new ExpectedFailure('This target is not there any more. Refresh the Targets view.');
}
