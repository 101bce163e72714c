import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type ReadCredentialOptions, readCredentialFile } from '../../../src/adapters/credentials/readCredentials';
import type { CredentialProblemCode } from '../../../src/core/credentials/credentials';
import { encryptedKey, makeP8, makePkcs12, makePushCertificate, PASSPHRASE } from './madeCredentials';

const made = makePushCertificate();
const other = makePushCertificate();
const p8 = makeP8();
const ids = { keyId: 'ABCDE12345', teamId: 'TEAM123456' };

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function readCertificate(content: Uint8Array, options: ReadCredentialOptions = {}) {
  const read = await readCredentialFile(content, options);
  assert.ok(read.ok, JSON.stringify(read));
  assert.equal(read.value.credentials.kind, 'certificate');
  return read.value;
}

const CERTIFICATE_FILES: Readonly<Record<string, readonly [Uint8Array, ReadCredentialOptions?]>> = {
  'a .p12 with the legacy cipher 3DES': [makePkcs12(made), { passphrase: PASSPHRASE }],
  'a .p12 with AES': [makePkcs12(made, PASSPHRASE, 'aes256'), { passphrase: PASSPHRASE }],
  'a .p12 with an empty passphrase': [makePkcs12(made, ''), {}],
  'a .p12 without a passphrase': [makePkcs12(made, null), { passphrase: '' }],
  'a .pem, certificate first': [bytesOf(made.certificate + made.key)],
  'a .pem, key first, with Windows line ends': [bytesOf((made.key + made.certificate).replaceAll('\n', '\r\n'))],
  'a .pem with an encrypted key': [bytesOf(made.certificate + encryptedKey(made.key)), { passphrase: PASSPHRASE }],
  'a .pem with a chain before it': [bytesOf(other.certificate + made.certificate + made.key)],
  'a certificate and its key in two files': [bytesOf(made.certificate), { privateKey: bytesOf(made.key) }],
};

describe('reading certificates', () => {
  for (const [name, [content, options]] of Object.entries(CERTIFICATE_FILES)) {
    it(`reads ${name}`, async () => {
      const { credentials, description } = await readCertificate(content, options);
      assert.ok(credentials.kind === 'certificate');
      assert.equal(new X509Certificate(credentials.certificate).toString(), made.certificate);
      assert.equal(credentials.key, made.key);
      assert.equal(description, 'VoIP Services: com.example.app, until 2027-07-05');
    });
  }
});

describe('reading keys', () => {
  it('takes the key id from the file name', async () => {
    const read = await readCredentialFile(bytesOf(p8), {
      fileName: '/x/AuthKey_ABCDE12345 (1).p8',
      teamId: ids.teamId,
    });
    assert.deepEqual(read, {
      ok: true,
      value: {
        credentials: { kind: 'token', key: p8, ...ids },
        description: 'Key ABCDE12345, team TEAM123456',
      },
    });
  });
});

const PROBLEMS: Readonly<
  Record<string, readonly [CredentialProblemCode, string | Uint8Array, ReadCredentialOptions?]>
> = {
  'a .p12 without its passphrase': ['passphrase-needed', makePkcs12(made)],
  'a .p12 with a wrong passphrase': ['wrong-passphrase', makePkcs12(made), { passphrase: 'wrong' }],
  'an encrypted key without its passphrase': ['passphrase-needed', bytesOf(made.certificate + encryptedKey(made.key))],
  'an encrypted key with a wrong one': [
    'wrong-passphrase',
    bytesOf(made.certificate + encryptedKey(made.key)),
    { passphrase: 'wrong' },
  ],
  'a certificate alone': ['no-key', bytesOf(made.certificate)],
  'a .cer file': ['no-key', new X509Certificate(made.certificate).raw],
  'an RSA key alone': ['no-certificate', bytesOf(made.key)],
  'a key of another certificate': ['key-mismatch', bytesOf(made.certificate + other.key)],
  'a text': ['not-credentials', bytesOf('hello')],
  'a cut .p12': ['not-credentials', makePkcs12(made).subarray(0, 400), { passphrase: PASSPHRASE }],
  'a signing request': ['not-credentials', bytesOf('-----BEGIN CERTIFICATE REQUEST-----\nMII\n')],
  'a cut key': ['not-credentials', bytesOf(p8.slice(0, 90) + p8.slice(-26)), ids],
  'an empty file': ['not-credentials', bytesOf('')],
  'no file': ['unreadable', join(tmpdir(), 'no', 'such', 'file.p8')],
  'a key without a key id': ['key-id', bytesOf(p8), { teamId: ids.teamId }],
  'a key without a team id': ['team-id', bytesOf(p8), { keyId: ids.keyId }],
  'a key with a wrong team id': ['team-id', bytesOf(p8), { ...ids, teamId: 'team' }],
};

describe('files that give no credentials', () => {
  for (const [name, [code, source, options]] of Object.entries(PROBLEMS)) {
    it(`explains ${name}`, async () => {
      const read = await readCredentialFile(source, options);
      assert.ok(!read.ok);
      assert.equal(read.problem.code, code);
      const said = `${read.problem.message} ${read.problem.remedy}`;
      assert.match(said, /\. \S.+\.$/);
      assert.ok(!said.includes(PASSPHRASE));
    });
  }
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe('files made by openssl', { skip: !hasOpenssl }, () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'voip-push-p12-'));
    writeFileSync(join(folder, 'rsa.pem'), made.certificate + made.key);
    openssl('ecparam -name prime256v1 -genkey -noout -out ec.key');
    openssl('req -x509 -new -key ec.key -subj /CN=ec -days 30 -out ec.crt');
  });
  after(() => rmSync(folder, { recursive: true }));

  const openssl = (args: string) => execFileSync('openssl', args.split(' '), { cwd: folder, stdio: 'pipe' });
  const read = async (args: string) => {
    openssl(`pkcs12 -export -out x.p12 -passout pass:secret ${args}`);
    return readCertificate(readFileSync(join(folder, 'x.p12')), { passphrase: 'secret' });
  };

  it('reads what Keychain writes: RC2 for the certificate, 3DES for the key', async () => {
    const legacy = '-legacy -certpbe PBE-SHA1-RC2-40 -keypbe PBE-SHA1-3DES -macalg sha1';
    assert.match((await read(`-in rsa.pem ${legacy}`)).description, /^VoIP Services/);
  });
  it('reads what OpenSSL 3 writes: AES and SHA-256', async () => {
    assert.match((await read('-in rsa.pem')).description, /^VoIP Services/);
  });
  it('reads a certificate with an EC key', async () => {
    assert.match((await read('-in ec.crt -inkey ec.key')).description, /^ec, until /);
  });
});
