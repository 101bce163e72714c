import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { ApnsEnvironment } from '../../core/apns/environment';
import { voipTopic } from '../../core/apns/voipPush';
import { checkKeyId, checkTeamId } from '../../core/credentials/appleIds';
import {
  type CertificateCredentials,
  CredentialFindingCode as Code,
  type CredentialFinding,
  type Credentials,
  type TokenCredentials,
} from '../../core/credentials/credentials';
import { type CertificateFacts, certificateFacts } from './certificateFacts';

/** What the credentials are to be used for. */
export interface CredentialUse {
  readonly bundleId: string;
  readonly environment: ApnsEnvironment;
}

const DAY_MS = 86_400_000;
const WARN_BEFORE_DAYS = 30;

/**
 * Checks credentials without sending anything; with a target also whether they fit it. Never throws.
 * Findings carry no key material.
 * @param nowMs milliseconds since 1970.
 */
export function validateCredentials(
  credentials: Credentials,
  use?: CredentialUse,
  nowMs: number = Date.now(),
): readonly CredentialFinding[] {
  return credentials.kind === 'token' ? checkToken(credentials) : checkCertificate(credentials, use, nowMs);
}

function checkToken({ key, keyId, teamId }: TokenCredentials): readonly CredentialFinding[] {
  const wrongKeyId = checkKeyId(keyId);
  const wrongTeamId = checkTeamId(teamId);
  return [
    isP256(key)
      ? info(Code.keyType, 'The key is an EC key on the curve P-256, as APNs needs it.')
      : error(
          Code.keyType,
          'This is not a private key on the curve P-256.',
          'Use the AuthKey_….p8 file as downloaded from Apple.',
        ),
    wrongKeyId === undefined
      ? info(Code.keyId, `Key id ${keyId}.`)
      : error(Code.keyId, `The key id ${JSON.stringify(keyId)} cannot be right.`, wrongKeyId),
    wrongTeamId === undefined
      ? info(Code.teamId, `Team id ${teamId}.`)
      : error(Code.teamId, `The team id ${JSON.stringify(teamId)} cannot be right.`, wrongTeamId),
    {
      ...info(Code.keyScope, 'The file does not say what the key covers, nor whether it was revoked.'),
      remedy: 'Certificates, Identifiers & Profiles shows its environments and topics.',
    },
  ];
}

function isP256(pem: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    return asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}

function checkCertificate(
  { certificate, key }: CertificateCredentials,
  use: CredentialUse | undefined,
  nowMs: number,
): readonly CredentialFinding[] {
  let facts: CertificateFacts;
  let fits: boolean;
  try {
    const parsed = new X509Certificate(certificate);
    facts = certificateFacts(parsed);
    fits = parsed.checkPrivateKey(createPrivateKey(key));
  } catch {
    return [
      error(
        Code.unreadable,
        'The certificate or its private key cannot be read.',
        'Import the .p12 or .pem file again.',
      ),
    ];
  }
  return [
    ...(fits ? [] : [KEY_MISMATCH]),
    dateFinding(facts, nowMs),
    environmentFinding(facts, use?.environment),
    topicFinding(facts, use?.bundleId),
  ];
}

const KEY_MISMATCH: CredentialFinding = error(
  Code.keyMismatch,
  'The private key does not belong to the certificate.',
  'In Keychain Access, export the certificate together with the key below it as .p12.',
);

function dateFinding({ validFromMs, validToMs }: CertificateFacts, nowMs: number): CredentialFinding {
  const code = Code.dates;
  const until = dayOf(validToMs);
  if (nowMs > validToMs) {
    return error(
      code,
      `The certificate expired on ${until}.`,
      'Make a new VoIP Services certificate at Certificates, Identifiers & Profiles, or check the clock of this computer.',
    );
  }
  if (nowMs < validFromMs) {
    return error(
      code,
      `The certificate is valid from ${dayOf(validFromMs)} only.`,
      'Check the clock of this computer.',
    );
  }
  if (validToMs - nowMs < WARN_BEFORE_DAYS * DAY_MS) {
    return warning(
      code,
      `The certificate expires soon, on ${until}.`,
      'Make a new one at Certificates, Identifiers & Profiles before that.',
    );
  }
  return info(code, `The certificate is valid until ${until}.`);
}

function environmentFinding(
  { environments }: CertificateFacts,
  wanted: ApnsEnvironment | undefined,
): CredentialFinding {
  const code = Code.environment;
  if (environments.length === 0) {
    return warning(
      code,
      'The certificate names no APNs environment: it may not be an Apple push certificate.',
      'Use a VoIP Services certificate from Certificates, Identifiers & Profiles.',
    );
  }
  const covered = environments.join(' and ');
  if (wanted === undefined || environments.includes(wanted)) {
    return info(code, `The certificate is for ${covered}.`);
  }
  return error(
    code,
    `The certificate is for ${covered} only, and the target is ${wanted}.`,
    `Use a certificate for ${wanted}, or send to ${covered}.`,
  );
}

function topicFinding({ topics, coversVoip }: CertificateFacts, bundleId: string | undefined): CredentialFinding {
  const code = Code.topic;
  if (!coversVoip) {
    return error(
      code,
      'The certificate does not cover VoIP pushes.',
      'Make a VoIP Services certificate at Certificates, Identifiers & Profiles, or use a .p8 key.',
    );
  }
  const listed = topics.join(', ');
  if (topics.length === 0 || bundleId === undefined) {
    return info(code, `The certificate covers VoIP pushes${listed && ` and names ${listed}`}.`);
  }
  const topic = voipTopic(bundleId);
  if (topics.includes(topic) || topics.every((listedTopic) => voipTopic(listedTopic) === topic)) {
    return info(code, `The certificate covers the topic ${topic}.`);
  }
  return error(
    code,
    `The certificate covers ${listed}, and not the target's topic ${topic}.`,
    'Use the certificate of this app, or correct the bundle id.',
  );
}

function info(code: Code, message: string): CredentialFinding {
  return { severity: 'info', code, message };
}

function warning(code: Code, message: string, remedy: string): CredentialFinding {
  return { severity: 'warning', code, message, remedy };
}

function error(code: Code, message: string, remedy: string): CredentialFinding {
  return { severity: 'error', code, message, remedy };
}

function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
