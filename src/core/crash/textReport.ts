import { parseLogTimestamp } from '../log/timestamp';
import { causeOfTexts, isVoipKill } from './cause';
import type { CrashReport } from './crashReport';

/** A crash report as text, whole or an excerpt; `undefined` for any other text. */
export function parseTextReport(text: string): CrashReport | undefined {
  const lines = text.split(/\r?\n/);
  // Exception Type:  EXC_CRASH (SIGKILL)
  // Termination Reason: FRONTBOARD 0xbaadca11
  const exception = headerValue(lines, 'Exception Type');
  const termination = headerValue(lines, 'Termination Reason');
  if (exception === undefined && termination === undefined) return undefined;
  const { process, pid } = processOf(headerValue(lines, 'Process'));
  const at = parseLogTimestamp(headerValue(lines, 'Date/Time') ?? '');
  const bundleId = headerValue(lines, 'Identifier');
  const isKill = termination !== undefined && isKillText(termination);
  const cause = isKill ? '0xbaadca11' : causeOfTexts(lines);
  const words = lines.find((line) => causeOfTexts([line]) === 'pushkit-exception')?.trim();
  return {
    cause,
    ...(at !== undefined && { at }),
    ...(process !== undefined && { process }),
    ...(pid !== undefined && { pid }),
    ...(bundleId !== undefined && { bundleId }),
    proof: ((isKill ? termination : words) ?? exception ?? termination ?? '').slice(0, 500),
  };
}

// FRONTBOARD 0xbaadca11
// Namespace SPRINGBOARD, Code 0xbaadca11
// FRONTBOARD 3131951633
const TERMINATION = /^(?:Namespace )?([A-Z_]{1,64}),? (?:Code )?(0x[0-9a-f]{1,16}|\d{1,20})\b/i;

function isKillText(termination: string): boolean {
  const match = TERMINATION.exec(termination);
  return match !== null && isVoipKill(match[1], Number(match[2]));
}

// Process:             Example [1234]
function processOf(value: string | undefined): { process?: string; pid?: number } {
  const match = /^(.{1,255}?) \[(\d{1,10})\]$/.exec(value ?? '');
  if (match?.[1] === undefined) return value === undefined ? {} : { process: value };
  return { process: match[1], pid: Number(match[2]) };
}

/** The value of the first line `Name:   value`. */
function headerValue(lines: readonly string[], name: string): string | undefined {
  const value = lines
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim();
  return value === '' ? undefined : value;
}
