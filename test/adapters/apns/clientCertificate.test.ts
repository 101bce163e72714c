import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createApnsClient, createProviderTokens } from '../../../src/adapters/apns/apnsClient';
import type { Credentials } from '../../../src/core/credentials/credentials';
import type { OutgoingPush } from '../../../src/core/ports';
import { startLocalApns } from '../../../src/virtual/localApns/localApns';
import { type CertificateParts, makePushCertificate } from '../credentials/madeCredentials';
import { push, startPair, credentials as tokenCredentials } from './sending';

const YEAR_MS = 365 * 86_400_000;
const dates = { fromMs: Date.now() - YEAR_MS, toMs: Date.now() + YEAR_MS };
const authority = makePushCertificate({ commonName: 'Authority', isAuthority: true, ...dates });
const bothTopics = ['com.example.app', 'com.example.app.voip'];

interface Answers {
  readonly parts?: CertificateParts;
  readonly environment?: 'sandbox' | 'production';
  readonly headers?: OutgoingPush['headers'];
  readonly said: string;
}

const NO_TOPIC = { 'apns-push-type': 'voip' };
const CASES: Readonly<Record<string, Answers>> = {
  'one for both environments': { said: 'accepted' },
  'one of both, in production': { environment: 'production', said: 'accepted' },
  'one for the sandbox, in production': {
    parts: { environments: ['sandbox'] },
    environment: 'production',
    said: 'BadCertificateEnvironment',
  },
  'one of an authority that is not trusted': {
    parts: { authority: makePushCertificate(dates) },
    said: 'BadCertificate',
  },
  'an expired one': { parts: { toMs: Date.now() - 1000 }, said: 'BadCertificate' },
  'one with the topic': { parts: { topics: bothTopics }, said: 'accepted' },
  'one of another app': { parts: { topics: ['com.example.other.voip'] }, said: 'TopicDisallowed' },
  'one with several topics, and no header': { parts: { topics: bothTopics }, headers: NO_TOPIC, said: 'MissingTopic' },
  'one with one topic, and no header': {
    parts: { topics: ['com.example.app.voip'] },
    headers: NO_TOPIC,
    said: 'accepted',
  },
};

describe('client certificates', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'voip-push-client-certificate-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [name, { parts, environment = 'sandbox', headers, said }] of Object.entries(CASES)) {
    it(`${name}: ${said}`, async () => {
      const accepted: unknown[] = [];
      const apns = await startLocalApns({
        folder,
        environment,
        clientCa: authority.certificate,
        tokenState: () => ({ kind: 'active', bundleId: 'com.example.app' }),
        onAccepted: ({ headers: seen }) => accepted.push(seen['authorization']),
      });
      const made = makePushCertificate({ authority, ...dates, ...parts });
      const client = createApnsClient({
        origin: apns.origin,
        ca: apns.ca,
        credentials: { kind: 'certificate', ...made },
      });
      try {
        const outcome = await client.send(headers === undefined ? push() : { ...push(), headers });
        assert.equal(outcome.kind === 'rejected' ? outcome.reason : outcome.kind, said, JSON.stringify(outcome));
        assert.deepEqual(accepted, said === 'accepted' ? [undefined] : []);
        assert.equal(client.providerToken(), undefined);
      } finally {
        await client.close();
        await apns.close();
      }
    });
  }

  it('are sent without an authorization header, many at a time from the start', async (context) => {
    const { apns, client } = await startPair(
      context,
      { settings: { maxConcurrentStreams: 50 } },
      { credentials: { kind: 'certificate', ...makePushCertificate(dates) } },
    );
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => client.send(push())));
    assert.ok(outcomes.every(({ kind }) => kind === 'accepted'));
    assert.ok(apns.requests.every(({ headers }) => headers.authorization === undefined));
    assert.ok(apns.peak() > 1);
  });

  const BROKEN: Readonly<Record<string, Credentials>> = {
    'a key of another': { kind: 'certificate', certificate: authority.certificate, key: makePushCertificate().key },
    'no PEM': { kind: 'certificate', certificate: 'x', key: 'y' },
  };
  for (const [name, credentials] of Object.entries(BROKEN)) {
    it(`${name}: nothing is sent`, async (context) => {
      const { apns, client } = await startPair(context, {}, { credentials });
      const outcome = await client.send(push());
      assert.ok(outcome.kind === 'failed' && outcome.code === 'invalid-certificate');
      assert.equal(apns.connections(), 0);
    });
  }
});

describe('the provider token', () => {
  it('has an age, and is one for all clients of a key that share it', async (context) => {
    const providerTokens = createProviderTokens();
    const one = await startPair(context, {}, { providerTokens });
    const two = await startPair(context, {}, { providerTokens });
    assert.equal(one.client.providerTokenAgeMs(), undefined);
    await one.client.send(push());
    assert.ok((two.client.providerTokenAgeMs() ?? -1) >= 0);
    await two.client.send(push());
    const shown = [...one.apns.requests, ...two.apns.requests].map(({ headers }) => headers.authorization);
    assert.deepEqual(shown, Array(2).fill(`bearer ${one.client.providerToken()}`));
    assert.notEqual(
      providerTokens.of({ ...tokenCredentials, keyId: 'OTHER12345' }).current,
      one.client.providerToken(),
    );
  });
});
