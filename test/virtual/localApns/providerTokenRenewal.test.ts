import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { createProviderTokenCheck, type ProviderTokenCheck } from '../../../src/virtual/localApns/providerTokenRules';

const MINUTE_MS = 60_000;
const START_MS = 1_788_855_094_000;
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const trusted = {
  publicKey: createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
  keyId: 'ABC123DEFG',
  teamId: 'DEF123GHIJ',
};

/** A token made at this time; signing anew gives another signature each time. */
function tokenOf(issuedAtMs: number): string {
  const text = [
    { alg: 'ES256', kid: trusted.keyId },
    { iss: trusted.teamId, iat: issuedAtMs / 1000 },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `bearer ${text}.${signature.toString('base64url')}`;
}

function openConnection(): { check: ProviderTokenCheck; clock: { nowMs: number } } {
  const clock = { nowMs: START_MS };
  return { check: createProviderTokenCheck(trusted, () => clock.nowMs), clock };
}

test('one token serves a connection for an hour', () => {
  const { check, clock } = openConnection();
  const token = tokenOf(START_MS);
  for (let minute = 0; minute <= 60; minute += 1) {
    clock.nowMs = START_MS + minute * MINUTE_MS;
    assert.equal(check(token), undefined, `minute ${minute}`);
  }
  clock.nowMs += MINUTE_MS;
  assert.equal(check(token), 'ExpiredProviderToken');
});

test('a token for every push is too many at the fourth, and the ones before still hold', () => {
  const { check, clock } = openConnection();
  const tokens = [0, 1000, 2000].map((afterMs) => tokenOf(START_MS + afterMs));
  clock.nowMs += 3000;
  for (const token of tokens) assert.equal(check(token), undefined);
  assert.equal(check(tokenOf(START_MS + 3000)), 'TooManyProviderTokenUpdates');
  for (const token of tokens) assert.equal(check(token), undefined);
});

test('the same claims signed anew are the same token', () => {
  const { check } = openConnection();
  for (let count = 0; count < 10; count += 1) assert.equal(check(tokenOf(START_MS)), undefined);
});

test('a renewal every 21 minutes is never too many', () => {
  const { check, clock } = openConnection();
  for (let count = 0; count < 20; count += 1) {
    assert.equal(check(tokenOf(clock.nowMs)), undefined, `renewal ${count}`);
    clock.nowMs += 21 * MINUTE_MS;
  }
});

test('after 20 minutes a connection may renew again', () => {
  const { check, clock } = openConnection();
  for (let count = 0; count < 3; count += 1) check(tokenOf(START_MS + count * 1000));
  assert.equal(check(tokenOf(START_MS + 5000)), 'TooManyProviderTokenUpdates');
  clock.nowMs += 21 * MINUTE_MS;
  assert.equal(check(tokenOf(clock.nowMs)), undefined);
});

test('a new connection each time, as of a command line run again and again, is no offense', () => {
  for (let run = 0; run < 20; run += 1) {
    assert.equal(openConnection().check(tokenOf(START_MS + run * 1000)), undefined, `run ${run}`);
  }
});

test('a refused token does not count', () => {
  const { check, clock } = openConnection();
  for (let count = 0; count < 10; count += 1) check(tokenOf(START_MS - 120 * MINUTE_MS - count * 1000));
  assert.equal(check(tokenOf(clock.nowMs)), undefined);
});
