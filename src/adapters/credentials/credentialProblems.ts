import { type CredentialProblem, CredentialProblemCode } from '../../core/credentials/credentials';

/** A problem: what happened and why, and what to do. */
export function problem(code: CredentialProblemCode, message: string, remedy: string): CredentialProblem {
  return { code, message, remedy };
}

/** A certificate alone: Apple's download, or an export without the key. */
export const NO_KEY: CredentialProblem = problem(
  CredentialProblemCode.noKey,
  'The file holds a certificate without its private key.',
  'In Keychain Access, choose the certificate under My Certificates, with the key below it, and export both as .p12. With .pem files, give the one with the key as well.',
);

export const NO_CERTIFICATE: CredentialProblem = problem(
  CredentialProblemCode.noCertificate,
  'The file holds a private key without a certificate.',
  'Export certificate and key together as .p12. A token key is a .p8 file with an EC key; this is another kind.',
);

/** @param what what needs it, for example `The private key`. */
export function passphraseProblem(what: string, passphrase: string | undefined): CredentialProblem {
  return passphrase === undefined || passphrase === ''
    ? problem(
        CredentialProblemCode.passphraseNeeded,
        `${what} is protected with a passphrase.`,
        'Give the passphrase that was set when it was exported.',
      )
    : problem(
        CredentialProblemCode.wrongPassphrase,
        `The passphrase does not open ${what.charAt(0).toLowerCase()}${what.slice(1)}.`,
        'Give the passphrase that was set when it was exported; upper and lower case count.',
      );
}
