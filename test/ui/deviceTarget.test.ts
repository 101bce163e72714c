import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCredentialStore } from '../../src/ui/credentialStore';
import { createDeviceTarget } from '../../src/ui/deviceTarget';
import { type SavedTarget, tokenKey } from '../../src/ui/savedTargets';

const SAVED: SavedTarget = {
  name: 'My iPhone',
  bundleId: 'com.example.app',
  deviceToken: 'a1b2c3d4',
  environment: 'sandbox',
  credentials: 'Key',
};

describe('a device target', () => {
  it('shows the age of its provider token as soon as there is one', async () => {
    const kept = new Map<string, string>([[tokenKey(SAVED), 'a1b2c3d4']]);
    const memory = new Map<string, unknown>();
    const credentials = createCredentialStore(
      {
        get: async (key) => kept.get(key),
        store: async (key, value) => void kept.set(key, value),
        delete: async (key) => void kept.delete(key),
      },
      { get: (key) => memory.get(key), update: async (key, value) => void memory.set(key, value) },
    );
    await credentials.add(
      { name: 'Key', description: 'Key' },
      { kind: 'token', key: 'x', keyId: 'ABCDE12345', teamId: 'TEAM123456' },
    );
    let ageMs: number | undefined;
    const target = createDeviceTarget(SAVED, {
      secrets: { get: async (key) => kept.get(key), store: async () => {}, delete: async () => {} },
      credentials,
      createApnsClient: async () => ({
        async send() {
          ageMs = 12 * 60_000;
          return { kind: 'accepted', latencyMs: 1 };
        },
        providerToken: () => undefined,
        providerTokenAgeMs: () => ageMs,
        close: async () => {},
      }),
      readTextFile: async () => '',
      proxyFor: () => undefined,
      requirePermission: () => {},
      save: async () => {},
      askOrigin: async () => '',
      runCommand: () => undefined,
    });
    const shown = () => target.facts?.find(({ label }) => label === 'Provider token')?.value;
    const seen: (string | undefined)[] = [];
    target.onDidChange(() => seen.push(shown()));
    const { transport } = await target.prepare();
    assert.equal(shown(), undefined);
    await transport.send({ deviceToken: 'a1b2c3d4', headers: {}, body: new Uint8Array() });
    assert.deepEqual(seen, ['12 min old, kept for 50 min']);
  });
});
