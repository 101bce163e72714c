import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeliverySummary, Tone } from '../../src/core/timeline/deliveryView';
import { layOutLadder } from '../../webview/ladderLayout';
import { toneOf } from '../../webview/reportMark';
import { latestOffset, layOutRow } from '../../webview/rowLayout';
import { axisTicks, createTimeScale, LONGEST_RANGE, rangeEnd, SHORTEST_RANGE } from '../../webview/timeScale';
import { fc } from '../propertyRuns';
import { DELIVERIES, detailOf } from './deliveries';

const SCALE = createTimeScale(SHORTEST_RANGE, 400);

test('the scale goes from edge to edge, keeps order, and keeps what is outside at the edges', () => {
  assert.equal(SCALE.toPx(0), 0);
  assert.equal(SCALE.toPx(SHORTEST_RANGE), 400);
  assert.equal(SCALE.toPx(-5), 0);
  assert.equal(SCALE.toPx(Number.POSITIVE_INFINITY), 400);
  const offset = fc.integer({ min: 0, max: SHORTEST_RANGE });
  fc.assert(fc.property(offset, offset, (a, b) => a > b || SCALE.toPx(a) <= SCALE.toPx(b)));
});

test('the range has room for the deadline and is not blown up by one late push', () => {
  assert.equal(rangeEnd(0), SHORTEST_RANGE);
  assert.equal(rangeEnd(86_400_000_000), LONGEST_RANGE);
});

test('ticks keep their distance, and 7 s is always among them', () => {
  for (const width of [60, 120, 320, 400, 1200]) {
    const ticks = axisTicks(createTimeScale(SHORTEST_RANGE, width), 44);
    for (const [index, tick] of ticks.slice(1).entries()) assert.ok(tick.x - (ticks[index]?.x ?? 0) >= 44);
    assert.equal(width < 320 || ticks.some(({ label }) => label === '7 s'), true, `${width}`);
  }
  assert.deepEqual(
    axisTicks(createTimeScale(SHORTEST_RANGE, 800), 44).map(({ label }) => label),
    ['0', '10 ms', '100 ms', '1 s', '7 s'],
  );
  assert.deepEqual(
    axisTicks(createTimeScale(LONGEST_RANGE, 1200), 44)
      .map(({ label }) => label)
      .slice(-3),
    ['7 s', '1 min', '10 min'],
  );
});

function labelOf(delivery: DeliverySummary): string | undefined {
  return layOutRow(delivery, SCALE).label?.text;
}

test('a row says its latency, or that the report is missing or due, or nothing', () => {
  assert.equal(labelOf(DELIVERIES.reported), '42 ms');
  assert.equal(labelOf(DELIVERIES['missing-report']), 'no report');
  assert.equal(labelOf(DELIVERIES.killed), 'no report');
  assert.equal(labelOf(DELIVERIES.pending), 'report due');
  assert.equal(labelOf(DELIVERIES.rejected), undefined);
  assert.equal(labelOf(DELIVERIES.inconclusive), undefined);
});

test('a label without room stands to the left', () => {
  assert.equal(layOutRow(DELIVERIES.reported, SCALE).label?.anchor, 'start');
  assert.equal(layOutRow(DELIVERIES['missing-report'], SCALE).label?.anchor, 'end');
});

test('a label that has no room beside its mark is left out, never drawn outside the chart', () => {
  for (let widthPx = 20; widthPx <= 400; widthPx += 5) {
    for (const delivery of Object.values(DELIVERIES)) {
      const { label } = layOutRow(delivery, createTimeScale(SHORTEST_RANGE, widthPx));
      if (label?.anchor === 'end') assert.ok(label.x >= label.text.length * 7, `${delivery.id} ${widthPx}`);
    }
  }
  assert.equal(layOutRow(DELIVERIES.killed, createTimeScale(SHORTEST_RANGE, 56)).label, undefined);
});

test('the missing report stands at the deadline, or at the end of the app when that came first', () => {
  const { deadline } = DELIVERIES.killed;
  assert.equal(layOutRow(DELIVERIES.killed, SCALE).report?.x, SCALE.toPx(deadline?.to ?? 0));
  const early = {
    ...DELIVERIES.killed,
    marks: DELIVERIES.killed.marks.map((mark) => ({ ...mark, offset: mark.offset / 10 })),
  };
  assert.equal(layOutRow(early, SCALE).report?.x, SCALE.toPx(716_000));
});

test('a killed delivery whose late attempt was seen misses no report, and the attempt is not a good one', () => {
  const attempt = {
    lane: 'call',
    kind: 'call.reporting',
    label: 'Report attempted',
    offset: 7_140_000,
    tone: 'good',
  } as const;
  const late = { ...DELIVERIES.killed, marks: [...DELIVERIES.killed.marks, attempt] };
  assert.equal(layOutRow(late, SCALE).report, undefined);
  assert.equal(toneOf(attempt, late), 'bad');
  assert.equal(toneOf({ ...attempt, offset: 200_000 }, late), 'good');
});

test('a report after the deadline is as bad as the verdict says, and no worse', () => {
  const attempt = { kind: 'call.reporting', tone: 'good', offset: 3_600_000_000 } as const;
  const failed = { kind: 'call.reported', tone: 'warning', offset: 3_600_000_000 } as const;
  const late = DELIVERIES['reported-late'];
  const cases: readonly (readonly [delivery: DeliverySummary, tone: Tone])[] = [
    [late, 'bad'],
    // Of LiveCommunicationKit, after an asynchronous handler returned.
    [{ ...late, severity: 'warning' }, 'warning'],
    // The clock may have been set.
    [DELIVERIES.inconclusive, 'warning'],
    [{ ...DELIVERIES['not-required'], deadline: { from: 0, to: 7_000_000 } }, 'good'],
    // Attempted in time; what came late is the answer.
    [DELIVERIES.reported, 'good'],
    [DELIVERIES['reported-with-error'], 'good'],
  ];
  for (const [delivery, tone] of cases) {
    assert.equal(toneOf(attempt, delivery), tone, `${delivery.verdict} ${delivery.severity}`);
    assert.equal(toneOf(failed, delivery), 'warning', 'it says that it ended in an error');
    assert.equal(toneOf({ ...attempt, kind: 'push.arrived' }, delivery), 'good', 'no report');
  }
});

test('gaps are placed, kept inside, never invisible; those outside are left out', () => {
  const gaps = [
    { from: 400_000, to: 6_300_000 },
    { from: 11_999_999, to: Number.POSITIVE_INFINITY },
    { from: -20, to: -10 },
    { from: 13_000_000, to: 14_000_000 },
  ];
  const boxes = layOutRow({ ...DELIVERIES.inconclusive, gaps }, SCALE).gaps;
  assert.equal(boxes.length, 2);
  for (const { x, width } of boxes) assert.ok(x >= 0 && width >= 3 && x + width <= 400);
});

test('the latest offset counts marks and the deadline', () => {
  assert.equal(latestOffset(DELIVERIES.killed), 7_160_000);
  assert.equal(latestOffset(DELIVERIES.rejected), 58_000);
});

function rungsOf(delivery: DeliverySummary): readonly string[] {
  return layOutLadder(detailOf(delivery)).map(({ kind, label }) => (kind === 'event' ? label : `${kind}: ${label}`));
}

test('the ladder has the missing report as a rung of its own, in order of time', () => {
  assert.deepEqual(rungsOf(DELIVERIES.killed).slice(-3), [
    'Handler ran',
    'no-report: No report by the deadline',
    'App killed',
  ]);
  assert.deepEqual(rungsOf(DELIVERIES.reported).slice(-2), ['Report answered', 'deadline: Deadline for the report']);
  assert.equal(rungsOf(DELIVERIES.pending).at(-1), 'report-due: Report due by now');
  assert.deepEqual(rungsOf(DELIVERIES.inconclusive).slice(-2), [
    'gap: Log not watched for 5.9 s',
    'deadline: Deadline for the report',
  ]);
  assert.deepEqual(rungsOf(DELIVERIES.rejected), ['Sent', 'Rejected']);
});

const KILL = { lane: 'app', kind: 'app.terminated', label: 'App killed', offset: 6_200_000, tone: 'bad' } as const;

test('several lines of one kill are one mark, another kill is another', () => {
  const offsets = [6_200_000, 6_200_180, 11_200_000, 11_200_001];
  const marks = [...DELIVERIES.pending.marks, ...offsets.map((offset) => ({ ...KILL, offset }))];
  const delivery = { ...DELIVERIES.killed, marks };
  assert.deepEqual(rungsOf(delivery).slice(-4), [
    'Handler ran',
    'App killed',
    'no-report: No report before the app ended',
    'App killed',
  ]);
  assert.equal(layOutRow(delivery, SCALE).marks.filter(({ lane }) => lane === 'app').length, 3);
  assert.equal(detailOf(delivery).evidence.length, marks.length);
});

test('a gap open to both sides begins with the delivery and has no duration', () => {
  const open = { ...DELIVERIES.inconclusive, gaps: [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }] };
  assert.ok(rungsOf(open).includes('gap: Log not watched'));
});

test('every rung but the first knows the lane it comes from', () => {
  const lanes = layOutLadder(detailOf(DELIVERIES.reported)).flatMap((rung) =>
    rung.kind === 'event' ? [rung.fromLane] : [],
  );
  assert.deepEqual(lanes, [undefined, 'sender', 'apns', 'system', 'system', 'app', 'call', 'app']);
});
