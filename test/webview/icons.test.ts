import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { LANES } from '../../src/core/timeline/deliveryView';
import { VERDICT_ICONS } from '../../src/ui/verdictIcons';
import { LANE_ICONS, VERDICT_CODICONS } from '../../webview/icons';
import { ROOT } from '../host/paths';

for (const lane of LANES) {
  test(`media/lanes/${lane}.svg is the drawing the timeline shows`, () => {
    const file = readFileSync(join(ROOT, 'media', 'lanes', `${lane}.svg`), 'utf8');
    // A path of the file, for example ` d="M6 11.5h4"`.
    const drawn = [...file.matchAll(/ d="([^"]+)"/g)].map(([, d]) => d);
    assert.deepEqual(
      drawn,
      LANE_ICONS[lane].map(({ d }) => d),
    );
    assert.match(file, /currentColor/);
  });
}

test('a verdict has the same icon here as in the tree', () => {
  const inTree = Object.entries(VERDICT_ICONS).map(([verdict, icon]) => [verdict, icon.replace('~spin', '')]);
  assert.deepEqual(VERDICT_CODICONS, Object.fromEntries(inTree));
});
