import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expandSetting, hasVariable, xcodeAppTargets } from '../../../src/core/doctor/xcodeProject';
import { fc } from '../../propertyRuns';

describe('expandSetting', () => {
  const settings = {
    TARGET_NAME: 'My App',
    PRODUCT_NAME: '$(TARGET_NAME)',
    ID: 'com.example.$(PRODUCT_NAME:rfc1034identifier)',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: build settings write variables like this, too.
    FILE: '${SRCROOT}/$(TARGET_NAME)/Info.plist',
    LIST: ['$(inherited)', 'audio', 'voip'],
    LOOP: 'x$(LOOP)',
    UNKNOWN: '$(PREFIX).app',
    EMPTY: '$(inherited)',
  };
  const cases: readonly (readonly [name: keyof typeof settings | 'ABSENT', expected: string | undefined])[] = [
    ['ID', 'com.example.My-App'],
    ['FILE', './My App/Info.plist'],
    ['LIST', 'audio voip'],
    ['UNKNOWN', '$(PREFIX).app'],
    ['EMPTY', undefined],
    ['ABSENT', undefined],
  ];
  for (const [name, expected] of cases) {
    it(`${name} is ${expected}`, () => assert.equal(expandSetting(settings, name), expected));
  }

  it('ends with settings that name themselves', () => {
    assert.ok(hasVariable(expandSetting(settings, 'LOOP') ?? ''));
  });
});

describe('xcodeAppTargets', () => {
  it('lets the settings of the target win over those of the project', () => {
    const [target] = xcodeAppTargets({
      objects: {
        P: { isa: 'PBXProject', buildConfigurationList: 'PL' },
        PL: { buildConfigurations: ['PD', 'PR'] },
        PD: { name: 'Debug', buildSettings: { A: 'project', B: 'project' } },
        PR: { name: 'Release', buildSettings: { A: 'release' } },
        T: {
          isa: 'PBXNativeTarget',
          productType: 'com.apple.product-type.application',
          name: 'T',
          buildConfigurationList: 'TL',
        },
        TL: { buildConfigurations: ['TD', 'GONE'] },
        TD: { name: 'Debug', buildSettings: { A: 'target' } },
        W: { isa: 'PBXNativeTarget', productType: 'com.apple.product-type.application.watchapp2', name: 'W' },
      },
    });
    assert.deepEqual(target, {
      name: 'T',
      configurations: [
        { name: 'Debug', settings: { TARGET_NAME: 'T', CONFIGURATION: 'Debug', A: 'target', B: 'project' } },
      ],
    });
  });

  it('takes anything', () =>
    fc.assert(
      fc.property(fc.anything(), (value) => assert.ok(Array.isArray(xcodeAppTargets({ objects: { x: value } })))),
    ));

  it('gives none for what is no project', () => {
    for (const value of [undefined, null, 'x', [], {}, { objects: 1 }]) assert.deepEqual(xcodeAppTargets(value), []);
  });
});
