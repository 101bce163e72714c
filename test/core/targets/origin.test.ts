import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkOrigin, isApplesApns } from '../../../src/core/targets/origin';

describe('the address of an APNs', () => {
  it('is an https address only', () => {
    assert.equal(checkOrigin(''), undefined);
    assert.equal(checkOrigin('https://apns.example.com'), undefined);
    for (const wrong of ['http://a.example', 'https://u:p@a.example', 'https://a.example/path', 'apns']) {
      assert.match(String(checkOrigin(wrong)), /https/);
    }
  });

  const addresses: readonly (readonly [origin: string, isAddress: boolean, isApples: boolean])[] = [
    ['https://api.sandbox.push.apple.com', true, true],
    ['https://api.push.apple.com:2197', true, true],
    ['https://API.push.apple.com:443/', true, true],
    ['https://127.0.0.1:2197', true, false],
    ['https://[::1]:2197/', true, false],
    ['https://api.push.apple.com.example.com', true, false],
    ['https://localhost', true, false],
    ['https://localhost:0', false, false],
    ['https://localhost:70000', false, false],
    ['https://', false, false],
    ['https://a.example?x', false, false],
    ['https://a b', false, false],
    ['foo', false, false],
  ];
  for (const [origin, isAddress, isApples] of addresses) {
    it(origin, () => {
      assert.deepEqual([checkOrigin(origin) === undefined, isApplesApns(origin)], [isAddress, isApples]);
    });
  }
});
