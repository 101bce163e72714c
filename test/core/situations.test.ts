import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { describeDelivery } from '../../src/core/timeline/deliveryDetail';
import { appOf } from '../../src/core/timeline/deliverySummary';
import { buildTimeline, type JudgedDelivery } from '../../src/core/timeline/timeline';
import { type ExpectedDelivery, parseSituations, type Situation, STORY_START } from './situation';

const FOLDER = join(process.cwd(), 'test/core/situations');

for (const file of readdirSync(FOLDER)) {
  const situations = parseSituations(readFileSync(join(FOLDER, file), 'utf8'));
  assert.ok(situations.length > 0, `${file} holds situations`);
  describe(`situations in ${file}`, () => {
    for (const situation of situations) it(situation.name, () => check(situation));
  });
}

function check({ events, now, callIdPointers, expected, unjoined }: Situation): void {
  const { deliveries, unjoined: alone } = buildTimeline(events, {
    callIdPointers,
    ...(now !== undefined && { now }),
  });
  const seen = deliveries.map(({ verdict }) => `${verdict.kind} ${verdict.severity} ${verdict.certainty}`);
  assert.deepEqual(
    seen,
    expected.map(({ verdict, severity, certainty }) => `${verdict} ${severity} ${certainty}`),
  );
  assert.deepEqual(
    alone.map(({ kind }) => kind),
    unjoined,
  );
  deliveries.forEach((judged, index) => {
    const wanted = expected[index];
    assert.ok(wanted);
    checkDelivery(judged, wanted);
  });
}

function checkDelivery(judged: JudgedDelivery, { facts, words, nextWords }: ExpectedDelivery): void {
  const { explanation } = judged;
  assert.ok(
    facts['join'] !== undefined && words.length > 0,
    'a situation states the join and words of the explanation',
  );
  const known = factsOf(judged);
  for (const [fact, value] of Object.entries(facts)) assert.equal(known[fact], value, fact);
  const text = [explanation.summary, ...explanation.why].join('\n');
  for (const word of words) assert.ok(text.includes(word), `“${word}” in: ${text}`);
  const next = explanation.nextSteps.join('\n');
  for (const word of nextWords) assert.ok(next.includes(word), `“${word}” in: ${next}`);
  const { evidence } = describeDelivery(judged);
  assert.equal(evidence.length, judged.delivery.joins.length, 'every event is shown');
}

function factsOf({ delivery, verdict }: JudgedDelivery): Readonly<Record<string, string | undefined>> {
  const { received, delivering, arrived, terminated, sent } = delivery;
  const anchor = received ?? delivering ?? arrived ?? terminated ?? sent;
  const join = delivery.joins.find(({ event }) => event === anchor);
  return {
    app: appOf(delivery),
    join: join?.by,
    latency: 'latency' in verdict ? String(verdict.latency / 1000) : undefined,
    check: verdict.kind === 'killed' ? verdict.check : undefined,
    handler: verdict.kind === 'killed' ? (verdict.handlerRan ? 'ran' : 'none') : undefined,
    late: verdict.kind === 'reported-late' ? verdict.late : undefined,
    decides:
      verdict.kind === 'pending' && verdict.decidesAt !== undefined
        ? String((verdict.decidesAt - STORY_START) / 1_000_000)
        : undefined,
  };
}
