import type { VoipEvent } from '../events/event';
import { summariseDelivery } from '../timeline/deliverySummary';
import { describeEvent, markStyleOf } from '../timeline/mark';
import type { JudgedDelivery, Timeline } from '../timeline/timeline';
import { VerdictKind, type VerdictSeverity } from '../verdict/verdict';
import { VERDICT_TITLES } from '../verdict/verdictText';
import { type SarifLevel, type SarifLocation, type SarifResult, type SarifRule, sarifLog } from './sarifLog';
import { VERDICT_RULES } from './verdictRules';

/** Where the line of an event stands, as far as that is known. */
export type LocateEvent = (event: VoipEvent) => SarifLocation | undefined;

/** Every delivery that is not fine as a result, at the line of the log that tells of it. */
export function checkSarif({ deliveries }: Timeline, locate: LocateEvent, version: string): string {
  return sarifLog(
    version,
    RULES,
    deliveries.flatMap((judged) => resultOf(judged, locate)),
  );
}

const LEVELS: { readonly [S in VerdictSeverity]: SarifLevel | undefined } = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  none: undefined,
};

/** What a verdict is that has more than one severity, or whose severity is none. */
const RULE_LEVELS: { readonly [K in VerdictKind]: SarifLevel } = {
  killed: 'error',
  'missing-report': 'error',
  'reported-late': 'error',
  blocked: 'error',
  rejected: 'error',
  'send-failed': 'error',
  undelivered: 'warning',
  inconclusive: 'warning',
  pending: 'note',
  reported: 'note',
  'reported-with-error': 'note',
  'not-required': 'note',
};

const RULES: readonly SarifRule[] = Object.values(VerdictKind).map((id) => {
  const { meaning, link } = VERDICT_RULES[id];
  return { id, title: VERDICT_TITLES[id], help: meaning, helpUrl: link.url, level: RULE_LEVELS[id] };
});

function resultOf(judged: JudgedDelivery, locate: LocateEvent): readonly SarifResult[] {
  const { delivery, verdict, explanation } = judged;
  const level = LEVELS[verdict.severity];
  if (level === undefined) return [];
  const { received, delivering, arrived, blocked } = delivery;
  // The line of the receipt is what people look for; what tells of the delivery at all comes next.
  const events = [received, delivering, arrived, blocked, ...delivery.joins.map(({ event }) => event)];
  const main = events.find((event) => event !== undefined && locate(event) !== undefined);
  const location = main === undefined ? undefined : locate(main);
  const related = delivery.joins.flatMap(({ event }) => (event === main ? [] : relatedLocation(event, locate)));
  const message = [`${summariseDelivery(judged).app}: ${explanation.summary}`, ...explanation.why].join(' ');
  return [{ ruleId: verdict.kind, level, message, ...(location !== undefined && { location }), related }];
}

function relatedLocation(event: VoipEvent, locate: LocateEvent): readonly SarifLocation[] {
  const location = locate(event);
  if (location === undefined) return [];
  const detail = describeEvent(event);
  const { label } = markStyleOf(event);
  return [{ ...location, message: detail === '' ? label : `${label}, ${detail}` }];
}
