import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkOrigin, isApplesApns } from '../../../src/core/targets/origin';

describe('the address of an APNs', () => {
  const addresses: readonly (readonly [origin: string, isAddress: boolean, isApples: boolean])[] = [
    // None given: Apple's own.
    ['', true, false],
    ['https://apns.example.com', true, false],
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
    ['http://a.example', false, false],
    ['https://u:p@a.example', false, false],
    ['https://a.example/path', false, false],
    ['https://a.example?x', false, false],
    ['https://a b', false, false],
    ['apns', false, false],
  ];
  for (const [origin, isAddress, isApples] of addresses) {
    it(origin || 'none', () => {
      assert.match(checkOrigin(origin) ?? 'fine', isAddress ? /^fine$/ : /https/);
      assert.equal(isApplesApns(origin), isApples);
    });
  }
});
