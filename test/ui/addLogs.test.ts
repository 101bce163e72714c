import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VoipEvent } from '../../src/core/events/event';
import { addLogs } from '../../src/ui/addLogs';
import { createTimelineSession } from '../../src/ui/timelineSession';
import { receivedEvent, SECOND, START } from './events';

const SOURCE = 'app.ndjson';

function logOf(count: number): readonly VoipEvent[] {
  const received = Array.from({ length: count }, (_, index) => receivedEvent(START + index * 10 * SECOND, SOURCE));
  return [{ kind: 'source.started', at: START, source: SOURCE }, ...received];
}

describe('logs that are added', () => {
  it('are counted when they are judged, however many deliveries they hold, and added once', async () => {
    const session = createTimelineSession({ now: () => START, judging: () => ({}), coalesceMs: 1 });
    try {
      const named = (count: number) => [
        { source: SOURCE, log: { kind: 'log', events: logOf(count), notes: [] } as const },
      ];
      assert.equal(await addLogs(session, named(1)), 'app.ndjson: 1 delivery.');
      assert.equal(await addLogs(session, named(1)), 'app.ndjson is in the timeline already.');
      assert.equal(await addLogs(session, named(2500)), 'app.ndjson: 2499 deliveries.');
      assert.equal(session.timeline.deliveries.length, 2500);
      assert.equal(session.events.length, 2501);
    } finally {
      session.dispose();
    }
  });
});
