import type { CancelSignal, OutgoingPush, PushOutcome } from '../../core/ports';
import { cancelled, type Failure } from './failure';

/** A push that has no outcome yet: waiting or in flight. */
export interface PendingPush {
  readonly push: OutgoingPush;
  /** How often it went out. */
  attempts: number;
  /** Ends its stream; only while in flight. */
  stop: (() => void) | undefined;
  readonly isSettled: boolean;
  /** The first outcome counts, later ones are dropped. `makeOutcome` gets the time since `send` was called. */
  settle(makeOutcome: (latencyMs: number) => PushOutcome): void;
  fail(failure: Failure): void;
}

export function createPendingPush(push: OutgoingPush, onSettled: (outcome: PushOutcome) => void): PendingPush {
  const startedAtMs = performance.now();
  let isSettled = false;
  const pending: PendingPush = {
    push,
    attempts: 0,
    stop: undefined,
    get isSettled() {
      return isSettled;
    },
    settle(makeOutcome) {
      if (isSettled) return;
      isSettled = true;
      onSettled(makeOutcome(performance.now() - startedAtMs));
    },
    fail(failure) {
      pending.settle((latencyMs) => ({ kind: 'failed', latencyMs, ...failure }));
      pending.stop?.();
      pending.stop = undefined;
    },
  };
  return pending;
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
