import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type CredentialProblem, CredentialProblemCode, type CredentialRead } from '../../core/credentials/credentials';
import { problem } from './credentialProblems';
import { readKeyFile } from './keyFile';
import { readPem } from './pemFile';
import { readPkcs12 } from './pkcs12';

/** A file: its path, or its bytes, for example from a dialog. */
export type CredentialSource = string | Uint8Array;

export interface ReadCredentialOptions {
  /** Of a `.p12` file or an encrypted key. */
  readonly passphrase?: string;
  /** Of a `.p8` key; left out, it is taken from the file's name. */
  readonly keyId?: string;
  /** Of a `.p8` key. */
  readonly teamId?: string;
  /** The name that goes with bytes. */
  readonly fileName?: string;
  /** PEM of the private key, when it is not in the same file as the certificate. */
  readonly privateKey?: CredentialSource;
}

/** Two hundred times what such a file has. */
const MAX_BYTES = 1_048_576;

/**
 * Reads a `.p8`, `.p12`, `.pfx` or `.pem` file, told apart by its content. Never throws.
 * Does not look at dates, environment and topics: `validateCredentials` does.
 */
export async function readCredentialFile(
  source: CredentialSource,
  options: ReadCredentialOptions = {},
): Promise<CredentialRead> {
  const name = typeof source === 'string' ? source : (options.fileName ?? '');
  const bytes = await readSource(source, name);
  if ('code' in bytes) return { ok: false, problem: bytes };
  const keyBytes =
    options.privateKey === undefined ? undefined : await readSource(options.privateKey, 'the private key');
  if (keyBytes !== undefined && 'code' in keyBytes) return { ok: false, problem: keyBytes };
  if (!bytes.includes('-----BEGIN ')) return readPkcs12(bytes, options.passphrase);
  const text = bytes.toString('utf8');
  if (text.includes('-----BEGIN CERTIFICATE-----') || keyBytes !== undefined) {
    return readPem(`${text}\n${keyBytes?.toString('utf8') ?? ''}`, options.passphrase);
  }
  return readKeyFile(text, { ...options, fileName: name });
}

async function readSource(source: CredentialSource, name: string): Promise<Buffer | CredentialProblem> {
  try {
    const bytes = typeof source === 'string' ? await readFile(source) : Buffer.from(source);
    if (bytes.length > 0 && bytes.length <= MAX_BYTES) return bytes;
    const why = bytes.length === 0 ? 'is empty' : 'is larger than 1 MB';
    return problem(
      CredentialProblemCode.notCredentials,
      `${basename(name) || 'The file'} ${why}.`,
      'Choose the .p8, .p12 or .pem file.',
    );
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return problem(
      CredentialProblemCode.unreadable,
      `Cannot read ${name}: ${code === 'ENOENT' ? 'there is no such file' : code}.`,
      'Check the path and the permissions.',
    );
  }
}
