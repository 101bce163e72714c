import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AppConfiguration, AppFacts } from '../../../src/core/doctor/appFacts';
import { judgeApp } from '../../../src/core/doctor/judgeApp';

const none: AppFacts = { kind: 'Xcode', projects: [], targets: [], infoPlists: [], entitlements: [], unread: [] };
const debug: AppConfiguration = { name: 'Debug', backgroundModes: [] };

const withTargets = (
  ...configurations: readonly (readonly [target: string, more: Partial<AppConfiguration>])[]
): AppFacts => ({
  ...none,
  projects: ['A.xcodeproj'],
  targets: configurations.map(([name, more]) => ({ name, configurations: [{ ...debug, ...more }] })),
  infoPlists: [
    { path: 'Has.plist', backgroundModes: ['voip'] },
    { path: 'Lacks.plist', backgroundModes: ['audio'] },
  ],
  entitlements: [{ path: 'Has.entitlements', apsEnvironment: '$(APS_ENVIRONMENT)' }, { path: 'Lacks.entitlements' }],
});

const cases: readonly (readonly [what: string, facts: AppFacts, id: string, expected: string])[] = [
  [
    'one of two apps',
    withTargets(['A', { infoPlist: 'Has.plist' }], ['B', { infoPlist: 'Lacks.plist' }]),
    'app-background-mode',
    'warning: Has voip: A (Debug). No voip: B (Debug).',
  ],
  [
    'an Info.plist that is not there',
    withTargets(['A', { infoPlist: 'Gone.plist' }]),
    'app-background-mode',
    'not-checked: The Info.plist of A (Debug) is not known here: a build setting names it, or the file is missing.',
  ],
  [
    'an entitlement from a build setting',
    withTargets(['A', { entitlements: 'Has.entitlements' }]),
    'app-entitlement',
    'ok: A (Debug): $(APS_ENVIRONMENT).',
  ],
  [
    'an entitlements file without it',
    withTargets(['A', { entitlements: 'Lacks.entitlements' }]),
    'app-entitlement',
    'problem: A (Debug): no aps-environment in Lacks.entitlements.',
  ],
  [
    'an entitlements file that is not there',
    withTargets(['A', { entitlements: '$(X)/A.entitlements' }]),
    'app-entitlement',
    'not-checked: A (Debug): $(X)/A.entitlements could not be read.',
  ],
  [
    'a bundle id with variables',
    withTargets(['A', { bundleId: '$(X).app' }]),
    'app-bundle-id',
    'not-checked: $(X).app: its variables are set elsewhere.',
  ],
  [
    'the known one of several bundle ids',
    withTargets(['A', { bundleId: '$(X).app' }], ['B', { bundleId: 'com.example.b' }]),
    'app-bundle-id',
    'ok: com.example.b (topic com.example.b.voip).',
  ],
  [
    'files without a project',
    { ...none, infoPlists: [{ path: 'App/Info.plist', backgroundModes: [] }] },
    'app-background-mode',
    'problem: No voip in App/Info.plist.',
  ],
  [
    'no entitlements at all',
    { ...none, infoPlists: [{ path: 'App/Info.plist', backgroundModes: [] }] },
    'app-entitlement',
    'problem: There is no *.entitlements file in this folder.',
  ],
  [
    'an entitlements file alone',
    { ...none, entitlements: [{ path: 'A.entitlements', apsEnvironment: 'development' }] },
    'app-background-mode',
    'not-checked: There is no Info.plist of an app in this folder.',
  ],
];

describe('judgeApp', () => {
  for (const [what, facts, id, expected] of cases) {
    it(`${id} of ${what}`, () => {
      const check = judgeApp(facts).find((candidate) => candidate.id === id);
      assert.equal(`${check?.verdict}: ${check?.found}`, expected);
      assert.equal(check?.fix === undefined, check?.verdict === 'ok' || what === 'an entitlements file alone');
    });
  }
});
