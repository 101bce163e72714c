import { type KeyObject, verify } from 'node:crypto';

/** A provider token, taken apart; nothing of it is checked yet. */
export interface ProviderToken {
  readonly algorithm: unknown;
  readonly keyId: unknown;
  readonly teamId: unknown;
  /** `iat`, seconds since 1970. */
  readonly issuedAtSeconds: unknown;
  /** What the signature covers. */
  readonly signedText: string;
  readonly signature: Buffer;
}

/** eyJhbGciOiJFUzI1NiIsImtpZCI6IkFCQzEyM0RFRkcifQ.eyJpc3MiOiJERUYxMjNHSElKIiwiaWF0IjoxNDM3MTc5MDM2fQ.MEQCIH... */
const THREE_BASE64URL_PARTS = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/** Takes a JSON Web Token (RFC 7519, compact form) apart; `undefined` when it is none. */
export function parseProviderToken(text: string): ProviderToken | undefined {
  const match = THREE_BASE64URL_PARTS.exec(text);
  const [, headerPart = '', claimsPart = '', signaturePart = ''] = match ?? [];
  const header = parseJsonObject(headerPart);
  const claims = parseJsonObject(claimsPart);
  if (header === undefined || claims === undefined) return undefined;
  return {
    algorithm: header['alg'],
    keyId: header['kid'],
    teamId: claims['iss'],
    issuedAtSeconds: claims['iat'],
    signedText: `${headerPart}.${claimsPart}`,
    signature: Buffer.from(signaturePart, 'base64url'),
  };
}

/** Whether the token was signed with ES256 by the private key that belongs to `publicKey`. */
export function isSignedBy(token: ProviderToken, publicKey: KeyObject): boolean {
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  return verify('sha256', Buffer.from(token.signedText), key, token.signature);
}

function parseJsonObject(base64url: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
