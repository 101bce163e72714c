import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkApp } from '../../../src/adapters/doctor/appCheck';
import { expoApp, flutterApp, plist, project, reactNativeApp, swiftApp, xcconfigApp } from './appFolders';
import { inTree } from './standIns';

const never = new AbortController().signal;

/** The checks of a folder as `verdict: found`, by id. */
async function check(
  files: Readonly<Record<string, string | Uint8Array>>,
  expected: Readonly<Record<string, string>>,
): Promise<void> {
  const checks = await inTree(files, (folder) => checkApp(folder, never));
  assert.deepEqual(Object.fromEntries(checks.map(({ id, verdict, found }) => [id, `${verdict}: ${found}`])), expected);
  for (const { verdict, fix, link, id } of checks) {
    if (verdict !== 'problem') continue;
    assert.ok(fix !== undefined, id);
    assert.match(link ?? '', /^https:/, id);
  }
}

describe('the doctor on an app', () => {
  it('is content with a Swift app that has all, by target and configuration', () =>
    check(swiftApp, {
      'app-folder': 'ok: Xcode app: Example.xcodeproj (app targets: Example).',
      'app-background-mode': 'ok: Has voip: Example (Debug), Example (Release).',
      'app-entitlement':
        'ok: Example (Debug): development (sandbox APNs); Example (Release): production (production APNs).',
      'app-bundle-id':
        'ok: com.example.app.debug (topic com.example.app.debug.voip), com.example.app (topic com.example.app.voip).',
    }));

  it('finds what a fresh React Native app lacks, and looks into no dependency', () =>
    check(reactNativeApp, {
      'app-folder': 'ok: React Native app: ios/Example.xcodeproj (app targets: Example).',
      'app-background-mode': 'problem: No voip: Example (Debug).',
      'app-entitlement': 'problem: Example (Debug) names no entitlements file in its project.',
      'app-bundle-id':
        'ok: org.reactjs.native.example.Example-App (topic org.reactjs.native.example.Example-App.voip).',
    }));

  it('warns when one configuration of a Flutter app lacks the entitlement', () =>
    check(flutterApp, {
      'app-folder': 'ok: Flutter app: ios/Runner.xcodeproj (app targets: Runner).',
      'app-background-mode': 'ok: Has voip: Runner (Debug), Runner (Profile).',
      'app-entitlement':
        'warning: Runner (Profile) names no entitlements file in its project; Runner (Debug): development (sandbox APNs).',
      'app-bundle-id': 'ok: com.example.runner (topic com.example.runner.voip).',
    }));

  it('reads the build settings in .xcconfig files, and what they include', () =>
    check(xcconfigApp, {
      'app-folder': 'ok: Xcode app: ios/App.xcodeproj (app targets: App).',
      'app-background-mode': 'ok: Has voip: App (Debug), App (Release).',
      'app-entitlement': 'ok: App (Debug): development (sandbox APNs); App (Release): development (sandbox APNs).',
      'app-bundle-id':
        'ok: com.example.app.debug (topic com.example.app.debug.voip), com.example.app (topic com.example.app.voip).',
    }));

  it('reads app.json of Expo', () =>
    check(
      expoApp({
        bundleIdentifier: 'com.example.expo',
        infoPlist: { UIBackgroundModes: ['voip'] },
        entitlements: { 'aps-environment': 'production' },
      }),
      {
        'app-folder': 'ok: Expo app: app.json.',
        'app-background-mode': 'ok: app.json has voip.',
        'app-entitlement': 'ok: app.json: production.',
        'app-bundle-id': 'ok: com.example.expo (topic com.example.expo.voip).',
      },
    ));

  it('is careful when plugins of Expo may add what app.json lacks', async () => {
    const bundle =
      'not-checked: No bundle id found. A project generator, or a file that is not in this folder, may set it.';
    await check(expoApp({}, ['expo-notifications']), {
      'app-folder': 'ok: Expo app: app.json.',
      'app-background-mode': 'warning: No voip in app.json; one of its config plugins may add it.',
      'app-entitlement': 'warning: No aps-environment in app.json; one of its config plugins may add it.',
      'app-bundle-id': bundle,
    });
    await check(expoApp(undefined), {
      'app-folder': 'ok: Expo app: app.json.',
      'app-background-mode': 'problem: No voip in app.json.',
      'app-entitlement': 'problem: No aps-environment in app.json.',
      'app-bundle-id': bundle,
    });
    await check(
      { 'app.config.ts': 'export default {}' },
      {
        'app-folder': 'ok: Expo app: app.config.ts.',
        'app-background-mode': 'not-checked: app.config.ts is code, which is not run here.',
        'app-entitlement': 'not-checked: app.config.ts is code, which is not run here.',
        'app-bundle-id': 'not-checked: No bundle id found: app.config.ts is code, which is not run here.',
      },
    );
  });

  it('takes the background mode from build settings and a doubled .voip for a mistake', () =>
    check(
      {
        'A.xcodeproj/project.pbxproj': project('A', {
          Debug: { PRODUCT_BUNDLE_IDENTIFIER: 'com.example.voip', INFOPLIST_KEY_UIBackgroundModes: ['audio', 'voip'] },
          Release: { INFOPLIST_KEY_UIBackgroundModes: 'voip', CODE_SIGN_ENTITLEMENTS: '$(UNKNOWN)/A.entitlements' },
        }),
      },
      {
        'app-folder': 'ok: Xcode app: A.xcodeproj (app targets: A).',
        'app-background-mode': 'ok: Has voip: A (Debug), A (Release).',
        'app-entitlement': 'problem: A (Debug) names no entitlements file in its project.',
        'app-bundle-id':
          'warning: com.example.voip ends with .voip, so the topic of its VoIP pushes ends with .voip.voip.',
      },
    ));

  it('reads binary property lists, and takes tests and entitlements for what they are', async () => {
    const { buildBinary } = await import('plist');
    await check(
      {
        'App/Info.plist': buildBinary({ UIBackgroundModes: ['voip'], CFBundleIdentifier: 'com.example.binary' }),
        'App/App.entitlements': plist(''),
        'Tests/Info.plist': plist('<key>CFBundlePackageType</key><string>BNDL</string>'),
      },
      {
        'app-folder': 'ok: Xcode app.',
        'app-background-mode': 'ok: App/Info.plist has voip.',
        'app-entitlement': 'problem: No aps-environment in App/App.entitlements.',
        'app-bundle-id': 'ok: com.example.binary (topic com.example.binary.voip).',
      },
    );
  });

  for (const [path, content] of [
    ['A.xcodeproj/project.pbxproj', '{ objects = ( '],
    ['App/Info.plist', '<plist><dict><key>'],
    ['App/Info.plist', 'bplist00'],
  ] as const) {
    it(`names a file that it cannot read: ${path} with ${content}`, async () => {
      const [folder] = await inTree({ [path]: content }, (tree) => checkApp(tree, never));
      assert.equal(folder?.verdict, 'warning');
      assert.ok(folder?.found.includes(`${path} cannot be read: `), folder?.found);
    });
  }

  it('says so when there is no app, no folder, or none named', async () => {
    await check(
      { 'readme.md': 'nothing', 'package.json': '{' },
      {
        'app-folder':
          'not-checked: There is no Xcode project, Info.plist, *.entitlements or Expo configuration in this folder.',
      },
    );
    assert.equal((await checkApp(undefined, never))[0]?.verdict, 'not-checked');
    const [gone] = await inTree({}, (folder) => checkApp(`${folder}/gone`, never));
    assert.equal(gone?.verdict, 'problem');
    assert.match(gone?.found ?? '', /ENOENT/);
  });

  it('stops when it is cancelled', () =>
    inTree(swiftApp, (folder) => assert.rejects(checkApp(folder, AbortSignal.abort(new Error('enough'))), /enough/)));
});
