import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { CertificateCredentials, Credentials } from '../../core/credentials/credentials';
import { type Failure, FailureCode } from './failure';
import { createProviderTokens, type ProviderToken, type ProviderTokens } from './providerToken';

/** What a client shows to APNs. */
export interface ProviderIdentity {
  /** Why it cannot be used, or undefined. Never contains key or token. */
  readonly failure: Failure | undefined;
  readonly token?: ProviderToken;
  readonly clientCertificate?: CertificateCredentials;
}

/** @param tokens shared by clients of one key; left out, the client has a token of its own. */
export function providerIdentity(
  credentials: Credentials,
  tokens: ProviderTokens = createProviderTokens(),
): ProviderIdentity {
  if (credentials.kind === 'certificate') {
    return { failure: certificateFailure(credentials), clientCertificate: credentials };
  }
  const token = tokens.of(credentials);
  return { failure: token.failure, token };
}

/** Looked at here because node:tls tells a broken client certificate and a broken CA apart in no way. */
function certificateFailure({ certificate, key }: CertificateCredentials): Failure | undefined {
  try {
    if (new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))) return undefined;
    return invalidCertificate('The private key does not belong to it');
  } catch {
    return invalidCertificate('It, or its private key, cannot be read');
  }
}

function invalidCertificate(why: string): Failure {
  return {
    code: FailureCode.invalidCertificate,
    message: `The client certificate cannot be used. ${why}. Import the .p12 or .pem file again.`,
  };
}
