import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { LANES } from '../../src/core/timeline/deliveryView';
import { LANE_ICONS } from '../../webview/icons';
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
