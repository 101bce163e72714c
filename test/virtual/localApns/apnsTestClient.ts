import { createPrivateKey, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceTokenState } from '../../../src/virtual/localApns/deviceRules';
import {
  type AcceptedPush,
  type LocalApns,
  type LocalApnsOptions,
  startLocalApns,
} from '../../../src/virtual/localApns/localApns';

export const BUNDLE_ID = 'com.example.app';
export const ACTIVE_TOKEN = 'ab'.repeat(32);
export const OTHER_APP_TOKEN = 'cd'.repeat(32);
export const UNREGISTERED_TOKEN = 'ef'.repeat(32);
export const SIMULATOR_TOKEN = '0a'.repeat(80);
export const UNREGISTERED_SINCE_MS = 1_788_855_094_092;

const STATES: Readonly<Record<string, DeviceTokenState>> = {
  [ACTIVE_TOKEN]: { kind: 'active', bundleId: BUNDLE_ID },
  [SIMULATOR_TOKEN]: { kind: 'active', bundleId: BUNDLE_ID },
  [OTHER_APP_TOKEN]: { kind: 'active', bundleId: 'com.example.other' },
  [UNREGISTERED_TOKEN]: { kind: 'unregistered', sinceMs: UNREGISTERED_SINCE_MS },
};

export async function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'local-apns-'));
}

export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

export interface RunningApns {
  readonly apns: LocalApns;
  readonly accepted: AcceptedPush[];
}

export async function startTestApns(folder: string, options: Partial<LocalApnsOptions> = {}): Promise<RunningApns> {
  const accepted: AcceptedPush[] = [];
  const apns = await startLocalApns({
    folder,
    tokenState: (token) => STATES[token] ?? { kind: 'unknown' },
    onAccepted: (push) => accepted.push(push),
    ...options,
  });
  return { apns, accepted };
}

export interface TokenParts {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Another key than the server's. */
  readonly signingKey?: string;
}

/** A provider token that is right in every part that is not replaced. */
export function makeProviderToken(apns: LocalApns, parts: TokenParts = {}): string {
  const header = { alg: 'ES256', kid: apns.keyId, ...parts.header };
  const claims = { iss: apns.teamId, iat: Math.floor(Date.now() / 1000), ...parts.claims };
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const key = createPrivateKey(parts.signingKey ?? apns.key);
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

export interface TestRequest {
  readonly method?: string;
  readonly path?: string;
  /** Added to the headers of a right push; `undefined` takes one away, an array repeats it. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: string | Uint8Array;
}

export interface TestAnswer {
  /** Missing when the stream ended without an answer. */
  readonly status?: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Reason of APNs' JSON. */
  readonly reason?: string;
  readonly timestamp?: unknown;
  /** Code of the RST_STREAM, 0 if none. */
  readonly resetCode: number;
  readonly streamId: number;
}

export interface TestConnection {
  readonly session: ClientHttp2Session;
  readonly goaways: { readonly code: number; readonly lastStreamId: number; readonly text: string }[];
  send(request?: TestRequest): Promise<TestAnswer>;
  /** Sends a first push, and waits until the server allows more than one at a time. */
  sendFirst(): Promise<TestAnswer>;
  close(): void;
}

/** A client of our own, on plain node:http2, that shares nothing with the product's. */
export async function connectTo(apns: LocalApns, tokenParts?: TokenParts): Promise<TestConnection> {
  const session = connect(apns.origin, { ca: apns.ca });
  const goaways: TestConnection['goaways'] = [];
  session.on('error', () => {});
  session.on('goaway', (code, lastStreamId, data) => goaways.push({ code, lastStreamId, text: String(data ?? '') }));
  await new Promise((resolve, reject) => {
    session.once('remoteSettings', resolve);
    session.once('error', reject);
  });
  const authorization = `bearer ${makeProviderToken(apns, tokenParts)}`;
  return {
    session,
    goaways,
    send: (request = {}) => sendOn(session, authorization, request),
    sendFirst: async () => {
      const raised = new Promise((resolve) => session.once('remoteSettings', resolve));
      const answer = await sendOn(session, authorization, {});
      await raised;
      return answer;
    },
    close: () => session.destroy(),
  };
}

function sendOn(session: ClientHttp2Session, authorization: string, request: TestRequest): Promise<TestAnswer> {
  const headers: Record<string, string | readonly string[] | undefined> = {
    ':method': request.method ?? 'POST',
    ':path': request.path ?? `/3/device/${ACTIVE_TOKEN}`,
    authorization,
    'apns-topic': `${BUNDLE_ID}.voip`,
    'apns-push-type': 'voip',
    'apns-priority': '10',
    'apns-expiration': '0',
    ...request.headers,
  };
  const present = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  return new Promise((resolve) => {
    const stream = session.request(present as Record<string, string>, { endStream: false });
    let answered: IncomingHttpHeaders = {};
    let text = '';
    stream.on('error', () => {});
    stream.on('response', (received) => {
      answered = received;
    });
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      text += chunk;
    });
    stream.on('close', () => {
      const status = answered[':status'];
      resolve({
        ...(status === undefined ? {} : { status: Number(status) }),
        headers: answered,
        text,
        ...parseReason(text),
        resetCode: stream.rstCode ?? 0,
        streamId: stream.id ?? 0,
      });
    });
    stream.end(request.body ?? '{"aps":{}}');
  });
}

function parseReason(text: string): { reason?: string; timestamp?: unknown } {
  try {
    return JSON.parse(text) as { reason?: string; timestamp?: unknown };
  } catch {
    return {};
  }
}

/** Starts a server, sends one push on a new connection, and stops it. */
export async function exchange(
  folder: string,
  request: TestRequest,
  tokenParts?: TokenParts,
  options?: Partial<LocalApnsOptions>,
): Promise<TestAnswer & Pick<RunningApns, 'accepted'>> {
  const { apns, accepted } = await startTestApns(folder, options);
  try {
    const connection = await connectTo(apns, tokenParts);
    return { ...(await connection.send(request)), accepted };
  } finally {
    await apns.close();
  }
}
