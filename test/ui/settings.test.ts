import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SETTING_DEFAULTS, type SettingId } from '../../src/ui/contributions';
import { readSettings } from '../../src/ui/settings';

const IDS = Object.keys(SETTING_DEFAULTS) as SettingId[];

describe('settings', () => {
  it('are the defaults when nothing is set, in the units of the product', () => {
    const { settings, problems } = readSettings(() => undefined);
    assert.deepEqual(problems, []);
    assert.equal(settings.deadline, 7_000_000);
    assert.equal(settings.virtual.behavior, 'never-reports');
    assert.deepEqual(readSettings((id) => SETTING_DEFAULTS[id]).settings, settings);
  });

  for (const id of IDS) {
    it(`${id} falls back to its default when it is nonsense, with one problem`, () => {
      for (const nonsense of [null, { nonsense: 7 }, [7], 'nonsense value', Number.NaN, -1]) {
        const { settings, problems } = readSettings((each) => (each === id ? nonsense : undefined));
        assert.equal(problems.length, 1, JSON.stringify(nonsense));
        assert.match(String(problems[0]), new RegExp(`^Setting ${id}(: | must be )`));
        assert.deepEqual(settings, readSettings(() => undefined).settings);
      }
    });
  }

  it('takes JSON pointers to the call id, and nothing else', () => {
    const read = (pointers: unknown) => readSettings((id) => (id === 'voipPush.callIdPointers' ? pointers : undefined));
    assert.deepEqual(read(['/call/id']).settings.callIdPointers, ['/call/id']);
    assert.equal(read(['call.id']).problems.length, 1);
  });

  const bundleIds: readonly [string, boolean][] = [
    ['com.example.app', true],
    ['com.example-1.App', true],
    ['com.example.app.voip', false],
    ['com.example app', false],
    ['', false],
  ];
  for (const [bundleId, isGood] of bundleIds) {
    it(`bundle id "${bundleId}" is ${isGood ? 'taken' : 'refused'}`, () => {
      const { problems } = readSettings((id) => (id === 'voipPush.virtual.bundleId' ? bundleId : undefined));
      assert.equal(problems.length, isGood ? 0 : 1);
    });
  }
});
