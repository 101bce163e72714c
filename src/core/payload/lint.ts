import { VOIP_PAYLOAD_LIMIT_BYTES } from '../apns/limits';
import type { Finding } from './finding';
import { readPayloadDocument } from './payloadDocument';
import { findCallId, findPushId } from './payloadIds';
import { PAYLOAD_RULES_TEXT } from './ruleCatalog';
import { aps, apsIgnored } from './rules/apsShape';
import { controlMessage } from './rules/controlMessage';
import { callIdFormat, callIdMissing, pushId } from './rules/ids';
import type { LintSettings, Problem, Rule } from './rules/rule';
import { simulatorTarget } from './rules/simulatorTarget';
import { simulatorSize, size } from './rules/sizeRules';
import { depth, duplicateKey, topLevel } from './rules/structure';
import { byteOrderMark, empty, syntax } from './rules/syntax';
import { loneSurrogate, number } from './rules/values';
import { createTextPositions } from './textPositions';

export interface PayloadReport {
  /** UTF-8, as the text goes out. */
  readonly bytes: number;
  /** In order of place. */
  readonly findings: readonly Finding[];
  /** Lower case, as `findCallId` gives it. */
  readonly callId?: string;
  readonly pushId?: string;
}

/** A rule that has more to say than this has said enough. */
const MAX_FINDINGS_PER_RULE = 25;

const RULES: readonly Rule[] = [
  ...[empty, byteOrderMark, syntax, topLevel, depth, duplicateKey, number, loneSurrogate],
  ...[size, simulatorSize, simulatorTarget, aps, apsIgnored, controlMessage],
  ...[callIdFormat, callIdMissing, pushId],
];

/** Judges a payload text before it is sent. Never throws, whatever the text; the same text gives the same report. */
export function lintPayload(text: string, options: Partial<LintSettings> = {}): PayloadReport {
  const document = readPayloadDocument(text);
  const settings: LintSettings = { limitBytes: VOIP_PAYLOAD_LIMIT_BYTES, callIdPointers: [], ...options };
  const positions = createTextPositions(text);
  const findings = RULES.flatMap((rule) => shortened(rule(document, settings)))
    .toSorted((a, b) => a.offset - b.offset)
    .map(
      ({ rule, offset, length, message, severity }): Finding => ({
        rule,
        severity: severity ?? PAYLOAD_RULES_TEXT[rule].severity,
        message,
        range: positions.rangeOf(offset, length),
      }),
    );
  const callId = findCallId(document.value, settings.callIdPointers)?.value;
  const pushIdText = findPushId(document.value);
  return {
    bytes: document.bytes,
    findings,
    ...(callId === undefined ? {} : { callId }),
    ...(pushIdText === undefined ? {} : { pushId: pushIdText }),
  };
}

function shortened(problems: readonly Problem[]): readonly Problem[] {
  const more = problems.length - MAX_FINDINGS_PER_RULE;
  const last = problems[MAX_FINDINGS_PER_RULE - 1];
  if (more <= 0 || !last) return problems;
  return [
    ...problems.slice(0, MAX_FINDINGS_PER_RULE - 1),
    { ...last, message: `${last.message} (${more} more like this.)` },
  ];
}
