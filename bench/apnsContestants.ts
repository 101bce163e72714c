import { type ClientHttp2Session, connect } from 'node:http2';
import { Notification, Provider } from '@parse/node-apn';
import { Notification as Apns2Notification, ApnsClient } from 'apns2';
import { createApnsClient } from '../src/adapters/apns/apnsClient';
import { createProviderToken } from '../src/adapters/apns/providerToken';
import { buildVoipPush } from '../src/core/apns/voipPush';
import type { TokenCredentials } from '../src/core/credentials/credentials';

export interface BenchTarget {
  readonly origin: string;
  readonly ca: string;
  readonly credentials: TokenCredentials;
}

/** Sends one push; whether it was accepted. */
export type SendOne = (index: number) => Promise<boolean>;

export const CONTESTANTS = {
  'node:http2': plainHttp2,
  'this project': thisProject,
  apns2,
  'node-apn': nodeApn,
} as const;
export type Contestant = keyof typeof CONTESTANTS;

const BUNDLE_ID = 'com.example.app';
const DEVICE_TOKEN = 'ab'.repeat(32);
const PAYLOAD = JSON.stringify({
  aps: {},
  uuid: '6b0f2f3e-9d0a-4f0b-8d39-0d3f7d3a1c01',
  handle: '+41445550100',
  callerName: 'Ada Lovelace',
  hasVideo: false,
});

const apnsId = (index: number) => `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
const pushOf = (index: number) =>
  buildVoipPush({ bundleId: BUNDLE_ID, deviceToken: DEVICE_TOKEN, body: Buffer.from(PAYLOAD), apnsId: apnsId(index) });

/** The least that tells each push's fate: one session, every request at once, status and body read. */
function plainHttp2({ origin, ca, credentials }: BenchTarget): SendOne {
  const session: ClientHttp2Session = connect(origin, { ca, maxSessionMemory: 1000 });
  const authorization = `bearer ${createProviderToken(credentials).current}`;
  return (index) =>
    new Promise((resolve) => {
      const { deviceToken, headers, body } = pushOf(index);
      const stream = session.request({
        ':method': 'POST',
        ':path': `/3/device/${deviceToken}`,
        ...headers,
        authorization,
      });
      let status: unknown;
      let answer = '';
      stream.setEncoding('utf8');
      stream.on('response', (answered) => {
        status = answered[':status'];
      });
      stream.on('data', (chunk: string) => {
        answer += chunk;
      });
      stream.on('end', () => resolve(status === 200 && answer === ''));
      stream.on('error', () => resolve(false));
      stream.end(body);
    });
}

function thisProject({ origin, ca, credentials }: BenchTarget): SendOne {
  const client = createApnsClient({ origin, ca, credentials });
  return async (index) => (await client.send(pushOf(index))).kind === 'accepted';
}

/** It always sends to port 443: its pool is replaced by one of the same kind, with the settings of its own. */
function apns2({ origin, ca, credentials }: BenchTarget): SendOne {
  const { key: signingKey, keyId, teamId: team } = credentials;
  const client = new ApnsClient({ team, keyId, signingKey, defaultTopic: `${BUNDLE_ID}.voip` });
  const inner: unknown = client;
  const holder = inner as { client: { constructor: new (origin: string, options: object) => { constructor: never } } };
  holder.client = new holder.client.constructor(origin, {
    connections: 32,
    pipelining: 1,
    allowH2: true,
    maxConcurrentStreams: 100,
    connect: { ca },
  });
  const { aps, ...data } = JSON.parse(PAYLOAD);
  return () =>
    client.send(new Apns2Notification(DEVICE_TOKEN, { aps, data, type: 'voip', expiration: 0 })).then(
      () => true,
      () => false,
    );
}

/** As its README shows it, with its defaults. */
function nodeApn({ origin, ca, credentials }: BenchTarget): SendOne {
  const { host: address, port } = new URL(origin);
  const options = { token: credentials, address, port: Number(port), ca: [ca] };
  const provider = new Provider(options);
  const { aps, ...payload } = JSON.parse(PAYLOAD);
  return async (index) => {
    const notification = new Notification({ aps, payload });
    notification.topic = `${BUNDLE_ID}.voip`;
    notification.pushType = 'voip';
    notification.expiry = 0;
    notification.id = apnsId(index);
    return (await provider.send(notification, DEVICE_TOKEN)).sent.length === 1;
  };
}
