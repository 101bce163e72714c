import type { KeyObject } from 'node:crypto';
import { ApnsReason } from '../../core/apns/apnsReason';
import { PROVIDER_TOKEN_LIFETIME_SECONDS, PROVIDER_TOKEN_RENEWAL_SECONDS } from '../../core/apns/limits';
import { isSignedBy, type ProviderToken, parseProviderToken } from './jsonWebToken';

/** The one provider key that the local APNs trusts. */
export interface TrustedKey {
  readonly publicKey: KeyObject;
  readonly keyId: string;
  readonly teamId: string;
}

/** Checks the `authorization` headers of one connection, in the order of its requests. */
export type ProviderTokenCheck = (authorization: string | undefined) => ApnsReason | undefined;

/** authorization: bearer eyJ… (Apple writes it in lower case; some clients send "Bearer"). */
const BEARER = /^bearer +(\S+)$/i;
/** What Apple does with a token from the future is not documented. A clock may be ahead by this much. */
const CLOCK_SKEW_SECONDS = 300;
/**
 * How many different tokens a connection may use within 20 minutes. Apple says one; this is lenient on purpose. Tokens are
 * counted for each connection, not for each key, so that starting a program again and again (a command line, an editor)
 * is no offense, while a provider that makes a token for every push gets 429 at its fourth.
 */
const TOKENS_IN_RENEWAL_PERIOD = 3;

/**
 * The provider-token rules, for one new connection.
 * https://developer.apple.com/documentation/usernotifications/establishing-a-token-based-connection-to-apns
 */
export function createProviderTokenCheck(trusted: TrustedKey, nowMs: () => number): ProviderTokenCheck {
  let connectionIsBoundToKey = false;
  let lastVerified = '';
  const renewals = createRenewalCounter();

  return (authorization) => {
    const text = BEARER.exec(authorization ?? '')?.[1];
    if (text === undefined) return ApnsReason.missingProviderToken;
    const token = parseProviderToken(text);
    if (connectionIsBoundToKey && token !== undefined && token.keyId !== trusted.keyId) {
      return ApnsReason.unrelatedKeyIdInToken;
    }
    // Signatures cost most of a request, and clients send the same token over and over.
    const isTrusted = token !== undefined && (text === lastVerified || isFrom(trusted, token));
    if (!isTrusted) return ApnsReason.invalidProviderToken;
    lastVerified = text;

    const nowSeconds = nowMs() / 1000;
    const ageReason = findAgeFault(token.issuedAtSeconds, nowSeconds);
    if (ageReason !== undefined) return ageReason;
    connectionIsBoundToKey = true;
    return renewals.isOneTooMany(token.issuedAtSeconds, nowSeconds)
      ? ApnsReason.tooManyProviderTokenUpdates
      : undefined;
  };
}

function isFrom(trusted: TrustedKey, token: ProviderToken): boolean {
  return (
    token.algorithm === 'ES256' &&
    token.keyId === trusted.keyId &&
    token.teamId === trusted.teamId &&
    isSignedBy(token, trusted.publicKey)
  );
}

function findAgeFault(issuedAt: unknown, nowSeconds: number): ApnsReason | undefined {
  if (typeof issuedAt !== 'number' || issuedAt > nowSeconds + CLOCK_SKEW_SECONDS) {
    return ApnsReason.invalidProviderToken;
  }
  return issuedAt < nowSeconds - PROVIDER_TOKEN_LIFETIME_SECONDS ? ApnsReason.expiredProviderToken : undefined;
}

interface RenewalCounter {
  isOneTooMany(issuedAt: unknown, nowSeconds: number): boolean;
}

/** Counts the tokens of a connection, told apart by their `iat`. */
function createRenewalCounter(): RenewalCounter {
  const firstUseSeconds = new Map<unknown, number>();
  return {
    isOneTooMany(issuedAt, nowSeconds) {
      for (const [known, firstUse] of firstUseSeconds) {
        if (firstUse < nowSeconds - PROVIDER_TOKEN_RENEWAL_SECONDS) firstUseSeconds.delete(known);
      }
      if (!firstUseSeconds.has(issuedAt) && firstUseSeconds.size >= TOKENS_IN_RENEWAL_PERIOD) return true;
      firstUseSeconds.set(issuedAt, firstUseSeconds.get(issuedAt) ?? nowSeconds);
      return false;
    },
  };
}
