/** A button below a failure that helps to mend it. */
export interface Remedy {
  /** In title case, as buttons are. */
  readonly label: string;
  readonly run: () => unknown;
}

/** Something that happens to users, not a bug: its message says what happened, why, and what to do. */
export class ExpectedFailure extends Error {
  readonly remedies: readonly Remedy[];

  constructor(message: string, remedies: readonly Remedy[] = []) {
    super(message);
    this.name = 'ExpectedFailure';
    this.remedies = remedies;
  }
}

/** Also tells one that was thrown in a bundle of its own, whose class is another. */
export function isExpectedFailure(error: unknown): error is ExpectedFailure {
  return error instanceof Error && error.name === 'ExpectedFailure' && 'remedies' in error;
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
