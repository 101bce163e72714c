// What the editor loads when a log is watched or opened for the first time.
export { captureCommand } from './captureCommand';
export { captureFile } from './captureFile';
export { findDeviceTools } from './deviceTools';
export { systemHostClock } from './hostClock';
export { readLogChunks, readLogFile, UnreadableLog } from './readLog';
