import { generateKeyPairSync } from 'node:crypto';
import type { TestContext } from 'node:test';
import { type ApnsClient, type ApnsClientOptions, createApnsClient } from '../../../src/adapters/apns/apnsClient';
import type { TokenCredentials } from '../../../src/core/credentials/credentials';
import type { OutgoingPush } from '../../../src/core/ports';
import { type LoopbackApns, type LoopbackOptions, startLoopbackApns } from './loopbackApns';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

export const providerPublicKey = publicKey;
export const credentials: TokenCredentials = {
  kind: 'token',
  key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  keyId: 'ABCDE12345',
  teamId: 'TEAM123456',
};

export const DEVICE_TOKEN = 'ab'.repeat(32);

export function push(body: string | Uint8Array = '{"aps":{}}', headers: OutgoingPush['headers'] = {}): OutgoingPush {
  return {
    deviceToken: DEVICE_TOKEN,
    headers: { 'apns-topic': 'com.example.app.voip', 'apns-push-type': 'voip', ...headers },
    body: typeof body === 'string' ? Buffer.from(body) : body,
  };
}

/** A loopback server and a client of it, both closed at the end of the test. */
export async function startPair(
  context: TestContext,
  server: LoopbackOptions = {},
  client: Partial<ApnsClientOptions> = {},
): Promise<{ readonly apns: LoopbackApns; readonly client: ApnsClient }> {
  const apns = await startLoopbackApns(server);
  const transport = createApnsClient({ origin: apns.origin, ca: apns.ca, credentials, ...client });
  context.after(async () => {
    await transport.close();
    await apns.close();
  });
  return { apns, client: transport };
}

/** Waits until `isTrue`; the runner's time limit ends a wait in vain. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
}
