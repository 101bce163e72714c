import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CredentialFinding } from '../../src/core/credentials/credentials';
import { checkStoredCredentials } from '../../src/ui/credentialChecks';
import { createCredentialStore } from '../../src/ui/credentialStore';
import type { SavedTarget } from '../../src/ui/savedTargets';

const KEY = { kind: 'token', key: 'the key', keyId: 'ABCDE12345', teamId: 'TEAM123456' } as const;
const TARGET: SavedTarget = {
  name: 'Phone',
  bundleId: 'com.example.app',
  deviceToken: 'ab12ab12',
  environment: 'production',
  credentials: 'Mine',
};

async function check(findings: readonly CredentialFinding[], isLost = false) {
  const secrets = new Map<string, string>();
  const state = new Map<string, unknown>();
  const credentials = createCredentialStore(
    {
      get: async (key) => secrets.get(key),
      store: async (key, value) => void secrets.set(key, value),
      delete: async (key) => void secrets.delete(key),
    },
    { get: (key: string) => state.get(key), update: async (key: string, value: unknown) => void state.set(key, value) },
  );
  await credentials.add({ name: 'Mine', description: 'Key ABCDE12345' }, KEY);
  if (isLost) secrets.clear();
  const tools = {
    read: () => assert.fail('nothing is read from a file'),
    validate: (_: unknown, use?: unknown) => (use === undefined ? [] : findings),
  };
  return await checkStoredCredentials({ credentials, loadCredentialTools: async () => tools }, [TARGET]);
}

describe('stored credentials in the doctor’s report', () => {
  it('are fine when nothing but facts is found', async () => {
    const [found] = await check([{ severity: 'info', code: 'key-type', message: 'A key.' }]);
    assert.deepEqual(found, { title: 'Credentials Mine', verdict: 'ok', found: 'Key ABCDE12345.' });
  });

  it('tell what is wrong with them for a target, and the fix', async () => {
    const [found] = await check([
      { severity: 'warning', code: 'dates', message: 'It ends soon.' },
      { severity: 'error', code: 'topic', message: 'It is for another app.', remedy: 'Choose another.' },
    ]);
    assert.equal(found?.verdict, 'problem');
    assert.equal(found.found, 'Key ABCDE12345. It ends soon. It is for another app.');
    assert.equal(found.fix, 'Choose another.');
  });

  it('are a problem when the secret storage lost them', async () => {
    const [found] = await check([], true);
    assert.equal(found?.verdict, 'problem');
    assert.ok(!JSON.stringify(found).includes('the key'));
  });
});
