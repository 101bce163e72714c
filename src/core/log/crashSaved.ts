import type { LineMatcher } from './lineMatcher';

/**
 * The line of osanalyticshelper that says where a crash report lies. Type 309 is a crash; others are hangs, memory or
 * disk reports. `pymobiledevice3 crash watch` keys on the same words.
 */
export const CRASH_SAVED_MATCHER: LineMatcher = {
  needle: 'Saved type ',
  example:
    "Saved type '309' report (2 of max 25) at /var/mobile/Library/Logs/CrashReporter/Example-2026-09-08-101134.ips",
  seenOn: 'iOS 17 to 26, macOS 26',
  recognise: (record, base) => {
    // Saved type '309(<private>)' report (2 of max 25) at /Users/me/Library/Logs/DiagnosticReports/Example-2026-01-09-122937.ips
    const match = /^Saved type '309(?:\([^)]{0,255}\))?' report .{0,255}? at (\/.{1,1024}\.(?:ips|crash))\s*$/s.exec(
      record.message,
    );
    const isHelper = record.process === 'osanalyticshelper' || record.process === 'ReportCrash';
    return match?.[1] === undefined || !isHelper ? undefined : { ...base, kind: 'crash.saved', path: match[1] };
  },
};
