// What VS Code loads when there is something to record or to read: the entry of a bundle of its own.
export { readRecordingBytes } from './recordingContent';
export { createRecordingStore } from './recordingStore';
