import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { type Failure, FailureCode } from './failure';
import type { NodeApnToken } from './nodeApn';

export interface ProviderTokenCredentials {
  /** The `.p8` file's text: a PEM private key on the curve P-256. */
  readonly key: string;
  readonly keyId: string;
  readonly teamId: string;
}

export interface ProviderToken extends NodeApnToken {
  /** Why no token can be made from the key, or undefined. Never contains key or token. */
  readonly failure: Failure | undefined;
  /** How long ago the token was made; undefined as long as there is none. */
  readonly ageMs: number | undefined;
}

// APNs refuses tokens older than 60 minutes, and new ones made more often than every 20 minutes.
// https://developer.apple.com/documentation/usernotifications/establishing-a-token-based-connection-to-apns
const KEPT_MS = 50 * 60_000;
const NO_SOONER_MS = 20 * 60_000;

/**
 * The provider token (a JWT signed with ES256) of one client, in the form node-apn asks for it:
 * made at first use, kept for 50 minutes.
 * @param now the clock, in milliseconds since the Unix epoch.
 */
export function createProviderToken(
  credentials: ProviderTokenCredentials,
  now: () => number = Date.now,
): ProviderToken {
  const key = readKey(credentials.key);
  let jwt: string | undefined;
  let madeAtMs = 0;
  let generation = 0;
  // A clock that was set back must not keep a token from the future for hours.
  const isOlderThan = (ageMs: number) => now() - madeAtMs >= ageMs || now() < madeAtMs;

  return {
    failure: 'failure' in key ? key.failure : undefined,
    get generation() {
      return generation;
    },
    get current() {
      if ('failure' in key) throw new Error(key.failure.message);
      if (jwt === undefined) {
        madeAtMs = now();
        jwt = makeJwt(key.privateKey, credentials, Math.floor(madeAtMs / 1000));
      }
      return jwt;
    },
    get ageMs() {
      return jwt === undefined ? undefined : Math.max(0, now() - madeAtMs);
    },
    isExpired: () => jwt !== undefined && isOlderThan(KEPT_MS),
    // node-apn also asks for this after every 403 ExpiredProviderToken: with a wrong clock that would be each time.
    regenerate(of) {
      if (of !== generation || !isOlderThan(NO_SOONER_MS)) return;
      jwt = undefined;
      generation += 1;
    },
  };
}

/** The provider tokens of several clients: one for each key, however many targets use it. */
export interface ProviderTokens {
  of(credentials: ProviderTokenCredentials): ProviderToken;
}

/**
 * Clients that share it share the token of a key: APNs counts how often a key gets a new one.
 * @param now the clock, in milliseconds since the Unix epoch.
 */
export function createProviderTokens(now: () => number = Date.now): ProviderTokens {
  const tokens = new Map<string, ProviderToken>();
  return {
    of(credentials) {
      const { key, keyId, teamId } = credentials;
      const id = JSON.stringify([teamId, keyId, key]);
      const token = tokens.get(id) ?? createProviderToken(credentials, now);
      tokens.set(id, token);
      return token;
    },
  };
}

function makeJwt(key: KeyObject, { keyId, teamId }: ProviderTokenCredentials, issuedAtSeconds: number): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const content = `${encode({ alg: 'ES256', kid: keyId })}.${encode({ iss: teamId, iat: issuedAtSeconds })}`;
  const signature = sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' });
  return `${content}.${signature.toString('base64url')}`;
}

function readKey(pem: string): { readonly privateKey: KeyObject } | { readonly failure: Failure } {
  try {
    const privateKey = createPrivateKey(pem);
    const { asymmetricKeyType, asymmetricKeyDetails } = privateKey;
    if (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1') return { privateKey };
    return { failure: invalidKey('It is a private key of another kind') };
  } catch {
    return { failure: invalidKey(whyUnreadable(pem)) };
  }
}

function whyUnreadable(pem: string): string {
  if (pem.trim() === '') return 'It is empty';
  if (!pem.includes('-----BEGIN ')) return 'It is not a PEM file';
  if (pem.includes('ENCRYPTED')) return 'It is protected with a password';
  if (!pem.includes('PRIVATE KEY-----')) return 'It holds no private key';
  return 'It is damaged or incomplete';
}

function invalidKey(why: string): Failure {
  return {
    code: FailureCode.invalidKey,
    message: `The provider key cannot be used. ${why}. Give the AuthKey_….p8 file as downloaded from Apple.`,
  };
}
