import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { chmod, cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { promisify } from 'node:util';
import { type LocalApnsIdentity, openIdentity } from '../../../src/virtual/localApns/identity';
import { serialNumberFrom } from '../../../src/virtual/localApns/makeCertificates';
import { makeFolder, removeFolder } from './apnsTestClient';

/** Set in the processes that this file starts of itself. */
const CHILD_FOLDER = 'LOCAL_APNS_TEST_FOLDER';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function fingerprint({ certificates, providerKey }: LocalApnsIdentity): string {
  return JSON.stringify([certificates, providerKey.key, providerKey.keyId, providerKey.teamId]);
}

const childFolder = process.env[CHILD_FOLDER];
if (childFolder === undefined) defineTests();
else openIdentity(childFolder, Date.now()).then((identity) => process.stdout.write(fingerprint(identity)));

function defineTests(): void {
  let folder: string;
  /** An identity made once, because making keys takes its time. */
  let template: string;
  before(async () => {
    template = await makeFolder();
    await openIdentity(template, Date.now());
  });
  after(() => removeFolder(template));
  beforeEach(async () => {
    folder = await makeFolder();
  });
  afterEach(() => removeFolder(folder));
  const copyTemplate = (): Promise<void> => cp(template, folder, { recursive: true });
  const open = (nowMs = Date.now()): Promise<LocalApnsIdentity> => openIdentity(folder, nowMs);

  test('the first use makes a CA, a server certificate and a provider key', async () => {
    const { certificates, caPath, providerKey } = await open();
    const ca = new X509Certificate(certificates.ca);
    const server = new X509Certificate(certificates.certificate);
    assert.equal(ca.ca, true);
    assert.equal(server.ca, false);
    assert.ok(ca.verify(ca.publicKey) && server.verify(ca.publicKey) && server.checkIssued(ca));
    assert.equal(server.subjectAltName, 'DNS:localhost, IP Address:127.0.0.1');
    assert.ok(server.checkPrivateKey(createPrivateKey(certificates.privateKey)));
    assert.equal(await readFile(caPath, 'utf8'), certificates.ca);
    assert.match(providerKey.keyId, /^[A-Z0-9]{10}$/);
    assert.match(providerKey.teamId, /^[A-Z0-9]{10}$/);
    assert.equal(basename(providerKey.keyPath), `AuthKey_${providerKey.keyId}.p8`);
    assert.match(providerKey.key, /^-----BEGIN PRIVATE KEY-----\n/);
    assert.equal(createPrivateKey(providerKey.key).asymmetricKeyDetails?.namedCurve, 'prime256v1');
  });

  test('a serial number is positive and has no leading zero byte, which OpenSSL refuses', () => {
    assert.equal(serialNumberFrom(Buffer.from('0000ff', 'hex')), '4000ff');
    assert.equal(serialNumberFrom(Buffer.from('00001e', 'hex')), '40001e');
    assert.equal(serialNumberFrom(Buffer.from('ff00ff', 'hex')), '7f00ff');
    assert.equal(serialNumberFrom(Buffer.from('5a1234', 'hex')), '5a1234');
  });

  test('nothing but the four files stays, and the key of the CA is not among them', async () => {
    const { providerKey } = await open();
    const names = (await readdir(folder)).sort();
    assert.deepEqual(names, [basename(providerKey.keyPath), 'ca.pem', 'server-key.pem', 'server.pem'].sort());
  });

  test('keys can be read by their owner only', { skip: process.platform === 'win32' }, async () => {
    const { providerKey } = await open();
    for (const path of [providerKey.keyPath, join(folder, 'server-key.pem')]) {
      assert.equal((await stat(path)).mode & 0o777, 0o600);
    }
  });

  test('the second use makes nothing new', async () => {
    await copyTemplate();
    assert.equal(fingerprint(await open()), fingerprint(await open()));
  });

  test('a folder that does not exist yet is made', async () => {
    folder = join(folder, 'a', 'b');
    assert.equal(fingerprint(await open()), fingerprint(await open()));
  });

  for (const days of [358, 359, 5000]) {
    test(`after ${days} days the certificates are ${days < 359 ? 'kept' : 'renewed'} and the key is kept`, async () => {
      await copyTemplate();
      const nowMs = Date.now();
      const first = await open(nowMs);
      const later = await open(nowMs + days * DAY_MS - HOUR_MS);
      assert.equal(later.certificates.ca === first.certificates.ca, days < 359);
      assert.equal(later.providerKey.key, first.providerKey.key);
    });
  }

  test('certificates from the future, as of a clock that was wrong, are renewed', async () => {
    const first = await open(Date.now() + 30 * DAY_MS);
    assert.notEqual((await open()).certificates.ca, first.certificates.ca);
  });

  const firstBytes = (text: string): string => text.slice(0, 300);
  const DAMAGES: readonly (readonly [
    name: string,
    damage: string,
    change: (text: string) => string | Promise<string>,
  ])[] = [
    ['ca.pem', 'empty', () => ''],
    ['server.pem', 'torn', firstBytes],
    ['server-key.pem', 'torn', firstBytes],
    ['ca.pem', 'of another folder', () => fileOfAnotherFolder('ca.pem')],
    ['server-key.pem', 'of another folder', () => fileOfAnotherFolder('server-key.pem')],
  ];
  for (const [name, damage, change] of DAMAGES) {
    test(`${name} ${damage}: the certificates are renewed and fit together, the key is kept`, async () => {
      await copyTemplate();
      const first = await open();
      const path = join(folder, name);
      await writeFile(path, await change(await readFile(path, 'utf8')));
      await checkRenewal(first);
    });
  }

  test('server.pem missing: the certificates are renewed and fit together, the key is kept', async () => {
    await copyTemplate();
    const first = await open();
    await rm(join(folder, 'server.pem'));
    await checkRenewal(first);
  });

  async function checkRenewal(first: LocalApnsIdentity): Promise<void> {
    const second = await open();
    assert.notEqual(second.certificates.ca, first.certificates.ca);
    const server = new X509Certificate(second.certificates.certificate);
    assert.ok(server.verify(new X509Certificate(second.certificates.ca).publicKey));
    assert.ok(server.checkPrivateKey(createPrivateKey(second.certificates.privateKey)));
    assert.equal(second.providerKey.key, first.providerKey.key);
    assert.equal(fingerprint(await open()), fingerprint(second));
  }

  async function fileOfAnotherFolder(name: string): Promise<string> {
    const other = await makeFolder();
    await openIdentity(other, Date.now());
    const text = await readFile(join(other, name), 'utf8');
    await removeFolder(other);
    return text;
  }

  test('a key file that is broken is left alone, and another key is made', async () => {
    const broken = join(folder, 'AuthKey_AAAAAAAAAA.p8');
    const rsa = join(folder, 'AuthKey_BBBBBBBBBB.p8');
    await writeFile(broken, 'not a key');
    await writeFile(rsa, pkcs8(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey));
    const { providerKey } = await open();
    assert.notEqual(providerKey.keyPath, broken);
    assert.notEqual(providerKey.keyPath, rsa);
    assert.equal(await readFile(broken, 'utf8'), 'not a key');
  });

  test('a provider key that is put there is used under the key id of its name', async () => {
    const own = pkcs8(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    await writeFile(join(folder, 'AuthKey_ABC123DEFG.p8'), own);
    const { providerKey } = await open();
    assert.equal(providerKey.keyId, 'ABC123DEFG');
    assert.equal(providerKey.key, own);
  });

  function pkcs8(key: ReturnType<typeof createPrivateKey>): string {
    return key.export({ type: 'pkcs8', format: 'pem' }).toString();
  }

  test('many that start at once, in this process and in others, get the same', async () => {
    const inOthers = Array.from({ length: 4 }, () => openInAnotherProcess(folder));
    const here = Array.from({ length: 4 }, async () => fingerprint(await open()));
    const all = await Promise.all([...inOthers, ...here]);
    assert.equal(new Set(all).size, 1);
    assert.equal(fingerprint(await open()), all[0]);
    assert.equal((await readdir(folder)).length, 4);
  });

  async function openInAnotherProcess(path: string): Promise<string> {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const script = process.argv[1];
    assert.ok(script !== undefined);
    const { stdout } = await promisify(execFile)(process.execPath, [script], { env: { ...env, [CHILD_FOLDER]: path } });
    return stdout;
  }

  test('a lock that a dead process has left does not hold anybody up', { timeout: 15_000 }, async () => {
    const { pid } = await new Promise<{ pid: number }>((resolve) => {
      const child = execFile(process.execPath, ['-e', ''], () => resolve({ pid: child.pid ?? 0 }));
    });
    await copyTemplate();
    await rm(join(folder, 'ca.pem'));
    await writeFile(join(folder, '.lock'), String(pid));
    await open();
    assert.equal((await readdir(folder)).includes('.lock'), false);
  });

  test('a lock of a running process is waited for', async () => {
    const lock = join(folder, '.lock');
    await writeFile(lock, String(process.pid));
    let isOpen = false;
    const opening = open().then(() => {
      isOpen = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(isOpen, false);
    await rm(lock);
    await opening;
  });

  test('a folder that is a file is a clear error', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await assert.rejects(openIdentity(file, Date.now()), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'folder-unusable');
      assert.ok(error.message.includes(file));
      assert.match(error.message, /may write to it/);
      return true;
    });
  });

  const cannotBeKeptOut = process.platform === 'win32' || process.getuid?.() === 0;
  test('a folder that may not be written to is a clear error', { skip: cannotBeKeptOut }, async () => {
    await chmod(folder, 0o500);
    await assert.rejects(open(), { name: 'LocalApnsError', code: 'folder-unusable' });
    await chmod(folder, 0o700);
  });
}
