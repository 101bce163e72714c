/** What deciding needs to know of one kept recording. */
export interface KeptFile {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly changedAtMs: number;
  readonly bytes: number;
  /** A window records to it. */
  readonly isInUse: boolean;
}

/** How long and how much is kept. */
export interface RetentionLimits {
  readonly maxAgeDays: number;
  readonly maxTotalBytes: number;
}

const MILLISECONDS_PER_DAY = 24 * 60 * 60 * 1000;

/**
 * The names of the recordings to delete: those that nothing was added to for too long, and of the others the oldest,
 * until the rest fits. What a window records to counts, and is never deleted.
 */
export function recordingsToDelete(
  files: readonly KeptFile[],
  { maxAgeDays, maxTotalBytes }: RetentionLimits,
  nowMs: number,
): readonly string[] {
  const oldestMs = nowMs - maxAgeDays * MILLISECONDS_PER_DAY;
  let keptBytes = files.filter(({ isInUse }) => isInUse).reduce((sum, { bytes }) => sum + bytes, 0);
  const ended = files
    .filter(({ isInUse }) => !isInUse)
    .sort((one, other) => other.changedAtMs - one.changedAtMs || (one.name < other.name ? 1 : -1));
  let isFull = false;
  return ended
    .filter(({ changedAtMs, bytes }) => {
      // Once one did not fit, smaller ones of before are older still: they go too.
      isFull ||= keptBytes + bytes > maxTotalBytes;
      if (isFull || changedAtMs < oldestMs) return true;
      keptBytes += bytes;
      return false;
    })
    .map(({ name }) => name);
}
