import { findBundleId, type LineMatcher } from './lineMatcher';

/** SpringBoard's line about an app that was installed, subsystem `com.apple.frontboard.ApplicationLibrary`. */
export const APP_INSTALLED_MATCHER: LineMatcher = {
  needle: 'Added application: <SBApplicationInfo',
  example: 'Added application: <SBApplicationInfo: 0x1085eb900; com.example.app (Example)>',
  seenOn: 'iOS 26 simulators (2026)',
  recognise: (record, base) => {
    // Added application: <SBApplicationInfo: 0x1085eb900; com.example.app (Example)>
    const bundleId = findBundleId(
      /^Added application: <SBApplicationInfo: \w+; (.*)>$/s.exec(record.message)?.[1] ?? '',
    );
    return record.process === 'SpringBoard' && bundleId !== undefined
      ? { ...base, kind: 'app.installed', bundleId }
      : undefined;
  },
};
