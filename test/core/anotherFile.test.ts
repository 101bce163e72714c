import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { VoipEvent } from '../../src/core/events/event';
import { createLogReader } from '../../src/core/log/logReader';
import { buildTimeline } from '../../src/core/timeline/timeline';
import { appLine, noiseLine } from './logLines';
import { STORY_START } from './situation';

const at = (second: number): number => STORY_START + second * 1_000_000;

/** A file whose name another one has, too. */
function read(lines: readonly string[]): readonly VoipEvent[] {
  const reader = createLogReader({ source: 'device.log' });
  return [...lines.flatMap((line) => reader.read(line)), ...reader.end('end of file')];
}

it('a report in an older log of the same name is none of a push in the newer one', () => {
  const newer = read([noiseLine(at(3600)), appLine(at(3601), 'received', { true: '' }), noiseLine(at(3620))]);
  const older = read([noiseLine(at(0)), appLine(at(1), 'reporting', {}), noiseLine(at(20))]);
  const { deliveries, unjoined } = buildTimeline([...newer, ...older]);
  assert.deepEqual(
    deliveries.map(({ delivery }) => delivery.reporting),
    [undefined],
  );
  assert.deepEqual(
    unjoined.map(({ kind }) => kind),
    ['call.reporting'],
  );
});
