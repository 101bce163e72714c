import { Worker } from 'node:worker_threads';
import type { FileRange } from './fileChunks';
import type { SearchedStretch } from './searchedStretch';
import type { SearchThreadData } from './searchThread';
import code from './searchThread?thread';

/** Threads that search a part of a file, stretch by stretch, ahead of who reads it. */
export interface SearchThreads {
  /** The next stretch, in the order of the file; `undefined` behind the last one. */
  next(): Promise<AnsweredStretch | undefined>;
  /** No more is wanted. */
  end(): void;
}

/** A stretch without `searched` must be read as it is. */
export interface AnsweredStretch extends FileRange {
  readonly searched: SearchedStretch | undefined;
}

export interface SearchThreadsOptions extends SearchThreadData, FileRange {
  readonly threadCount: number;
  readonly stretchBytes: number;
}

/** So many stretches are given to each thread before their answers are taken. */
const STRETCHES_AHEAD = 3;

/** Starts to search at once. Threads that fail answer nothing: what they were to search is read by who asks. */
export function startSearchThreads(options: SearchThreadsOptions): SearchThreads {
  const { from, to, threadCount, stretchBytes, path, texts } = options;
  const threads = Array.from({ length: threadCount }, () => startThread({ path, texts }));
  const asked: Promise<AnsweredStretch>[] = [];
  let at = from;

  function ask(): void {
    const thread = threads.reduce((one, other) => (other.waiting < one.waiting ? other : one));
    const stretch = { from: at, to: Math.min(at + stretchBytes, to) };
    at = stretch.to;
    asked.push(thread.ask(stretch).then((searched) => ({ ...stretch, searched })));
  }

  function askAhead(): void {
    while (at < to && asked.length < STRETCHES_AHEAD * threadCount) ask();
  }

  askAhead();
  return {
    async next() {
      const answer = await asked.shift();
      askAhead();
      return answer;
    },
    end() {
      for (const thread of threads) thread.end();
    },
  };
}

interface SearchThread {
  readonly waiting: number;
  ask(stretch: FileRange): Promise<SearchedStretch | undefined>;
  end(): void;
}

function startThread(data: SearchThreadData): SearchThread {
  const waiting: ((searched: SearchedStretch | undefined) => void)[] = [];
  const worker = startWorker(data);
  let isOver = worker === undefined;
  worker?.on('message', (searched: SearchedStretch | undefined) => waiting.shift()?.(searched));
  // It ends after an error, too.
  worker?.on('error', () => {});
  worker?.on('exit', () => {
    isOver = true;
    for (const answer of waiting.splice(0)) answer(undefined);
  });
  return {
    get waiting() {
      return waiting.length;
    },
    ask: (stretch) =>
      new Promise((resolve) => {
        if (isOver) resolve(undefined);
        else {
          waiting.push(resolve);
          worker?.postMessage(stretch);
        }
      }),
    end: () => void worker?.terminate(),
  };
}

/** `undefined` where threads are forbidden: by `node --permission`, for example. */
function startWorker(data: SearchThreadData): Worker | undefined {
  try {
    return new Worker(code, { eval: true, workerData: data, execArgv: [] });
  } catch {
    return undefined;
  }
}
