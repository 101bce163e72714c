import type { RecordingStore } from '../core/recording/recordingStore';

/** A store that is made when something is recorded or looked up: reading recordings takes code that activation does not need. */
export function createLazyStore(create: () => Promise<RecordingStore>): RecordingStore {
  let creating: Promise<RecordingStore> | undefined;
  const store = (): Promise<RecordingStore> => {
    creating ??= create();
    return creating;
  };
  return {
    openKept: async (name) => (await store()).openKept(name),
    openNew: async () => (await store()).openNew(),
    list: async () => (await store()).list(),
    remove: async (path) => (await store()).remove(path),
    prune: async (limits) => (await store()).prune(limits),
  };
}
