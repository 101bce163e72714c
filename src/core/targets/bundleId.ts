const VOIP_SUFFIX = '.voip';
/** com.example.app: letters, digits and hyphens, with dots between them. */
const BUNDLE_ID = /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

/** The bundle id without spaces around it and without `.voip`, however often it was added. */
export function normalizeBundleId(text: string): string {
  let bundleId = text.trim();
  while (bundleId.endsWith(VOIP_SUFFIX)) bundleId = bundleId.slice(0, -VOIP_SUFFIX.length);
  return bundleId;
}

/**
 * Why a text is no bundle id, with or without `.voip`, in one sentence; `undefined` when it is one.
 * https://developer.apple.com/documentation/bundleresources/information-property-list/cfbundleidentifier
 */
export function checkBundleId(text: string): string | undefined {
  const bundleId = normalizeBundleId(text);
  if (bundleId === '') return 'Enter the bundle id of the app, for example com.example.app.';
  if (BUNDLE_ID.test(bundleId)) return undefined;
  if (bundleId.includes('*')) return 'A wildcard is no bundle id. Enter the whole one, for example com.example.app.';
  if (!bundleId.includes('.'))
    return 'A bundle id has dots in it, for example com.example.app. Xcode shows it under Signing.';
  if (/[^A-Za-z0-9.-]/.test(bundleId)) return 'A bundle id has only letters, digits, hyphens and dots.';
  return 'A bundle id has something between all of its dots, and before and after them.';
}
