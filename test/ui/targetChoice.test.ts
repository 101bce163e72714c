import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createListeners } from '../../src/ui/listeners';
import { createTargetChoice, type Memory, type Target, type TargetList } from '../../src/ui/targets';

function target(id: string, told: string[]): Target {
  return {
    id,
    label: id,
    environment: 'virtual',
    kind: 'virtual',
    description: '',
    bundleId: 'com.example.app',
    logSource: id,
    logHealth: { state: 'off' },
    onDidChange: () => ({ dispose: () => undefined }),
    prepare: () => Promise.reject(new Error('nothing is sent here')),
    enter: () => void told.push(`enter ${id}`),
    leave: () => void told.push(`leave ${id}`),
    idle: async () => undefined,
    close: async () => undefined,
    dispose: () => undefined,
  };
}

function memory(values: Record<string, unknown> = {}): Memory {
  return {
    get: (key) => values[key],
    update: async (key, value) => {
      values[key] = value;
    },
  };
}

function changingList(): TargetList & { set(targets: readonly Target[]): void } {
  const changed = createListeners<void>();
  let targets: readonly Target[] = [];
  return {
    title: 'Simulators',
    get targets() {
      return targets;
    },
    note: undefined,
    onDidChange: changed.add,
    set(next) {
      targets = next;
      changed.tell();
    },
    dispose: changed.clear,
  };
}

describe('the choice of a target', () => {
  it('is the first until another one is chosen, and is remembered', () => {
    const told: string[] = [];
    const list = changingList();
    const kept = memory();
    list.set([target('simulator', told)]);
    const choice = createTargetChoice(target('virtual', told), { lists: [list], memory: kept });
    assert.equal(choice.current.id, 'virtual');
    choice.choose('simulator');
    choice.choose('nobody');
    assert.equal(choice.current.id, 'simulator');
    assert.deepEqual(told, ['enter simulator', 'leave virtual']);
    assert.equal(createTargetChoice(target('virtual', told), { lists: [list], memory: kept }).current.id, 'simulator');
  });

  it('falls back to the first when the chosen one goes, and comes back with it', () => {
    const told: string[] = [];
    const list = changingList();
    const simulator = target('simulator', told);
    list.set([simulator]);
    const choice = createTargetChoice(target('virtual', told), { lists: [list], memory: memory() });
    choice.choose('simulator');
    let changes = 0;
    choice.onDidChange(() => {
      changes += 1;
    });
    list.set([]);
    assert.deepEqual([choice.current.id, changes], ['virtual', 1]);
    assert.equal(told.at(-1), 'leave simulator');
    list.set([simulator]);
    assert.equal(choice.current.id, 'simulator');
  });
});
