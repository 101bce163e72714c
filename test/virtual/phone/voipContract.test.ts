import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AppState } from '../../../src/core/events/event';
import { isBlocked, isViolation, mustReport } from '../../../src/virtual/phone/voipContract';

describe('mustReport', () => {
  type Case = [state: AppState, isOnCall: boolean, isDeliveredLate: boolean, ios264: boolean, older: boolean];
  const cases: readonly Case[] = [
    ['background', false, false, true, true],
    ['inactive', false, false, true, true],
    ['foreground', false, false, false, false],
    ['background', true, false, false, false],
    ['background', false, true, false, true],
    ['foreground', true, true, false, false],
  ];
  for (const [state, isOnCall, isDeliveredLate, ios264, older] of cases) {
    it(`${state}${isOnCall ? ', on a call' : ''}${isDeliveredLate ? ', delivered late' : ''}`, () => {
      const situation = { state, isOnCall, isDeliveredLate };
      assert.deepEqual([mustReport(situation, 'ios-26.4'), mustReport(situation, 'older')], [ios264, older]);
    });
  }
});

describe('a violation', () => {
  it('is a missing attempt where a report is due', () => {
    const verdicts = [true, false].flatMap((due) =>
      [true, false].map((hasAttempted) => isViolation({ mustReport: due, hasAttempted })),
    );
    assert.deepEqual(verdicts, [false, true, false, false]);
  });

  it('blocks the app when it is more than the second in a row', () => {
    assert.deepEqual([0, 1, 2, 3, 4].map(isBlocked), [false, false, false, true, true]);
  });
});
