import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainPart } from '../../../src/core/log/literalNeedle';

describe('the plain part of a text', () => {
  for (const [text, part] of [
    ['voip-push 1 ', 'voip-push 1 '],
    ['Added application: <SBApplicationInfo', 'Added application: '],
    ['a "quoted" word', 'quoted'],
    ['Größe', ''],
    ['<>', ''],
    ['', ''],
  ] as const) {
    it(`of ${JSON.stringify(text)}: ${JSON.stringify(part)}`, () => assert.equal(plainPart(text), part));
  }
});
