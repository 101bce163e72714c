/** What a check of the doctor came to. */
export const DoctorVerdict = {
  ok: 'ok',
  /** It works, or it may; something should be looked at. */
  warning: 'warning',
  /** Something that VoIP pushes need is missing or wrong. */
  problem: 'problem',
  /** The doctor could not look, or there is nothing to look at here. */
  notChecked: 'not-checked',
} as const;
export type DoctorVerdict = (typeof DoctorVerdict)[keyof typeof DoctorVerdict];

/** What a check came to, without its name. Texts are plain sentences, never Markdown. */
export interface DoctorFinding {
  readonly verdict: DoctorVerdict;
  /** What was found, or why nothing was. */
  readonly found: string;
  /** What to do about it. */
  readonly fix?: string;
  /** Address of the source of the rule. */
  readonly link?: string;
}

/** One thing the doctor looked at. */
export interface DoctorCheck extends DoctorFinding {
  /** Stable, for machines: `apns-ports-production`. */
  readonly id: string;
  readonly title: string;
}

/** What `voip-push doctor --format json` prints. Without secrets, see `redactChecks`. Stable: fields are only added. */
export interface DoctorReport {
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly checkedAt: string;
  /** Name and version of this product. */
  readonly product: string;
  readonly checks: readonly DoctorCheck[];
}

/** How many checks of a report came to each verdict. */
export function countVerdicts(checks: readonly DoctorCheck[]): Readonly<Record<DoctorVerdict, number>> {
  const counts = { ok: 0, warning: 0, problem: 0, 'not-checked': 0 };
  for (const { verdict } of checks) counts[verdict] += 1;
  return counts;
}
