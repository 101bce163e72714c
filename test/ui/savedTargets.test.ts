import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSavedTargets, tokenKey } from '../../src/ui/savedTargets';

const GOOD = {
  name: 'My iPhone',
  bundleId: 'com.example.app.voip',
  deviceToken: 'A1B2C3D4',
  environment: 'sandbox',
  credentials: 'Key',
};

describe('saved targets', () => {
  it('are read, with what people write differently made the same', () => {
    assert.deepEqual(readSavedTargets([{ ...GOOD, origin: 'https://127.0.0.1:2197', ca: 'ca.pem' }]), {
      targets: [
        {
          ...GOOD,
          bundleId: 'com.example.app',
          deviceToken: 'a1b2c3d4',
          origin: 'https://127.0.0.1:2197',
          ca: 'ca.pem',
        },
      ],
      problems: [],
    });
  });

  const WRONG: readonly (readonly [what: unknown, why: RegExp])[] = [
    ['text', /must be an object/],
    [{ ...GOOD, name: ' ' }, /has no name/],
    [{ ...GOOD, bundleId: 'app' }, /bundle id/],
    [{ ...GOOD, deviceToken: 'a1b2' }, /first 8 digits/],
    [{ ...GOOD, deviceToken: 'ab'.repeat(32) }, /is a secret/],
    [{ ...GOOD, environment: 'both' }, /sandbox or production/],
    [{ ...GOOD, credentials: 1 }, /credentials/],
    [{ ...GOOD, origin: 'http://127.0.0.1' }, /origin/],
    [{ ...GOOD, ca: '' }, /ca\b/],
  ];
  for (const [entry, why] of WRONG) {
    it(`leaves out what ${why.source}, keeps the others, and repeats no token`, () => {
      const { targets, problems } = readSavedTargets([entry, GOOD]);
      assert.deepEqual(
        targets.map(({ name }) => name),
        ['My iPhone'],
      );
      assert.equal(problems.length, 1);
      assert.match(String(problems[0]), why);
      assert.ok(!String(problems[0]).includes('abababab'));
    });
  }

  it('have names of their own', () => {
    const { targets, problems } = readSavedTargets([GOOD, { ...GOOD, environment: 'production' }]);
    assert.equal(targets.length, 1);
    assert.match(String(problems[0]), /target 2 has a name that is taken/);
  });

  it('name the place of a token without naming the token', () => {
    const key = tokenKey({ bundleId: 'com.example.app', deviceToken: 'a1b2c3d4'.repeat(8) });
    assert.equal(key, 'voipPush.deviceToken/com.example.app/a1b2c3d4');
  });
});
