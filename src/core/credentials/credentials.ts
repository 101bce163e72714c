/** A provider key: it makes the provider tokens of every app of a team. */
export interface TokenCredentials {
  readonly kind: 'token';
  /** Text of the `.p8` file: a PEM private key on the curve P-256. */
  readonly key: string;
  readonly keyId: string;
  readonly teamId: string;
}

/** A client certificate for TLS. */
export interface CertificateCredentials {
  readonly kind: 'certificate';
  /** PEM: the certificate, then its chain, if any. */
  readonly certificate: string;
  /** PEM of the private key, not encrypted. */
  readonly key: string;
}

/** What a provider shows to APNs. A secret: never logged, never written in a recording or an export. */
export type Credentials = TokenCredentials | CertificateCredentials;

/** Why a file gave no credentials. Never carries key material or a passphrase. */
export interface CredentialProblem {
  readonly code: CredentialProblemCode;
  /** What happened, and why. */
  readonly message: string;
  readonly remedy: string;
}

export const CredentialProblemCode = {
  unreadable: 'unreadable',
  notCredentials: 'not-credentials',
  passphraseNeeded: 'passphrase-needed',
  wrongPassphrase: 'wrong-passphrase',
  noKey: 'no-key',
  noCertificate: 'no-certificate',
  keyMismatch: 'key-mismatch',
  wrongKeyType: 'wrong-key-type',
  keyId: 'key-id',
  teamId: 'team-id',
} as const;
export type CredentialProblemCode = (typeof CredentialProblemCode)[keyof typeof CredentialProblemCode];

export type CredentialRead =
  | { readonly ok: true; readonly value: ReadCredentials }
  | { readonly ok: false; readonly problem: CredentialProblem };

export interface ReadCredentials {
  readonly credentials: Credentials;
  /** For lists, without secrets: `Key ABCDE12345, team TEAM123456`, `VoIP Services: com.example.app, until 2027-01-31`. */
  readonly description: string;
}

/** What a check of credentials found. `info` is a fact, `warning` may go wrong, `error` will. */
export interface CredentialFinding {
  readonly severity: 'info' | 'warning' | 'error';
  readonly code: CredentialFindingCode;
  readonly message: string;
  readonly remedy?: string;
}

export const CredentialFindingCode = {
  keyType: 'key-type',
  keyId: 'key-id',
  teamId: 'team-id',
  keyScope: 'key-scope',
  unreadable: 'unreadable',
  keyMismatch: 'key-mismatch',
  dates: 'dates',
  environment: 'environment',
  topic: 'topic',
} as const;
export type CredentialFindingCode = (typeof CredentialFindingCode)[keyof typeof CredentialFindingCode];
