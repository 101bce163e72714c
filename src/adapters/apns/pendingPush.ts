import type { CancelSignal, OutgoingPush, PushOutcome } from '../../core/ports';
import { cancelled, type Failure } from './failure';

/** A push that has no outcome yet: waiting or in flight. */
export class PendingPush {
  readonly push: OutgoingPush;
  /** How often it went out. */
  attempts = 0;
  /** Ends its stream; only while in flight. */
  stop: (() => void) | undefined;
  isSettled = false;
  private readonly startedAtMs = performance.now();
  private readonly onSettled: (outcome: PushOutcome) => void;

  /** @param onSettled called once. */
  constructor(push: OutgoingPush, onSettled: (outcome: PushOutcome) => void) {
    this.push = push;
    this.onSettled = onSettled;
  }

  /** Since `send` was called. */
  get latencyMs(): number {
    return performance.now() - this.startedAtMs;
  }

  /** The first outcome counts, later ones are dropped. */
  settle(outcome: PushOutcome): void {
    if (this.isSettled) return;
    this.isSettled = true;
    this.onSettled(outcome);
  }

  /** Settles it with a failure, and ends its stream. */
  fail(failure: Failure): void {
    this.settle({ kind: 'failed', latencyMs: this.latencyMs, ...failure });
    this.stop?.();
    this.stop = undefined;
  }
}

/**
 * Cancels pushes by signal. One listener for each signal, however many pushes share it: a listener for each push
 * makes 20,000 of them cost quadratic time.
 */
export interface Cancellation {
  add(pending: PendingPush, signal: CancelSignal): void;
  remove(pending: PendingPush, signal: CancelSignal): void;
}

export function createCancellation(): Cancellation {
  const watches = new Map<CancelSignal, { readonly pushes: Set<PendingPush>; readonly onAbort: () => void }>();

  function unwatch(signal: CancelSignal) {
    const watch = watches.get(signal);
    if (watch !== undefined) signal.removeEventListener('abort', watch.onAbort);
    watches.delete(signal);
  }

  function watch(signal: CancelSignal) {
    const pushes = new Set<PendingPush>();
    const onAbort = () => {
      unwatch(signal);
      for (const pending of pushes) pending.fail(cancelled(pending.stop !== undefined));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const made = { pushes, onAbort };
    watches.set(signal, made);
    return made;
  }

  return {
    add(pending, signal) {
      (watches.get(signal) ?? watch(signal)).pushes.add(pending);
    },
    remove(pending, signal) {
      const pushes = watches.get(signal)?.pushes;
      if (pushes?.delete(pending) && pushes.size === 0) unwatch(signal);
    },
  };
}
