import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ListGeometry,
  rowsPerPage,
  rowWindow,
  scrollTopToReveal,
  spacerHeight,
  TALLEST_SPACER_PX,
} from '../../webview/windowing';
import { fc } from '../propertyRuns';

const LIST: ListGeometry = { rowCount: 10_000, rowHeight: 44, viewportHeight: 500, scrollTop: 0 };

const geometry = fc
  .record({
    rowCount: fc.integer({ min: 1, max: 2_000_000 }),
    viewportHeight: fc.integer({ min: 44, max: 2000 }),
    place: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ rowCount, viewportHeight, place }): ListGeometry => {
    const list = { rowCount, rowHeight: 44, viewportHeight, scrollTop: 0 };
    return { ...list, scrollTop: Math.max(spacerHeight(list) - viewportHeight, 0) * place };
  });

test('the spacer grows with the rows up to what a browser can hold', () => {
  assert.equal(spacerHeight(LIST), 440_000);
  assert.equal(spacerHeight({ ...LIST, rowCount: 1_000_000 }), TALLEST_SPACER_PX);
});

test('the window covers the viewport and little more, at every place of every list', () => {
  fc.assert(
    fc.property(geometry, (list) => {
      const { first, last, top } = rowWindow(list);
      const bottom = top + (last - first) * 44;
      assert.ok(first === 0 || top <= list.scrollTop);
      assert.ok(last === list.rowCount || bottom >= list.scrollTop + list.viewportHeight);
      assert.ok(last - first <= list.viewportHeight / 44 + 15);
    }),
  );
});

test('the end of the scrollbar shows the last row', () => {
  const list = { ...LIST, rowCount: 1_000_000, scrollTop: TALLEST_SPACER_PX - 500 };
  const { first, last, top } = rowWindow(list);
  assert.equal(last, 1_000_000);
  assert.ok(Math.abs(top + (last - first) * 44 - TALLEST_SPACER_PX) < 0.01);
});

test('revealing a row brings it wholly into the viewport, and does nothing when it is there', () => {
  fc.assert(
    fc.property(geometry, fc.double({ min: 0, max: 1, noNaN: true }), (list, place) => {
      const index = Math.floor(place * (list.rowCount - 1));
      const scrollTop = scrollTopToReveal(list, index);
      const { first, top } = rowWindow({ ...list, scrollTop });
      const rowTop = top + (index - first) * 44 - scrollTop;
      assert.ok(rowTop >= -0.1 && rowTop + 44 <= list.viewportHeight + 0.1);
      assert.ok(Math.abs(scrollTopToReveal({ ...list, scrollTop }, index) - scrollTop) < 0.01);
    }),
  );
});

test('an empty list has an empty window', () => {
  assert.deepEqual(rowWindow({ ...LIST, rowCount: 0 }), { first: 0, last: 0, top: 0 });
});

test('a page is what is seen, less one row', () => {
  assert.equal(rowsPerPage(LIST), 10);
  assert.equal(rowsPerPage({ ...LIST, viewportHeight: 10 }), 1);
});
