import type { AppTerminatedEvent, TerminationCause } from '../events/event';
import { redactLine } from '../log/redact';
import type { Microseconds } from '../time';

/** What a crash report tells of one process's end. */
export interface CrashReport {
  /** `other` for every end that has nothing to do with VoIP pushes. */
  readonly cause: TerminationCause;
  /** By the device's clock; missing in reports that were cut short. */
  readonly at?: Microseconds;
  readonly process?: string;
  readonly pid?: number;
  readonly bundleId?: string;
  /** The words of the report that the cause was taken from, for example `FRONTBOARD 0xbaadca11`. */
  readonly proof: string;
}

/** The report as an event of the source called `source`; `undefined` when the report does not say when it was. */
export function crashEvent(report: CrashReport, source: string): AppTerminatedEvent | undefined {
  const { cause, at, process, pid, bundleId, proof } = report;
  if (at === undefined) return undefined;
  return {
    kind: 'app.terminated',
    at,
    source,
    cause,
    ...(process !== undefined && { process }),
    ...(pid !== undefined && { pid }),
    ...(bundleId !== undefined && { bundleId }),
    line: redactLine(proof),
  };
}
