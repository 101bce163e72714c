import type { CrashReport } from './crashReport';
import { parseIpsReport } from './ipsReport';
import { parseTextReport } from './textReport';

/**
 * Reads an `.ips` report (one line of JSON, then JSON or, before iOS 15, text) or a text `.crash` report. `undefined`
 * for what is neither: other kinds of `.ips` (memory, disk, hangs) among them. Never throws.
 * https://developer.apple.com/documentation/xcode/interpreting-the-json-format-of-a-crash-report
 */
export function parseCrashReport(text: string): CrashReport | undefined {
  const whole = text.replace(/^\uFEFF/, '');
  return parseIpsReport(whole) ?? parseTextReport(whole);
}

// {"app_name":"Example","timestamp":"…","bug_type":"309", …}
// Incident Identifier: 6156848E-344E-4D9E-84E0-87AFD0D0AE7B
const FIRST_LINE = /^(?:\{.*"bug_type"|(?:Incident Identifier|Process|AppVariant|Hardware Model): )/;

/** Whether a text that starts with this line is a crash report rather than a log. */
export function startsCrashReport(firstLine: string): boolean {
  return FIRST_LINE.test(firstLine);
}
