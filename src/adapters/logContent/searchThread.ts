import { openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { FileRange } from './fileChunks';
import { searchStretch } from './searchedStretch';
import { createTextSearch } from './textSearch';

// What runs in a thread of `startSearchThreads`: it answers each stretch that it is asked for, in turn. An error ends it.

/** What a thread is started with. */
export interface SearchThreadData {
  readonly path: string;
  readonly texts: readonly string[];
}

const { path, texts }: SearchThreadData = workerData;
const file = openSync(path, 'r');
const search = createTextSearch(texts);

parentPort?.on('message', ({ from, to }: FileRange) => {
  let at = from;
  const searched = searchStretch(search, (memory) => {
    const count = readSync(file, memory, 0, Math.min(memory.length, to - at), at);
    at += count;
    return count;
  });
  // The file may be shorter than it was.
  parentPort?.postMessage(at === to ? searched : undefined);
});
