/** Something to let go of; VS Code's `Disposable` fits. */
export interface Disposable {
  dispose(): void;
}

/** Who wants to hear of something. */
export interface Listeners<T> {
  add(listener: (value: T) => void): Disposable;
  tell(value: T): void;
  clear(): void;
}

/** The plain form of VS Code's `EventEmitter`, for parts that are tested without VS Code. */
export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    add(listener) {
      // A fresh function for each call: the same listener may be added twice.
      const entry = (value: T): void => listener(value);
      listeners.add(entry);
      return { dispose: () => listeners.delete(entry) };
    },
    tell(value) {
      for (const listener of [...listeners]) listener(value);
    },
    clear: () => listeners.clear(),
  };
}
