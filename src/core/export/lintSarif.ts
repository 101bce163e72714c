import type { Finding, Severity } from '../payload/finding';
import { PAYLOAD_RULES_TEXT, RuleId } from '../payload/ruleCatalog';
import { type SarifLevel, type SarifResult, type SarifRule, sarifLog } from './sarifLog';

/** A payload file and what was found in it. */
export interface LintedSource {
  /** As `SarifLocation` has it; missing for stdin. */
  readonly uri?: string;
  readonly findings: readonly Finding[];
}

const LEVELS: { readonly [S in Severity]: SarifLevel } = { error: 'error', warning: 'warning', info: 'note' };

const RULES: readonly SarifRule[] = Object.values(RuleId).map((id) => {
  const { title, severity, doc, url } = PAYLOAD_RULES_TEXT[id];
  return { id, title, help: doc, helpUrl: url, level: LEVELS[severity] };
});

/** Every finding as a result, where it is in the file. */
export function lintSarif(files: readonly LintedSource[], version: string): string {
  return sarifLog(
    version,
    RULES,
    files.flatMap(({ uri, findings }) => findings.map((finding) => resultOf(uri, finding))),
  );
}

function resultOf(uri: string | undefined, { rule, severity, message, range }: Finding): SarifResult {
  const { start, end } = range;
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message,
    ...(uri !== undefined && {
      location: {
        uri,
        startLine: start.line + 1,
        startColumn: start.character + 1,
        endLine: end.line + 1,
        endColumn: end.character + 1,
      },
    }),
  };
}
