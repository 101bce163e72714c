import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type DoctorIdentity, redactChecks, redactText } from '../../../src/core/doctor/redactChecks';
import { fc } from '../../propertyRuns';

const mac: DoctorIdentity = { homeFolder: '/Users/ann.b', userName: 'ann.b', hostName: 'anns-mac.local' };
const windows: DoctorIdentity = { homeFolder: 'C:\\Users\\Ann Bee\\', userName: 'Ann Bee', hostName: 'DESKTOP-7' };
const container: DoctorIdentity = { homeFolder: '/', userName: 'node', hostName: 'localhost' };
const token = 'b'.repeat(64);

const cases: readonly (readonly [identity: DoctorIdentity, text: string, redacted: string])[] = [
  [mac, '/Users/ann.b/App and /Users/ann.b', '~/App and ~'],
  [mac, '/Users/ann.bx/App and /Users/bob/App', '/Users/<user>/App and /Users/<user>/App'],
  [mac, '/Users/Shared/Xcode.app', '/Users/Shared/Xcode.app'],
  [mac, '/home/bob/x, D:\\Users\\bob\\x', '/home/<user>/x, D:\\Users\\<user>\\x'],
  [mac, 'ann.b at ANNS-MAC.local, anns-mac, banns-mac', '<user> at <host>, <host>, banns-mac'],
  [windows, 'c:\\users\\ann bee\\App by Ann Bee on desktop-7', '~\\App by <user> on <host>'],
  [container, '/usr/bin/node on localhost', '/usr/bin/node on localhost'],
  [mac, 'AuthKey_ABCDEFGHIJ.p8', 'AuthKey_ABC….p8'],
  [mac, 'Key id ABCDEFGHIJ of team "ABCDEFGHIJ"', 'Key id ABC… of team "ABC…"'],
  [mac, 'A1B2C3D4E5.com.example.app', 'A1B….com.example.app'],
  [mac, 'key validation, PRODUCTION, 1234567890, ABCDEFGHIJK1', 'key validation, PRODUCTION, 1234567890, ABCDEFGHIJK1'],
  [mac, '00008110-001A2B3C4D5E6F70', '00008110…'],
  [mac, 'c'.repeat(40), 'cccccccc…'],
  [mac, token, 'bbbbbbbb…'],
  [mac, `bearer eyJhbGciOiJFUzI1NiJ9.${'p'.repeat(9)}.s_-g`, 'bearer <provider token>'],
  [mac, 'x -----BEGIN PRIVATE KEY-----\nMIGT\n-----END PRIVATE KEY----- y', 'x <private key> y'],
  [mac, 'x -----BEGIN EC PRIVATE KEY-----\nMIGT', 'x <private key>'],
];

describe('redactText', () => {
  for (const [identity, text, redacted] of cases) {
    it(`${JSON.stringify(text.slice(0, 60))}`, () => assert.equal(redactText(text, identity), redacted));
  }

  it('lets no home folder through, whatever is in its name', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 3 }), fc.string(), (name, rest) => {
        fc.pre(!/[\\/]/.test(name));
        const homeFolder = `/srv/${name}`;
        const identity = { homeFolder, userName: '', hostName: '' };
        assert.ok(
          redactText(`${homeFolder}/${rest}`, identity).startsWith('~/') ||
            /^[^~]*(?:…|<)/.test(redactText(homeFolder, identity)),
        );
      }),
    ));
});

describe('redactChecks', () => {
  it('redacts titles, findings and fixes, and keeps the rest', () => {
    const check = {
      id: 'x',
      title: 'ann.b',
      verdict: 'ok',
      found: '/Users/ann.b/x',
      fix: 'ann.b',
      link: 'https://example.com/ann.b',
    } as const;
    assert.deepEqual(redactChecks([check], mac), [{ ...check, title: '<user>', found: '~/x', fix: '<user>' }]);
  });
});
