import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type KeyIntent, type KeyPlace, keyIntent, movedIndex } from '../../webview/keyboard';

const PLAIN = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

const CASES: readonly (readonly [keys: string, place: KeyPlace, expected: KeyIntent | undefined])[] = [
  ['ArrowDown', 'list', 'next'],
  ['ArrowUp', 'list', 'previous'],
  ['Home', 'list', 'first'],
  ['End', 'list', 'last'],
  ['PageDown', 'list', 'nextPage'],
  ['PageUp', 'list', 'previousPage'],
  ['Enter', 'list', 'focusDetails'],
  ['f', 'list', 'nextFlagged'],
  ['shift F', 'list', 'previousFlagged'],
  ['n', 'details', 'nextFlagged'],
  ['p', 'details', 'previousFlagged'],
  ['/', 'list', 'focusFilter'],
  ['ctrl c', 'list', 'copyExplanation'],
  ['meta c', 'details', 'copyExplanation'],
  ['ctrl shift C', 'list', undefined],
  ['Escape', 'details', 'focusList'],
  ['Escape', 'filter', 'focusList'],
  ['ArrowDown', 'filter', 'focusList'],
  ['ArrowDown', 'details', undefined],
  ['f', 'filter', undefined],
  ['ctrl c', 'filter', undefined],
  ['shift F', 'filter', undefined],
  ['f', 'elsewhere', undefined],
  ['ctrl f', 'list', undefined],
  ['alt f', 'list', undefined],
  ['toString', 'list', undefined],
];

for (const [keys, place, expected] of CASES) {
  test(`${keys} in ${place}`, () => {
    const parts = keys.split(' ');
    const modifiers = Object.fromEntries(parts.slice(0, -1).map((name) => [`${name}Key`, true]));
    assert.equal(keyIntent({ ...PLAIN, ...modifiers, key: parts.at(-1) ?? '' }, place), expected);
  });
}

test('movements stay inside the list; from nothing selected the first step goes to the first row', () => {
  assert.equal(movedIndex('next', -1, 5, 3), 0);
  assert.equal(movedIndex('previous', -1, 5, 3), 0);
  assert.equal(movedIndex('nextPage', 3, 5, 3), 4);
  assert.equal(movedIndex('previousPage', 1, 5, 3), 0);
  assert.equal(movedIndex('last', 0, 5, 3), 4);
  assert.equal(movedIndex('next', 0, 0, 3), undefined);
});
