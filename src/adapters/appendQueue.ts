import type { FileHandle } from 'node:fs/promises';

/** Appends text to an open file, in order, one write at a time. */
export interface AppendQueue {
  /** Resolves when the operating system has taken all bytes of `text`. What comes while a write runs goes out in one. */
  append(text: string): Promise<void>;
  /** Waits for what was appended, flushes it to the disk and closes the file. */
  close(): Promise<void>;
}

interface Waiting {
  readonly text: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Takes the file over: it must be open for appending, and nobody else may write to it. */
export function createAppendQueue(file: FileHandle): AppendQueue {
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;
  let closing: Promise<void> | undefined;
  let mayBeTorn = false;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await writeBatch(batch);
    }
    running = undefined;
  }

  async function writeBatch(batch: readonly Waiting[]): Promise<void> {
    // After a failed write (a full disk) half a line may be there: what follows must not be glued to it.
    const text = `${mayBeTorn ? '\n' : ''}${batch.map((item) => item.text).join('')}`;
    try {
      // appendFile goes on after a short write, where a single `write` would not.
      await file.appendFile(text, 'utf8');
      mayBeTorn = false;
      for (const item of batch) item.resolve();
    } catch (error) {
      mayBeTorn = true;
      for (const item of batch) item.reject(error);
    }
  }

  async function closeFile(): Promise<void> {
    await running;
    try {
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  return {
    append(text) {
      if (closing !== undefined) return Promise.reject(new Error('The file is closed.'));
      if (text === '') return running ?? Promise.resolve();
      const appended = new Promise<void>((resolve, reject) => waiting.push({ text, resolve, reject }));
      running ??= writeAll();
      return appended;
    },
    close() {
      closing ??= closeFile();
      return closing;
    },
  };
}
