/** Files of app folders in the shapes that Xcode, React Native, Flutter and Expo make. */

export function plist(entries: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>${entries}</dict></plist>
`;
}

const backgroundModes = (...modes: readonly string[]): string =>
  `<key>UIBackgroundModes</key><array>${modes.map((mode) => `<string>${mode}</string>`).join('')}</array>`;

const entitlements = (environment: string): string =>
  plist(`<key>aps-environment</key><string>${environment}</string>`);

export type Settings = Readonly<Record<string, string | readonly string[]>>;

/** A `project.pbxproj` with one app target, one extension and one test target. */
export function project(
  target: string,
  configurations: Readonly<Record<string, Settings>>,
  shared: Settings = {},
): string {
  const names = Object.keys(configurations);
  const lists = (['PROJECT', 'APP', 'EXTENSION'] as const).map(
    (owner) => `${owner}LIST /* Build configuration list */ = {
      isa = XCConfigurationList;
      buildConfigurations = (${names.map((name) => `${owner}${name} /* ${name} */,`).join(' ')});
      defaultConfigurationName = Release;
    };`,
  );
  const settings = names.flatMap((name) => [
    configuration(`PROJECT${name}`, name, { SDKROOT: 'iphoneos', ...shared }),
    configuration(`APP${name}`, name, configurations[name] ?? {}),
    configuration(`EXTENSION${name}`, name, {
      PRODUCT_BUNDLE_IDENTIFIER: 'com.example.extension',
      INFOPLIST_FILE: 'Extension/Info.plist',
    }),
  ]);
  return `// !$*UTF8*$!
{
  archiveVersion = 1;
  objectVersion = 56;
  objects = {
/* Begin PBXNativeTarget section */
    APP /* ${target} */ = {
      isa = PBXNativeTarget;
      buildConfigurationList = APPLIST /* Build configuration list for PBXNativeTarget "${target}" */;
      buildPhases = ( );
      name = ${target};
      productType = "com.apple.product-type.application";
    };
    EXTENSION = {
      isa = PBXNativeTarget;
      buildConfigurationList = EXTENSIONLIST;
      name = Extension;
      productType = "com.apple.product-type.app-extension";
    };
/* End PBXNativeTarget section */
    ROOT = { isa = PBXProject; buildConfigurationList = PROJECTLIST; targets = (APP, EXTENSION, ); };
    ${[...lists, ...settings].join('\n    ')}
  };
  rootObject = ROOT /* Project object */;
}
`;
}

function configuration(id: string, name: string, settings: Settings): string {
  const lines = Object.entries(settings).map(([key, value]) =>
    typeof value === 'string' ? `${key} = "${value}";` : `${key} = (${value.map((item) => `"${item}",`).join(' ')});`,
  );
  return `${id} /* ${name} */ = { isa = XCBuildConfiguration; buildSettings = { ${lines.join(' ')} }; name = ${name}; };`;
}

const EXTENSION = plist('<key>NSExtension</key><dict/><key>CFBundlePackageType</key><string>XPC!</string>');

/** As Xcode makes them for Swift: a generated Info.plist with a file for the rest, environments by configuration. */
export const swiftApp = {
  'Example.xcodeproj/project.pbxproj': project(
    'Example',
    {
      Debug: { PRODUCT_BUNDLE_IDENTIFIER: '$(ID_PREFIX).debug', CODE_SIGN_ENTITLEMENTS: 'Example/Debug.entitlements' },
      Release: {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: build settings write variables like this, too.
        PRODUCT_BUNDLE_IDENTIFIER: '${ID_PREFIX}',
        CODE_SIGN_ENTITLEMENTS: '$(SRCROOT)/$(TARGET_NAME)/Release.entitlements',
      },
    },
    { INFOPLIST_FILE: 'Example/Info.plist', ID_PREFIX: 'com.example.app' },
  ),
  'Example/Info.plist': plist(backgroundModes('audio', 'voip')),
  'Example/Debug.entitlements': entitlements('development'),
  'Example/Release.entitlements': entitlements('production'),
  'Extension/Info.plist': EXTENSION,
  'Pods/Other/Info.plist': plist('<key>CFBundleIdentifier</key><string>org.pods.other</string>'),
  'Pods/Pods.xcodeproj/project.pbxproj': 'not a project',
} as const;

/** As the React Native template makes them: no capabilities. */
export const reactNativeApp = {
  'package.json': '{"dependencies":{"react":"19.0.0","react-native":"0.80.0"}}',
  'app.json': '{"name":"Example","displayName":"Example"}',
  'ios/Example.xcodeproj/project.pbxproj': project('Example', {
    Debug: {
      PRODUCT_NAME: 'Example App',
      PRODUCT_BUNDLE_IDENTIFIER: 'org.reactjs.native.example.$(PRODUCT_NAME:rfc1034identifier)',
      INFOPLIST_FILE: 'Example/Info.plist',
    },
  }),
  'ios/Example/Info.plist': plist('<key>CFBundleIdentifier</key><string>$(PRODUCT_BUNDLE_IDENTIFIER)</string>'),
  'node_modules/react-native/Info.plist': plist(backgroundModes('voip')),
  'ios/Pods/Info.plist': plist(backgroundModes('voip')),
} as const;

/** As `flutter create` makes them, with the capabilities added. */
export const flutterApp = {
  'pubspec.yaml': 'name: example\n',
  'ios/Runner.xcodeproj/project.pbxproj': project('Runner', {
    Debug: {
      PRODUCT_BUNDLE_IDENTIFIER: 'com.example.runner',
      INFOPLIST_FILE: 'Runner/Info.plist',
      CODE_SIGN_ENTITLEMENTS: 'Runner/Runner.entitlements',
    },
    Profile: { PRODUCT_BUNDLE_IDENTIFIER: 'com.example.runner', INFOPLIST_FILE: 'Runner/Info.plist' },
  }),
  'ios/Runner/Info.plist': plist(backgroundModes('voip', 'remote-notification')),
  'ios/Runner/Runner.entitlements': entitlements('development'),
  'build/ios/Runner.app/Info.plist': plist(''),
} as const;

/** As Expo reads them, before `expo prebuild`. */
export const expoApp = (ios: unknown, plugins: readonly string[] = []) =>
  ({
    'package.json': '{"dependencies":{"expo":"54.0.0","react-native":"0.81.0"}}',
    'app.json': JSON.stringify({ expo: { name: 'Example', plugins, ios } }),
  }) as const;

const GROUPS = `MAIN = { isa = PBXGroup; children = (CONFIG); sourceTree = "<group>"; };
    CONFIG = { isa = PBXGroup; children = (DEBUGFILE, RELEASEFILE); path = Config; sourceTree = "<group>"; };
    DEBUGFILE = { isa = PBXFileReference; path = Debug.xcconfig; sourceTree = "<group>"; };
    RELEASEFILE = { isa = PBXFileReference; path = Config/Release.xcconfig; sourceTree = SOURCE_ROOT; };
    ROOT =`;

/** As teams keep them: the build settings in files of their own, some shared, and none in the project. */
export const xcconfigApp = {
  'ios/App.xcodeproj/project.pbxproj': project('App', { Debug: {}, Release: {} })
    .replace('ROOT =', GROUPS)
    .replace('APPDebug /* Debug */ = {', '$& baseConfigurationReference = DEBUGFILE;')
    .replace('APPRelease /* Release */ = {', '$& baseConfigurationReference = RELEASEFILE;'),
  'ios/Config/Base.xcconfig':
    'PRODUCT_BUNDLE_IDENTIFIER = com.example.app$(ID_SUFFIX) // the id\nINFOPLIST_FILE = App/Info.plist\n',
  'ios/Config/Debug.xcconfig':
    '#include "Base.xcconfig"\n#include? "../Pods/App.debug.xcconfig"\nID_SUFFIX = .debug\nCODE_SIGN_ENTITLEMENTS = App/App.entitlements\n',
  'ios/Config/Release.xcconfig':
    '#include "Base.xcconfig"\nID_SUFFIX =\nPRODUCT_BUNDLE_IDENTIFIER = com.example.app\nCODE_SIGN_ENTITLEMENTS[sdk=iphoneos*] = App/App.entitlements\n',
  'ios/App/Info.plist': plist(backgroundModes('voip')),
  'ios/App/App.entitlements': entitlements('development'),
} as const;
