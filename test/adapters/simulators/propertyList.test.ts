import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseOldStylePropertyList } from '../../../src/adapters/simulators/oldStylePropertyList';
import { readAppList } from '../../../src/core/simulators/appList';
import { fc } from '../../propertyRuns';

const apps = (text: string): readonly string[] | undefined =>
  readAppList(parseOldStylePropertyList(text))?.map(({ bundleId, name }) => `${bundleId} ${name}`);

const CASES: readonly (readonly [name: string, text: string, expected: readonly string[] | undefined])[] = [
  [
    'system apps are left out, and names are read with their escapes',
    String.raw`{
    "com.apple.mobilecal" =     {
        ApplicationType = System;
        CFBundleDisplayName = Calendar;
        GroupContainers =         {
            "group.com.apple.calendar" = "file:///private/var/tmp/";
        };
        SBAppTags =         (
            one,
            "two three"
        );
    };
    "com.example.one" =     {
        ApplicationType = User;
        CFBundleDisplayName = "\U4f8b\U5b50 \"One\" \\U4f8b \Ud83d\Ude00";
        CFBundleExecutable = One;
        CFBundleIdentifier = "com.example.one";
        CFBundleVersion = 12;
        Path = "/Users/somebody/One.app";
    };
}`,
    ['com.example.one 例子 "One" \\U4f8b 😀'],
  ],
  [
    'bytes and dates as Foundation describes them',
    `{ "b.c" = { ApplicationType = User; CFBundleName = "B; {length = 2, bytes = 0x00}"; Blob = {length = 12, bytes = 0x62706c69 73743030 ... 00000000 }; Old = <0102>; When = "2026-01-01 00:00:00 +0000"; }; a_b = { ApplicationType = User; }; }`,
    ['a_b a_b', 'b.c B; {length = 2, bytes = 0x00}'],
  ],
  [
    'without a type, Apple’s are the system’s',
    '{ "com.apple.x" = {}; "com.example.y" = {}; }',
    ['com.example.y com.example.y'],
  ],
  ['no apps', '{\n}\n', []],
  ['what is no app is passed over', '{ a = (); b = text; }', ['a a']],
  ['no list', '( a, b )', undefined],
];

describe('the apps in an old-style property list', () => {
  for (const [name, text, expected] of CASES) it(name, () => assert.deepEqual(apps(text), expected));

  it('any text survives the way through it', () => {
    // As Foundation prints: quotes and backslashes escaped, everything beyond ASCII as \U and four digits.
    const quoted = (text: string): string =>
      `"${text.replace(/["\\]/g, '\\$&').replace(/[^\x20-\x7e]/gu, (character) =>
        character
          .split('')
          .map((unit) => `\\U${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join(''),
      )}"`;
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        fc.pre(name.trim() !== '');
        assert.deepEqual(apps(`{ "a.b" = { ApplicationType = User; CFBundleName = ${quoted(name)}; }; }`), [
          `a.b ${name}`,
        ]);
      }),
    );
  });

  it('anything else is an error that can be caught, or a value', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}()<>"=;,\\U0a /*\n') }), (text) => {
        try {
          readAppList(parseOldStylePropertyList(text));
        } catch (error) {
          assert.ok(error instanceof Error);
        }
      }),
    );
  });
});
