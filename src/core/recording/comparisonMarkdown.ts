import { escapeMarkdown } from '../escapeMarkdown';
import { markdownTable } from '../markdownTable';
import { formatDuration, isoFromMicroseconds, type Microseconds } from '../time';
import { appOf, summariseDelivery } from '../timeline/deliverySummary';
import { latencyOf } from '../timeline/latency';
import type { JudgedDelivery, Timeline } from '../timeline/timeline';
import { VERDICT_TITLES } from '../verdict/verdictText';
import { type DeliveryPair, pairDeliveries } from './pairDeliveries';
import type { RecordingHeader } from './recordingFormat';

/** One of the two recordings that are compared. */
export interface ComparedRecording {
  /** Of the file, or `This window`. */
  readonly name: string;
  readonly header?: RecordingHeader;
  readonly timeline: Timeline;
}

/** What differs between two recordings, as a Markdown document: before the fix, after the fix. */
export function comparisonMarkdown(before: ComparedRecording, after: ComparedRecording): string {
  const { pairs, onlyBefore, onlyAfter } = pairDeliveries(before.timeline, after.timeline);
  const groups = groupPairs(pairs);
  const counts = [
    `${groups.fixed.length} fixed`,
    `${groups.broken.length} newly flagged`,
    ...(groups.changed.length > 0 ? [`${groups.changed.length} changed otherwise`] : []),
    ...(groups.same.length > 0 ? [`${groups.same.length} with the same verdict`] : []),
    ...(onlyBefore.length > 0 ? [`${onlyBefore.length} only before`] : []),
    ...(onlyAfter.length > 0 ? [`${onlyAfter.length} only after`] : []),
  ];
  const sections = [
    `# Recordings compared\n\nBefore: ${escapeMarkdown(before.name)}. After: ${escapeMarkdown(after.name)}.`,
    `**${counts.join(', ')}.**`,
    factsTable(before, after),
    pairSection('Newly flagged', groups.broken),
    groups.broken.length === 0 ? '' : advice(groups.broken),
    pairSection('Fixed', groups.fixed),
    pairSection('Changed otherwise', groups.changed),
    pairSection('Same verdict', groups.same),
    singleSection('Only before', onlyBefore),
    singleSection('Only after', onlyAfter),
    pairs.length === 0 ? '' : HOW_PAIRED,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

const HOW_PAIRED =
  'Deliveries are paired by push id, else by call id, else by equal payload, else by their order in time for the same app. Times are UTC.';

interface PairGroups {
  readonly fixed: readonly DeliveryPair[];
  readonly broken: readonly DeliveryPair[];
  readonly changed: readonly DeliveryPair[];
  readonly same: readonly DeliveryPair[];
}

function groupPairs(pairs: readonly DeliveryPair[]): PairGroups {
  const groups: { readonly [G in keyof PairGroups]: DeliveryPair[] } = { fixed: [], broken: [], changed: [], same: [] };
  for (const pair of pairs) groups[changeOf(pair)].push(pair);
  return groups;
}

function changeOf({ before, after }: DeliveryPair): keyof PairGroups {
  const [was, is] = [before, after].map(isFlagged);
  if (was !== is) return is ? 'broken' : 'fixed';
  return before.verdict.kind === after.verdict.kind ? 'same' : 'changed';
}

function isFlagged({ verdict }: JudgedDelivery): boolean {
  return verdict.severity === 'error';
}

function factsTable(before: ComparedRecording, after: ComparedRecording): string {
  const sides = [before, after];
  const row = (title: string, of: (side: ComparedRecording) => string): readonly string[] => [title, ...sides.map(of)];
  const verdicts = Object.entries(VERDICT_TITLES)
    .map(([kind, title]) => row(title, (side) => String(countOf(side.timeline, kind))))
    .filter(([, ...cells]) => cells.some((cell) => cell !== '0'));
  return markdownTable(
    ['', 'Before', 'After'],
    [
      row('Recorded', ({ header }) => (header === undefined ? '–' : utc(header.at))),
      row('Made by', ({ header }) => (header === undefined ? '–' : escapeMarkdown(header.tool))),
      row('Deliveries', ({ timeline }) => String(timeline.deliveries.length)),
      row('Flagged', ({ timeline }) => String(timeline.flagged)),
      ...verdicts,
      row('Report after, median', ({ timeline }) => durationText(median(latenciesOf(timeline)))),
      row('Report after, longest', ({ timeline }) => durationText(latenciesOf(timeline).at(-1))),
    ],
  );
}

function countOf({ deliveries }: Timeline, kind: string): number {
  return deliveries.filter(({ verdict }) => verdict.kind === kind).length;
}

/** In ascending order. */
function latenciesOf({ deliveries }: Timeline): readonly Microseconds[] {
  return deliveries
    .map(latencyOf)
    .filter((latency) => latency !== undefined)
    .sort((one, other) => one - other);
}

function median(sorted: readonly number[]): number | undefined {
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** More rows are no reading any more. */
const MOST_ROWS = 200;

function pairSection(title: string, pairs: readonly DeliveryPair[]): string {
  const rows = pairs
    .slice(0, MOST_ROWS)
    .map(({ before, after, by }) => [
      escapeMarkdown(appOf(after.delivery)),
      verdictText(before),
      verdictText(after),
      `${durationText(latencyOf(before))} → ${durationText(latencyOf(after))}`,
      by,
    ]);
  return section(title, ['App', 'Before', 'After', 'Report after', 'Paired by'], rows, pairs.length);
}

function singleSection(title: string, deliveries: readonly JudgedDelivery[]): string {
  const rows = deliveries
    .slice(0, MOST_ROWS)
    .map((one) => [escapeMarkdown(appOf(one.delivery)), verdictText(one), durationText(latencyOf(one))]);
  return section(title, ['App', 'Verdict', 'Report after'], rows, deliveries.length);
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[], all: number): string {
  if (rows.length === 0) return '';
  const rest = all > rows.length ? `\n\nAnd ${all - rows.length} more.` : '';
  return `## ${title}\n\n${markdownTable(head, rows)}${rest}`;
}

/** What is newly wrong, why, and what to do first. */
function advice(broken: readonly DeliveryPair[]): string {
  return broken
    .slice(0, MOST_ROWS)
    .map(({ after: { delivery, explanation } }) => {
      const [next] = explanation.nextSteps;
      const todo = next === undefined ? '' : ` Next: ${escapeMarkdown(next)}`;
      return `- ${escapeMarkdown(appOf(delivery))}: ${escapeMarkdown(explanation.summary)}${todo}`;
    })
    .join('\n');
}

// `✖ Killed, 08:11:34`
function verdictText(judged: JudgedDelivery): string {
  const at = isoFromMicroseconds(summariseDelivery(judged).at);
  return `${isFlagged(judged) ? '✖ ' : ''}${VERDICT_TITLES[judged.verdict.kind]}, ${at.slice(11, 19)}`;
}

function durationText(duration: Microseconds | undefined): string {
  if (duration === undefined) return '–';
  return duration < 0 ? `−${formatDuration(-duration)}` : formatDuration(duration);
}

// `2026-09-08 08:11:34 UTC`
function utc(at: Microseconds): string {
  return `${isoFromMicroseconds(at).slice(0, 19).replace('T', ' ')} UTC`;
}
