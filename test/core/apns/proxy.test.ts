import assert from 'node:assert/strict';
import { it } from 'node:test';
import { proxyFor } from '../../../src/core/apns/proxy';

const APPLE = 'https://api.push.apple.com';
const CASES: readonly (readonly [origin: string, noProxy: readonly string[], isUsed: boolean])[] = [
  [APPLE, [], true],
  [`${APPLE}:2197`, [], true],
  [APPLE, ['example.com', 'notapple.com', ''], true],
  [APPLE, ['apple.com'], false],
  [APPLE, ['*.push.apple.com'], false],
  [APPLE, [' .Apple.com '], false],
  [APPLE, ['*'], false],
  ['https://127.0.0.1:2197', [], false],
  ['https://localhost:2197', [], false],
  ['https://[::1]:2197', [], false],
  ['https://[2001:db8::1]:2197', [], true],
];

for (const [origin, noProxy, isUsed] of CASES) {
  it(`${origin} without [${noProxy}] goes ${isUsed ? 'through the proxy' : 'straight'}`, () => {
    const proxy = 'http://proxy.example.com:3128';
    assert.equal(proxyFor(origin, { proxy, noProxy }), isUsed ? proxy : undefined);
    assert.equal(proxyFor(origin, { proxy: '', noProxy }), undefined);
  });
}
