import type { Microseconds } from '../../core/time';
import type { Cancel, DeviceClock } from './deviceClock';

/** What will happen as long as something lives: the phone, an installation, a process. */
export interface TaskScope {
  /** Runs `task` when `delay` has passed on the device, unless the scope was ended by then. */
  after(delay: Microseconds, task: () => void): void;
  /** A scope that ends with this one at the latest. */
  child(): TaskScope;
  /** Cancels everything, for good. */
  end(): void;
}

export function createTaskScope(clock: DeviceClock, onEnd: () => void = () => undefined): TaskScope {
  const open = new Set<Cancel>();
  let hasEnded = false;
  return {
    after(delay, task) {
      if (hasEnded) return;
      const cancel = clock.schedule(delay, () => {
        open.delete(cancel);
        task();
      });
      open.add(cancel);
    },
    child() {
      const scope: TaskScope = createTaskScope(clock, () => open.delete(scope.end));
      if (hasEnded) scope.end();
      open.add(scope.end);
      return scope;
    },
    end() {
      hasEnded = true;
      for (const cancel of open) cancel();
      open.clear();
      onEnd();
    },
  };
}
