import { basename } from 'node:path';
import type { LogSourceHealth } from '../adapters/logSources/logSource';
import { bundleIdOf } from '../core/correlation/draft';
import { crashEvent } from '../core/crash/crashReport';
import type { VoipEvent } from '../core/events/event';
import { formatDuration, formatSetDuration, type Microseconds } from '../core/time';
import { checkedDelivery } from '../core/timeline/checkReport';
import { keepDeliveries } from '../core/timeline/selectDeliveries';
import { buildTimeline, type JudgedDelivery, type Timeline } from '../core/timeline/timeline';
import type { OutputFormat } from './options';
import { createPaint, printable } from './paint';
import type { ReadSavedCrash } from './savedCrashReport';
import { renderHead, renderSummary } from './timelineText';
import type { CliWorld } from './world';

export interface VerdictPrinterOptions {
  readonly format: OutputFormat;
  /** Only deliveries of this app, and those that do not say whose they are. */
  readonly app?: string;
  readonly deadline?: Microseconds;
  /** How a crash report that the log tells of is read, where it can be. */
  readonly readSavedCrash?: ReadSavedCrash;
}

/** Judges events as they come and prints each verdict that changed. */
export interface VerdictPrinter {
  readonly add: (events: readonly VoipEvent[]) => void;
  /** Says how the log's source is, on stderr. */
  tellHealth(health: LogSourceHealth): void;
  /** Judges what is left as over, and prints the summary. */
  close(): Promise<void>;
  summary(): Timeline;
}

/** Events that come together are judged together. */
const JUDGE_AFTER_MS = 50;

export function createVerdictPrinter(world: CliWorld, options: VerdictPrinterOptions): VerdictPrinter {
  const events: VoipEvent[] = [];
  const printed = new Map<string, string>();
  const readings = new Set<Promise<void>>();
  const paint = createPaint(world);
  let timer: NodeJS.Timeout | undefined;
  let isJudgingSoon = false;
  let timeline: Timeline = { deliveries: [], unjoined: [], flagged: 0, inconclusive: 0 };

  function judge(now: Microseconds | undefined): void {
    clearTimeout(timer);
    isJudgingSoon = false;
    const { deadline, app } = options;
    const whole = buildTimeline(events, {
      ...(now !== undefined && { now }),
      ...(deadline !== undefined && { deadline }),
    });
    timeline = app === undefined ? whole : onlyOf(whole, app);
    for (const judged of timeline.deliveries) print(judged);
    if (now !== undefined && whole.nextDecisionAt !== undefined) judgeIn((whole.nextDecisionAt - now) / 1000);
  }

  function judgeIn(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => judge(world.now()), Math.min(Math.max(ms, JUDGE_AFTER_MS), 60_000));
  }

  function print(judged: JudgedDelivery): void {
    const { delivery, explanation } = judged;
    // The words tell more than the kind: a kill that a crash report explains, for one.
    const said = `${judged.verdict.kind} ${explanation.summary}`;
    if (printed.get(delivery.id) === said) return;
    printed.set(delivery.id, said);
    world.stdout(
      options.format === 'json'
        ? `${JSON.stringify({ version: 1, type: 'verdict', id: delivery.id, ...checkedDelivery(judged) })}\n`
        : `${renderHead(judged, paint)}  ${printable(explanation.summary)}\n`,
    );
  }

  function add(added: readonly VoipEvent[]): void {
    for (const event of added) {
      events.push(event);
      if (event.kind === 'source.gap') tell(`log gap of ${formatDuration(event.at - event.from)}: ${event.why}`);
      if (event.kind === 'crash.saved') readings.add(crashSaved(event.path));
    }
    if (!isJudgingSoon) judgeIn(JUDGE_AFTER_MS);
    isJudgingSoon = true;
  }

  async function crashSaved(path: string): Promise<void> {
    const report = (await options.readSavedCrash?.(path)) ?? 'Give it to voip-push check together with the log';
    const event = typeof report === 'string' ? undefined : crashEvent(report, basename(path));
    if (event !== undefined) add([event]);
    else tell(`a crash report was saved: ${basename(path)}.${typeof report === 'string' ? ` ${report}` : ''}`);
  }

  function tell(words: string): void {
    world.stderr(`voip-push: ${printable(words)}\n`);
  }

  return {
    add,
    tellHealth: (health) => tell(healthWords(health)),
    async close() {
      await Promise.all(readings);
      judge(undefined);
      const { deliveries, flagged, inconclusive } = timeline;
      world.stdout(
        options.format === 'json'
          ? `${JSON.stringify({ version: 1, type: 'summary', deliveries: deliveries.length, flagged, inconclusive })}\n`
          : renderSummary(timeline, paint),
      );
    },
    summary: () => timeline,
  };
}

function onlyOf(timeline: Timeline, app: string): Timeline {
  return {
    ...keepDeliveries(timeline, ({ delivery }) => (bundleIdOf(delivery) ?? app) === app),
    unjoined: timeline.unjoined.filter(({ bundleId }) => (bundleId ?? app) === app),
  };
}

/** A source's health in one line. */
function healthWords(health: LogSourceHealth): string {
  switch (health.state) {
    case 'starting':
      return 'starting';
    case 'watching':
      return 'watching the log';
    case 'waiting':
      return `waiting: ${health.why}`;
    case 'restarting':
      return `the log was lost: ${health.why}. Trying again in ${formatSetDuration(health.inMs)}`;
    case 'ended':
      return `no longer watching: ${health.why}`;
  }
}
