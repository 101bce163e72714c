import type { Microseconds } from '../core/time';

/** All that a command sees of the process it runs in, so that tests can run it in theirs. */
export interface CliWorld {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Results, for people or machines. */
  readonly stdout: (text: string) => void;
  /** Messages. */
  readonly stderr: (text: string) => void;
  /** Somebody reads stdout as it comes. */
  readonly isTerminal: boolean;
  /** Somebody reads stderr as it comes: hints are welcome. */
  readonly isStderrTerminal: boolean;
  /** Width of the terminal, in characters. */
  readonly columns?: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The user's home folder. */
  readonly homeFolder: string;
  readonly platform: string;
  /** The host's clock. */
  readonly now: () => Microseconds;
  /** Aborted when the user interrupts: commands clean up and reject with its reason. */
  readonly interrupted: AbortSignal;
}

/** `work`, or a rejection as soon as the user interrupts. */
export async function untilInterrupted<T>(world: Pick<CliWorld, 'interrupted'>, work: Promise<T>): Promise<T> {
  const { interrupted } = world;
  interrupted.throwIfAborted();
  let stop = (): void => {};
  const interruption = new Promise<never>((_, reject) => {
    stop = () => reject(interrupted.reason);
    interrupted.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, interruption]);
  } finally {
    interrupted.removeEventListener('abort', stop);
  }
}
