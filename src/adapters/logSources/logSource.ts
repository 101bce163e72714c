export type { LogFormat } from '../../core/log/logFormat';
export type { CaptureOptions, LogCapture, LogCommand, LogSourceHealth } from '../../core/log/logSource';
