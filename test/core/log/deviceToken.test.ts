import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VoipEvent } from '../../../src/core/events/event';
import { createLogReader, type DeviceTokenSeen } from '../../../src/core/log/logReader';
import { encodeEvent } from '../../../src/core/recording/recordingFormat';
import { buildTimeline } from '../../../src/core/timeline/timeline';
import { ndjsonLine } from '../logLines';

const AT = Date.UTC(2026, 8, 8, 8, 11, 34) * 1000;
const TOKEN = '0123abcd'.repeat(8);
const SIMULATOR_TOKEN = '89abcdef'.repeat(20);

function readToken(json: string): { event: VoipEvent | undefined; tokens: DeviceTokenSeen[] } {
  const tokens: DeviceTokenSeen[] = [];
  const reader = createLogReader({ source: 'test', onToken: (token) => tokens.push(token) });
  const line = ndjsonLine(AT, {
    processImagePath: '/x/Example.app/Example',
    processID: 7,
    subsystem: 'com.example.app',
    eventMessage: `voip-push 1 ${json}`,
  });
  return { event: reader.read(line).find(({ kind }) => kind !== 'source.started'), tokens };
}

describe('the token line of the probe', () => {
  it('gives a shortened token in the event and the whole one to the callback', () => {
    const { event, tokens } = readToken(
      `{"app":"com.example.app","e":"token","environment":"sandbox","token":"${TOKEN.toUpperCase()}"}`,
    );
    assert.ok(event?.kind === 'push.token');
    assert.deepEqual(
      [event.deviceToken, event.environment, event.bundleId],
      ['0123abcd…', 'sandbox', 'com.example.app'],
    );
    assert.deepEqual(tokens, [{ deviceToken: TOKEN, bundleId: 'com.example.app', environment: 'sandbox' }]);
    assert.doesNotMatch(JSON.stringify(event).toLowerCase(), new RegExp(TOKEN));
    assert.doesNotMatch(encodeEvent({ ...event, deviceToken: TOKEN }), new RegExp(TOKEN));
  });

  it('takes a simulator’s longer token, and an environment that is not said', () => {
    const { tokens } = readToken(`{"e":"token","token":"${SIMULATOR_TOKEN}","environment":"moon"}`);
    assert.deepEqual(tokens, [{ deviceToken: SIMULATOR_TOKEN, bundleId: 'com.example.app' }]);
  });

  for (const json of ['{"e":"token"}', '{"e":"token","token":"abc"}', '{"e":"token","token":"<private>"}']) {
    it(`gives nothing for ${json}`, () => assert.deepEqual(readToken(json), { event: undefined, tokens: [] }));
  }

  it('is no delivery', () => {
    const { event } = readToken(`{"e":"token","token":"${TOKEN}"}`);
    assert.ok(event);
    assert.deepEqual(buildTimeline([event]).deliveries, []);
  });
});
