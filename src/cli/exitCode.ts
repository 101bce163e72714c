/** What the exit code of every command says; 128 and a signal's number when a signal ended it. */
export const ExitCode = {
  fine: 0,
  /** Findings or violations. */
  flagged: 1,
  /** Wrong use, or input that cannot be read. */
  wrongUse: 2,
  /** Nothing is wrong, but something is inconclusive. */
  inconclusive: 3,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Ends a command with exit code 2; the message says what happened, why, and what to do. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
