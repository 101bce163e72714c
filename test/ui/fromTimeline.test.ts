import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFromTimeline } from '../../src/ui/fromTimeline';
import { fc } from '../propertyRuns';

describe('messages of the timeline', () => {
  const good: readonly unknown[] = [
    { type: 'ready' },
    { type: 'requestDetail', requestId: 3, deliveryId: 'a' },
    { type: 'command', command: 'send' },
    { type: 'command', command: 'sendAgain', deliveryId: 'a' },
    { type: 'openPayload', deliveryId: 'a' },
    { type: 'openLink', url: 'https://developer.apple.com' },
    { type: 'copy', text: 'x', what: 'Explanation' },
    { type: 'drop', uris: ['file:///a.ips'], files: [] },
    {
      type: 'drop',
      uris: [],
      files: [
        { name: 'a.ips', text: '' },
        { name: 'b', problem: 'too-large' },
      ],
    },
  ];
  for (const message of good) {
    it(`takes ${JSON.stringify(message)}`, () => assert.deepEqual(readFromTimeline(message), message));
  }

  const bad: readonly unknown[] = [
    undefined,
    null,
    'ready',
    [],
    {},
    { type: 'toString' },
    { type: '__proto__' },
    { type: 'requestDetail', requestId: '3', deliveryId: 'a' },
    { type: 'requestDetail', requestId: Number.NaN, deliveryId: 'a' },
    { type: 'command', command: 'constructor' },
    { type: 'command', command: 'send', deliveryId: 3 },
    { type: 'openLink', url: ['https://developer.apple.com'] },
    { type: 'copy', text: 'x' },
    { type: 'drop', uris: ['file:///a.ips'] },
    { type: 'drop', uris: [3], files: [] },
    { type: 'drop', uris: ['x'.repeat(40_000)], files: [] },
    { type: 'drop', uris: [], files: [{ name: 'a.ips' }] },
    { type: 'drop', uris: [], files: [{ name: '', text: 'x' }] },
    { type: 'drop', uris: [], files: [{ name: 'a', problem: 'other' }] },
    { type: 'drop', uris: Array.from({ length: 51 }, () => 'file:///a'), files: [] },
  ];
  for (const message of bad) {
    it(`refuses ${JSON.stringify(message)}`, () => assert.equal(readFromTimeline(message), undefined));
  }

  it('drops what is not part of a message', () => {
    assert.deepEqual(readFromTimeline({ type: 'ready', html: '<script>' }), { type: 'ready' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom('requestDetail', 'command', 'copy', 'drop', 'x'), (value, type) => {
        readFromTimeline(value);
        readFromTimeline({ type, requestId: value, deliveryId: value, command: value, text: value, what: value });
        readFromTimeline({ type, uris: value, files: value });
        readFromTimeline({ type, uris: [value], files: [value] });
      }),
    );
  });
});
