import type { Finding } from '../core/payload/finding';
import { type Paint, printable } from './paint';

/** One line that editors and CI understand: `a.voip.json:3:14 error payload/size message`; line and column from one. */
export function renderFinding(path: string, { rule, severity, message, range }: Finding, paint: Paint): string {
  const place = `${printable(path)}:${range.start.line + 1}:${range.start.character + 1}`;
  return `${place} ${paint(severity, severity)} ${rule} ${printable(message)}`;
}

/** `1 file`, `2 files`. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
