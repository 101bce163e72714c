import { checkKeyId, checkTeamId, keyIdOfFileName } from '../../core/credentials/appleIds';
import { CredentialProblemCode, type CredentialRead } from '../../core/credentials/credentials';
import { NO_CERTIFICATE, passphraseProblem, problem } from './credentialProblems';
import { openPrivateKey, pemOf } from './privateKey';

interface KeyFileOptions {
  readonly passphrase?: string;
  readonly keyId?: string;
  readonly teamId?: string;
  readonly fileName: string;
}

/** Reads a `.p8` file: a PEM with a private key on P-256 and nothing else. */
export function readKeyFile(text: string, options: KeyFileOptions): CredentialRead {
  if (!text.includes('PRIVATE KEY-----')) return { ok: false, problem: otherPem(text) };
  const key = openPrivateKey(text, options.passphrase);
  if (key === 'needs-passphrase') {
    return { ok: false, problem: passphraseProblem('The private key', options.passphrase) };
  }
  if (key === 'damaged') return { ok: false, problem: DAMAGED_KEY };
  if (key.asymmetricKeyType === 'rsa') return { ok: false, problem: NO_CERTIFICATE };
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return { ok: false, problem: WRONG_KEY };

  const keyId = options.keyId ?? keyIdOfFileName(options.fileName) ?? '';
  const wrongKeyId = checkKeyId(keyId);
  if (wrongKeyId !== undefined) {
    const message = keyId === '' ? 'The key id is missing, and the file name does not say it.' : 'The key id is wrong.';
    return { ok: false, problem: problem(CredentialProblemCode.keyId, message, wrongKeyId) };
  }
  const teamId = options.teamId ?? '';
  const wrongTeamId = checkTeamId(teamId);
  if (wrongTeamId !== undefined) {
    const message = teamId === '' ? 'The team id is missing.' : 'The team id is wrong.';
    return { ok: false, problem: problem(CredentialProblemCode.teamId, message, wrongTeamId) };
  }
  return {
    ok: true,
    value: {
      credentials: { kind: 'token', key: pemOf(key), keyId, teamId },
      description: `Key ${keyId}, team ${teamId}`,
    },
  };
}

const DAMAGED_KEY = problem(
  CredentialProblemCode.notCredentials,
  'The private key is damaged or incomplete.',
  'Use the file as downloaded or exported, without changes. Apple lets a key be downloaded once; if it is lost, make a new one.',
);

const WRONG_KEY = problem(
  CredentialProblemCode.wrongKeyType,
  'The private key is of another kind: APNs needs one on the curve P-256.',
  'Use the AuthKey_….p8 file of a key with the service Apple Push Notifications service (APNs).',
);

function otherPem(text: string) {
  const what = text.includes('CERTIFICATE REQUEST')
    ? 'a certificate signing request'
    : 'a PEM file without a private key';
  return problem(
    CredentialProblemCode.notCredentials,
    `The file is ${what}.`,
    'Choose the .p8 key, or the .p12 or .pem file with certificate and private key.',
  );
}
