import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { joinPath, overlaySettings, parseXcconfig, xcconfigSettings } from '../../../src/core/doctor/xcconfig';
import { fc } from '../../propertyRuns';

describe('xcconfigSettings', () => {
  const files = (texts: Readonly<Record<string, string>>) =>
    new Map(Object.entries(texts).map(([path, text]) => [path, parseXcconfig(text)]));
  const cases: readonly (readonly [what: string, texts: Readonly<Record<string, string>>, expected: object])[] = [
    ['settings', { 'a.xcconfig': 'A = x y\r\n B=z;\n' }, { A: 'x y', B: 'z' }],
    ['comments', { 'a.xcconfig': '// A = 0\nA = x // why\nnonsense\n= 1' }, { A: 'x' }],
    ['the last one', { 'a.xcconfig': 'A = x\nA = y' }, { A: 'y' }],
    [
      'what a value inherits',
      { 'a.xcconfig': 'A = x\nA = $(inherited) y\nB = $(inherited) z' },
      { A: 'x y', B: '$(inherited) z' },
    ],
    [
      'files beside it, wherever they are included',
      {
        'a.xcconfig': '#include "Flutter/b.xcconfig"\nA = own\n#include? "gone.xcconfig"',
        'Flutter/b.xcconfig': '#include "../c.xcconfig"\nA = b\nB = b',
        'c.xcconfig': 'C = c',
      },
      { A: 'own', B: 'b', C: 'c' },
    ],
    ['no file twice in a circle', { 'a.xcconfig': '#include "a.xcconfig"\nA = x' }, { A: 'x' }],
    [
      'only what is meant for this build',
      {
        'a.xcconfig': [
          'A = x',
          'A[sdk=iphonesimulator*] = simulator',
          'B[sdk=iphoneos*][config=Debug] = debug',
          'C[config=Rel*] = release',
          'D[sdk=iphoneos26.4] = device',
          'E[sdk=*] = any',
          'F[arch=arm64] = arm',
        ].join('\n'),
      },
      { A: 'x', B: 'debug', D: 'device', E: 'any', F: 'arm' },
    ],
    ['nothing of a file that is not there', {}, {}],
  ];
  for (const [what, texts, expected] of cases) {
    it(`gives ${what}`, () => assert.deepEqual(xcconfigSettings(files(texts), 'a.xcconfig', 'Debug'), expected));
  }

  it('takes any text', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'A=[]sdk*#include"$( )/\n') }), (text) => {
        xcconfigSettings(files({ 'a.xcconfig': text }), 'a.xcconfig', 'Debug');
      }),
    ));
});

it('overlaySettings lets the upper settings win, and inherit', () => {
  assert.deepEqual(overlaySettings({ A: 'a', B: 'b', C: 'c' }, { A: '$(inherited) x', B: 'y', D: ['$(inherited)'] }), {
    A: 'a x',
    B: 'y',
    C: 'c',
    D: ['$(inherited)'],
  });
});

for (const [parts, expected] of [
  [['ios/Flutter/..', 'Base.xcconfig'], 'ios/Base.xcconfig'],
  [['', './a'], 'a'],
  [['..', '../a'], '../../a'],
  [['a/b', '../../../c'], '../c'],
] as const) {
  it(`joinPath(${parts.join()}) is ${expected}`, () => assert.equal(joinPath(...parts), expected));
}
