import assert from 'node:assert/strict';
import { test } from 'node:test';
import { APNS_REASON_STATUS } from '../../../src/core/apns/apnsReason';
import { explainReason } from '../../../src/core/apns/reasons';
import { fc } from '../../propertyRuns';

/** Status and reason as Apple's page lists them, and the second spelling seen on the wire. */
const DOCUMENTED: readonly (readonly [status: number, reason: string])[] = [
  [400, 'BadCollapseId'],
  [400, 'BadDeviceToken'],
  [400, 'BadExpirationDate'],
  [400, 'BadMessageId'],
  [400, 'BadPriority'],
  [400, 'BadTopic'],
  [400, 'DeviceTokenNotForTopic'],
  [400, 'DuplicateHeaders'],
  [400, 'IdleTimeout'],
  [400, 'InvalidPushType'],
  [400, 'MissingDeviceToken'],
  [400, 'MissingTopic'],
  [400, 'PayloadEmpty'],
  [400, 'TopicDisallowed'],
  [403, 'BadCertificate'],
  [403, 'BadCertificateEnvironment'],
  [403, 'ExpiredProviderToken'],
  [403, 'Forbidden'],
  [403, 'InvalidProviderToken'],
  [403, 'MissingProviderToken'],
  [403, 'UnrelatedKeyIdInToken'],
  [403, 'BadEnvironmentKeyIdInToken'],
  [403, 'BadEnvironmentKeyInToken'],
  [404, 'BadPath'],
  [405, 'MethodNotAllowed'],
  [410, 'ExpiredToken'],
  [410, 'Unregistered'],
  [413, 'PayloadTooLarge'],
  [429, 'TooManyProviderTokenUpdates'],
  [429, 'TooManyRequests'],
  [500, 'InternalServerError'],
  [503, 'ServiceUnavailable'],
  [503, 'Shutdown'],
];

const RETRIED = ['TooManyRequests', 'InternalServerError', 'ServiceUnavailable', 'Shutdown'];

test('the catalogue holds exactly the documented reasons', () => {
  assert.equal(DOCUMENTED.length, 33);
  assert.deepEqual(Object.keys(APNS_REASON_STATUS).sort(), DOCUMENTED.map(([, reason]) => reason).sort());
});

for (const [status, reason] of DOCUMENTED) {
  test(`${reason} has a status, a meaning, a remedy, a source and a word on sending again`, () => {
    const text = explainReason(undefined, reason);
    assert.equal(text.status, status);
    assert.equal(text.reason, reason);
    assert.match(text.meaning, /^[A-Z].{20,}\.$/);
    assert.match(text.remedy, /^[A-Z].{20,}\.$/);
    assert.doesNotMatch(text.meaning + text.remedy, /!/);
    assert.match(text.url, /^https:\/\/developer\.apple\.com\/.*handling-notification-responses-from-apns$/);
    assert.equal(text.canRetry, RETRIED.includes(reason));
    assert.deepEqual(explainReason(status, reason), text);
  });
}

test('the classic causes are named', () => {
  const remedy = (reason: string): string => explainReason(undefined, reason).remedy;
  assert.match(remedy('BadDeviceToken'), /TestFlight.*production.*PKPushRegistry/);
  assert.match(remedy('DeviceTokenNotForTopic'), /\.voip\.voip/);
  assert.match(remedy('TopicDisallowed'), /ends in \.voip.*key or certificate/);
  assert.match(remedy('TooManyProviderTokenUpdates'), /20 minutes.*several processes/);
});

test('both spellings of the environment key reason say the same', () => {
  const { meaning } = explainReason(403, 'BadEnvironmentKeyIdInToken');
  assert.equal(explainReason(403, 'BadEnvironmentKeyInToken').meaning, meaning);
});

test('an unknown reason is shown as it came', () => {
  const text = explainReason(400, 'BrandNewReason');
  assert.equal(text.reason, 'BrandNewReason');
  assert.match(text.meaning, /status 400.*"BrandNewReason"/);
  assert.equal(text.canRetry, false);
  assert.equal(explainReason(503, 'BrandNewReason').canRetry, true);
});

test('no reason at all hints at a proxy', () => {
  assert.match(explainReason(502, undefined).remedy, /proxy/);
  const nothing = explainReason(undefined, undefined);
  assert.equal(nothing.reason, '');
  assert.equal('status' in nothing, false);
});

test('the status that came counts, not the one of the catalogue', () => {
  assert.equal(explainReason(503, 'BadDeviceToken').status, 503);
});

test('every answer is explained', () => {
  fc.assert(
    fc.property(
      fc.option(fc.integer(), { nil: undefined }),
      fc.option(fc.string(), { nil: undefined }),
      (status, reason) => {
        const text = explainReason(status, reason);
        assert.equal(text.reason, reason ?? '');
        assert.ok(text.meaning !== '' && text.remedy !== '');
      },
    ),
  );
  assert.equal(explainReason(400, 'toString').reason, 'toString');
});
