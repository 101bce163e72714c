const PLATFORM_NAMES: Readonly<Record<string, string>> = { xrOS: 'visionOS' };

/**
 * The name of a runtime for people: `iOS 26.4` of `com.apple.CoreSimulator.SimRuntime.iOS-26-4`.
 * Names that are readable already, as very old versions of Xcode print them, and unknown shapes stay as they are.
 */
export function runtimeName(identifier: string): string {
  // com.apple.CoreSimulator.SimRuntime.iOS-26-4
  const match = /\.SimRuntime\.([A-Za-z]+)-(\d+(?:-\d+)*)$/.exec(identifier);
  const [, platform = '', version = ''] = match ?? [];
  return match === null ? identifier : `${PLATFORM_NAMES[platform] ?? platform} ${version.replaceAll('-', '.')}`;
}
